import { join } from 'node:path';
import type { Clock, Logger } from '../host.ts';
import { boundedMemo } from './bounded-memo.ts';
import { openBundled, type Bundled } from './bundled.ts';
import { deviceOf, MAX_USER_AGENT } from './device.ts';
import type { Enricher } from './enricher.ts';
import { geoipStatusOf } from './geoip-status.ts';
import { copyChecked, openAdopted, putInPlace, type Adopted } from './import-database.ts';
import { ipFacts } from './ip-facts.ts';
import { normaliseIp } from './ip.ts';

type EnricherOptions = {
  /** Folder that scripts/pack-asn.mjs fills. */
  readonly geoipDir: string;
  /** The engine's data directory; imported databases live in its `geoip` folder. */
  readonly dataDir: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
};

/** Some 200 bytes each: a company whose people have fewer addresses than half of it has none looked up at its second poll. */
const ADDRESSES_REMEMBERED = 80_000;
const USER_AGENTS_REMEMBERED = 20_000;

const NOTHING_ADOPTED: Adopted = { databases: [], problems: [], close: () => undefined };
const NOTHING_OPEN: Bundled = { cities: [], asnTable: null, problems: [], close: () => undefined };

/**
 * The enricher over the bundled databases and the analyst's own, which win. It holds some 20 MB and 4 MB
 * for each of the analyst's from `ready()` to `close()`; before and after it still classifies addresses and reads user agents.
 */
export function createEnricher({ geoipDir, dataDir, clock, logger }: EnricherOptions): Enricher {
  const importedDir = join(dataDir, 'geoip');
  let bundled = NOTHING_OPEN;
  let imported = NOTHING_ADOPTED;
  const facts = boundedMemo(ADDRESSES_REMEMBERED, (address) =>
    ipFacts(address, { imported: imported.databases, bundled }),
  );
  const devices = boundedMemo(USER_AGENTS_REMEMBERED, deviceOf);
  const status = () => geoipStatusOf(bundled, imported, clock.now());

  let isClosed = false;
  let opening: Promise<void> | null = null;
  const openAll = async () => {
    const opened = await openBundled(geoipDir);
    if (isClosed) {
      opened.close();
      return;
    }
    bundled = opened;
    reopenImported();
    for (const problem of status().problems) logger.warn(problem);
  };
  const reopenImported = (replace: () => void = () => undefined) => {
    imported.close();
    imported = NOTHING_ADOPTED;
    facts.clear();
    try {
      replace();
    } finally {
      if (!isClosed) imported = openAdoptedSafely();
    }
  };
  const openAdoptedSafely = (): Adopted => {
    try {
      return openAdopted(importedDir);
    } catch (error) {
      logger.error('The folder of imported databases cannot be read.', { error: String(error) });
      const problem = 'Imported databases cannot be read. Check the data directory.';
      return { ...NOTHING_ADOPTED, problems: [problem] };
    }
  };

  // One import after the other: two at a time could leave the older one in place.
  let lastImport: Promise<unknown> = Promise.resolve();
  const adopt = async (file: string) => {
    const copy = await copyChecked(file, importedDir);
    // Windows replaces no file that is open.
    reopenImported(() => putInPlace(copy));
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
      isClosed = true;
      bundled.close();
      bundled = NOTHING_OPEN;
      imported.close();
      imported = NOTHING_ADOPTED;
      facts.clear();
    },
  };
}
