import { z } from 'zod';

/** What the far side is asked for: the company of this size as it is at this moment. */
export const farSideOrder = z.object({ sessions: z.number(), moment: z.number() });

/** Its answer once everything stands ready; `pages`: into how many the adapters will cut the listings. */
export const farSideReady = z.object({ url: z.string(), pages: z.number() });
