import { z } from 'zod';

/** One database that places or networks come from. */
export const geoipDatabase = z.object({
  name: z.string(),
  /** What it tells; `kinds`: the reviewed table of what well-known networks are. */
  role: z.enum(['city', 'asn', 'anonymous', 'connection-type', 'isp', 'country', 'kinds']),
  origin: z.enum(['bundled', 'imported']),
  /** Build date (`2026-06-05`), null when the file does not say. */
  builtOn: z.string().nullable(),
  ageDays: z.number().int().nullable(),
  /** Older than 60 days, when places may have moved; the reviewed table than a year. */
  stale: z.boolean(),
  ipVersions: z.array(z.union([z.literal(4), z.literal(6)])),
  /** How its maker wants to be named; empty when nobody has to be. */
  attribution: z.string(),
});
export type GeoipDatabase = z.infer<typeof geoipDatabase>;

export const geoipStatus = z.object({
  databases: z.array(geoipDatabase),
  /** Sentences to show wherever places are shown. */
  attributions: z.array(z.string()),
  /** What is wrong with a database that could not be used. */
  problems: z.array(z.string()),
});
export type GeoipStatus = z.infer<typeof geoipStatus>;
