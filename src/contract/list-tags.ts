import type { NetworkKind } from './place.ts';

/**
 * What a list can say of its addresses: their kind of network, or `listed`: tell me whenever one is seen. Plain values, because
 * the page, which compiles no schemas, offers them.
 */
export const listTags = [
  'fixed',
  'cellular',
  'corporate',
  'hosting',
  'vpn',
  'proxy',
  'residential-proxy',
  'tor',
  'relay',
  'satellite',
  'listed',
] as const satisfies readonly (NetworkKind | 'listed')[];
export type ListTag = (typeof listTags)[number];

/** How long an address of a `listed` list counts when nobody says otherwise, in days (detections 4.2). */
export const LISTED_DAYS = 30;

/** Longest text of entries that can be sent, in characters: some 200,000 addresses. A file on the engine's machine may be larger. */
export const MAX_LIST_TEXT = 4_000_000;
