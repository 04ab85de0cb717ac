/** One end of a comparison, as a rule wrote it into the evidence; unknown is null. */
export type SightingEnd = {
  readonly at: string | null;
  readonly session: string | null;
  readonly source: string | null;
  readonly ip: string | null;
  readonly country: string | null;
  readonly region: string | null;
  readonly city: string | null;
  readonly asn: number | null;
  readonly org: string | null;
  readonly browser: string | null;
  readonly os: string | null;
  readonly deviceKind: string | null;
  readonly userAgent: string | null;
};

/** Reads one end of a comparison; null means "not of this shape". */
export function sightingEnd(value: unknown): SightingEnd | null {
  if (!isRecord(value)) return null;
  const text = (name: string) => textOf(value[name]);
  const end = {
    at: text('at'),
    session: text('session'),
    source: text('source'),
    ip: text('ip'),
    country: text('country'),
    region: text('region'),
    city: text('city'),
    asn: numberOf(value.asn),
    org: text('org'),
    browser: text('browser'),
    os: text('os'),
    deviceKind: text('deviceKind'),
    userAgent: text('userAgent'),
  };
  return end.at === null && end.source === null ? null : end;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
