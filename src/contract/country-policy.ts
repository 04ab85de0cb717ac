import { z } from 'zod';
import { countryCodes } from './country-codes.ts';

const known: ReadonlySet<string> = new Set(countryCodes);

const countryCode = z
  .string()
  .toUpperCase()
  .refine((code) => known.has(code), {
    error: ({ input }) => `"${String(input)}" is no country code of ISO 3166-1, such as DE or GB`,
  });

/** Each once, sorted: the same policy is the same text. */
const countries = z
  .array(countryCode)
  .min(1, 'name at least one country')
  .max(countryCodes.length)
  .transform((codes) => [...new Set(codes)].sort());

/** Where people may be. One list says it all: of two, the list of allowed countries would decide alone. */
export const countryPolicy = z.discriminatedUnion('kind', [
  /** Every country is as good as another. */
  z.object({ kind: z.literal('none') }),
  /** Whoever is in any other country is told of. */
  z.object({ kind: z.literal('allow'), countries }),
  /** Whoever is in one of these is told of. */
  z.object({ kind: z.literal('deny'), countries }),
]);
export type CountryPolicy = z.infer<typeof countryPolicy>;

/** How many days a preview looks back: as long as findings are made about. */
export const POLICY_PREVIEW_DAYS = 90;

const counts = { sessions: z.number().int(), users: z.number().int() };

/**
 * What a policy would speak against of the sessions that were seen in the last `days` days, by the place each was last at.
 * Networks that hide where a person is are counted too; the rule leaves them out.
 */
export const countryPolicyPreview = z.object({
  days: z.number().int(),
  /** All that were seen, and how many of them in no known country. */
  sessions: z.number().int(),
  unplaced: z.number().int(),
  against: z.object(counts),
  /** Those of `against` by country, the most sessions first. */
  countries: z.array(z.object({ country: z.string(), ...counts })),
});
export type CountryPolicyPreview = z.infer<typeof countryPolicyPreview>;
