import { z } from 'zod';
import { finding } from './finding.ts';
import { incident } from './incident.ts';
import { instant } from './instant.ts';
import { ruleId } from './rules.ts';

const country = z.string().regex(/^[A-Z]{2}$/, 'two capital letters (ISO 3166-1), such as DE');

/** Which findings are meant; all that is given must hold, and something must be given. */
export const suppressionScope = z
  .strictObject({
    rule: ruleId.nullable().default(null),
    source: z.string().min(1).max(64).nullable().default(null),
    /** Id of the user at its source; needs `source`. */
    userId: z.string().min(1).max(512).nullable().default(null),
    /** An address or a network: `203.0.113.7`, `203.0.113.0/24`, `2001:db8::/32`. */
    network: z.string().min(1).max(64).nullable().default(null),
    asn: z.number().int().min(0).max(4_294_967_295).nullable().default(null),
    /** Both ends of a comparison, in any order; twice the same for one country alone. */
    countries: z.tuple([country, country]).nullable().default(null),
    /** Browser and system without versions, as findings have it: `Chrome on Windows`. */
    client: z.string().min(1).max(200).nullable().default(null),
    /** A network kind (`vpn`), or the name of a list that the address is on. */
    list: z.string().min(1).max(100).nullable().default(null),
  })
  .refine((scope) => Object.values(scope).some((value) => value !== null), {
    error: 'Say what is meant: a scope without a term would silence everything.',
  })
  .refine(({ userId, source }) => userId === null || source !== null, {
    error: 'Say at which source the user is: ids mean something only there.',
  });
export type SuppressionScope = z.infer<typeof suppressionScope>;

/** Most days that an expiry can lie ahead; longer is `never`, which has to be said. */
export const MAX_SUPPRESSION_DAYS = 365;
export const DEFAULT_SUPPRESSION_DAYS = 30;

export const suppressionRequest = z.object({
  scope: suppressionScope,
  reason: z.string().trim().min(3, 'give a reason of at least 3 characters').max(1000),
  /** Days until new findings get through again; `never` for no end. */
  days: z
    .union([z.number().int().min(1).max(MAX_SUPPRESSION_DAYS), z.literal('never')])
    .default(DEFAULT_SUPPRESSION_DAYS),
});
export type SuppressionRequest = z.infer<typeof suppressionRequest>;

/** A decision not to be told of something. What it silences stays in the lists. */
export const suppression = z.object({
  id: z.string(),
  scope: suppressionScope,
  reason: z.string(),
  /** Who decided. */
  owner: z.string(),
  createdAt: instant,
  /** Null: never. */
  expiresAt: instant.nullable(),
  /** When somebody ended it; null: nobody did. */
  endedAt: instant.nullable(),
  inForce: z.boolean(),
  /** Findings it silenced, ever. */
  hits: z.number().int(),
  /** When it last silenced one. */
  lastHitAt: instant.nullable(),
});
export type Suppression = z.infer<typeof suppression>;

/** What an analyst would not have been told. */
export const suppressionPreview = z.object({
  /** How far it looked back. */
  days: z.number().int(),
  /** Open findings that it would silence, newest first; the first 200 of `total`. */
  findings: z.array(finding),
  total: z.number().int(),
  /** Incidents of which nothing open would be left. */
  incidents: z.array(incident),
  /** Sentences to be read before it is saved. */
  warnings: z.array(z.string()),
});
export type SuppressionPreview = z.infer<typeof suppressionPreview>;

export const suppressionPreviewRequest = z.object({
  scope: suppressionScope,
  days: z.union([z.literal(30), z.literal(90)]).default(90),
});
export type SuppressionPreviewRequest = z.infer<typeof suppressionPreviewRequest>;

/** What ending a suppression brought back. */
export const suppressionEnd = z.object({ reopened: z.number().int() });
export type SuppressionEnd = z.infer<typeof suppressionEnd>;
