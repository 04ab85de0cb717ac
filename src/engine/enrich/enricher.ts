import { join } from 'node:path';
import type { GeoipStatus } from '../../contract/geoip.ts';
import type { DeviceKind, IpClass, NetworkKind } from '../../contract/place.ts';
import type { Clock, Logger } from '../host.ts';
import { boundedMemo } from './bounded-memo.ts';
import { openBundled, type Bundled } from './bundled.ts';
import { deviceOf, MAX_USER_AGENT } from './device.ts';
import { geoipStatusOf } from './geoip-status.ts';
import { adoptDatabase, openAdopted } from './import-database.ts';
import { ipFacts } from './ip-facts.ts';
import { normaliseIp } from './ip.ts';

/** Where an address is, as one record of one database or one source; unknown is null. */
export type Place = {
  readonly country: string | null;
  readonly region: string | null;
  readonly city: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  /** 67 % radius in kilometres where the database states one. */
  readonly accuracyKm: number | null;
};

export type Network = {
  readonly asn: number | null;
  readonly org: string | null;
  readonly kinds: readonly NetworkKind[];
};

export type Device = {
  readonly browser: string | null;
  readonly browserVersion: string | null;
  readonly os: string | null;
  readonly osVersion: string | null;
  readonly kind: DeviceKind;
};

/** Everything that follows from an address text alone. */
export type IpFacts = {
  /** Canonical text; two spellings of one address give the same. */
  readonly address: string;
  readonly class: IpClass;
  /** Null unless public and known to a database. */
  readonly place: Place | null;
  readonly network: Network | null;
};

/** Turns texts of a session into facts. Lookups are synchronous, cached and never throw; call `ready()` first. */
export type Enricher = {
  /** Opens the databases; later calls answer at once. Problems go to `status()`, never thrown. */
  ready(): Promise<void>;
  /** Null for an empty, unknown or unreadable address. */
  ip(text: string): IpFacts | null;
  device(userAgent: string): Device;
  status(): GeoipStatus;
  /** Checks and adopts the analyst's own `.mmdb`; throws `invalid-input` with a sentence when it can't be used. */
  importDatabase(file: string): Promise<GeoipStatus>;
  close(): void;
};

export type EnricherOptions = {
  /** Folder that scripts/pack-asn.mjs fills. */
  readonly geoipDir: string;
  /** The engine's data directory; imported databases live in its `geoip` folder. */
  readonly dataDir: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
};

/** Distinct addresses and user agents remembered: some tens of megabytes at most. */
const REMEMBERED = 20_000;

const NOTHING_OPEN: Bundled = { cities: [], asnTable: null, problems: [] };

/**
 * The enricher over the bundled databases and the analyst's own, which win. It holds about 150 MB from `ready()` to
 * `close()`; before and after it still classifies addresses and reads user agents.
 */
export function createEnricher({ geoipDir, dataDir, clock, logger }: EnricherOptions): Enricher {
  const importedDir = join(dataDir, 'geoip');
  let bundled = NOTHING_OPEN;
  let imported: Awaited<ReturnType<typeof openAdopted>> = { databases: [], problems: [] };
  const facts = boundedMemo(REMEMBERED, (address) =>
    ipFacts(address, { imported: imported.databases, bundled }),
  );
  const devices = boundedMemo(REMEMBERED, deviceOf);
  const status = () => geoipStatusOf(bundled, imported, clock.now());

  let opening: Promise<void> | null = null;
  const openAll = async () => {
    [bundled, imported] = await Promise.all([openBundled(geoipDir), openAdoptedSafely()]);
    facts.clear();
    for (const problem of status().problems) logger.warn(problem);
  };
  const openAdoptedSafely = async () => {
    try {
      return await openAdopted(importedDir);
    } catch (error) {
      logger.error('The folder of imported databases cannot be read.', { error: String(error) });
      return { databases: [], problems: ['Imported databases cannot be read. Check the data directory.'] };
    }
  };

  // One import after the other: two at a time could leave the older one in place.
  let lastImport: Promise<unknown> = Promise.resolve();
  const adopt = async (file: string) => {
    await adoptDatabase(file, importedDir);
    imported = await openAdoptedSafely();
    facts.clear();
    return status();
  };

  return {
    ready: () => (opening ??= openAll()),
    ip(text) {
      const address = normaliseIp(text);
      return address === null ? null : facts.get(address);
    },
    device: (userAgent) => devices.get(userAgent.slice(0, MAX_USER_AGENT)),
    status,
    importDatabase(file) {
      const result = lastImport.then(() => adopt(file));
      lastImport = result.catch(() => undefined);
      return result;
    },
    close() {
      bundled = NOTHING_OPEN;
      imported = { databases: [], problems: [] };
      facts.clear();
    },
  };
}
