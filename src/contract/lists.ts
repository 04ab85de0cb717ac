import { z } from 'zod';
import { instant } from './instant.ts';
import { listTags, MAX_LIST_TEXT, type ListTag } from './list-tags.ts';

export const listTag = z.enum(listTags);

const TAG_ALIASES = new Map<string, ListTag>([
  ['corp', 'corporate'],
  ['mobile', 'cellular'],
  ['datacenter', 'hosting'],
  ['broadband', 'fixed'],
]);

/** A tag or one of its usual aliases (`corp`, `mobile`, `datacenter`, `broadband`), in any case; null for other text. */
export function listTagOf(text: string): ListTag | null {
  const word = text.trim().toLowerCase();
  return TAG_ALIASES.get(word) ?? listTag.safeParse(word).data ?? null;
}

const listName = z
  .string()
  .trim()
  .min(1, 'is empty')
  .max(80, 'is longer than 80 characters')
  .regex(/^[^\p{Cc}\p{Cf}]*$/u, 'has characters that cannot be seen');

/** A list of networks that an analyst keeps. */
export const networkList = z.object({
  name: z.string(),
  tag: listTag,
  /** Where it is from, in the analyst's words; null when he said nothing. */
  note: z.string().nullable(),
  /** Entries in force now. */
  entries: z.number().int(),
  /** Entries that earlier versions had, or that expired: they still count for what was seen in their time. */
  past: z.number().int(),
  addedAt: instant,
  /** When its newest version was imported. */
  importedAt: instant,
  /** When its entries stop to count, unless a newer version comes; null: never. */
  expiresAt: instant.nullable(),
});
export type NetworkList = z.infer<typeof networkList>;

export const listImportRequest = z.object({
  name: listName,
  tag: listTag,
  note: z.string().trim().max(500).nullable().default(null),
  /** `default`: after `LISTED_DAYS` for `listed`, never for a kind of network. */
  expires: z.union([z.literal('default'), z.literal('never'), instant]).default('default'),
  /** The path of a file on the engine's machine, or the entries themselves. */
  from: z.union([
    z.strictObject({ file: z.string().min(1).max(4096) }),
    z.strictObject({ text: z.string().min(1).max(MAX_LIST_TEXT) }),
  ]),
});
export type ListImportRequest = z.infer<typeof listImportRequest>;

/** A line that no entry was found in. Lines count from 1. */
export const rejectedLine = z.object({ line: z.number().int(), why: z.string() });
export type RejectedLine = z.infer<typeof rejectedLine>;

/** What became of an import. `ended`: entries of the version before that the new one lacks. */
export const listImport = z.object({
  list: networkList,
  added: z.number().int(),
  kept: z.number().int(),
  ended: z.number().int(),
  rejected: z.number().int(),
  /** The first of them. */
  rejectedLines: z.array(rejectedLine),
});
export type ListImport = z.infer<typeof listImport>;

export const listCheckRequest = z.object({
  address: z.string().min(1).max(64),
  /** Number of the network it was seen in; left out: what the databases say of the address now. */
  asn: z.number().int().positive().max(0xffffffff).nullable().optional(),
  /** The moment that matters; null: now. */
  at: instant.nullable().default(null),
});
export type ListCheckRequest = z.input<typeof listCheckRequest>;

/** An entry of a list that an address, or its network, falls under. */
export const listMatch = z.object({
  list: z.string(),
  tag: listTag,
  /** A network, an address or `AS64500`. */
  entry: z.string(),
  /** Since when it counts; null: however long ago. */
  from: instant.nullable(),
  /** Until when; null: no end is set. */
  until: instant.nullable(),
  /** Whether it counts at the moment that was asked for. */
  inForce: z.boolean(),
});
export type ListMatch = z.infer<typeof listMatch>;

export const listCheck = z.object({
  /** As it is stored: one spelling for each address. */
  address: z.string(),
  asn: z.number().int().nullable(),
  matches: z.array(listMatch),
});
export type ListCheck = z.infer<typeof listCheck>;
