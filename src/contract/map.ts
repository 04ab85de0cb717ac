import { z } from 'zod';
import { severity } from './rules.ts';

/** Sessions that share one place, for the map. Sessions without coordinates are only counted. */
export const mapPlace = z.object({
  lat: z.number(),
  lon: z.number(),
  country: z.string().nullable(),
  region: z.string().nullable(),
  city: z.string().nullable(),
  accuracyKm: z.number().nullable(),
  sessions: z.number().int(),
  /** Sessions here that a finding names which alerts: open, at least medium, and not about tidiness. */
  flagged: z.number().int(),
  worst: severity.nullable(),
});
export type MapPlace = z.infer<typeof mapPlace>;

export const mapAnswer = z.object({
  places: z.array(mapPlace),
  located: z.number().int(),
  unlocated: z.number().int(),
});
export type MapAnswer = z.infer<typeof mapAnswer>;
