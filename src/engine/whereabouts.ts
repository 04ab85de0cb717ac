import type { DeviceKind, NetworkKind } from '../contract/place.ts';

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
