import type { GeoipStatus } from '../../contract/geoip.ts';
import type { IpClass } from '../../contract/place.ts';
import type { Device, Network, Place } from '../whereabouts.ts';

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
