import { z } from 'zod';

/** Raised when a page built for one contract can't talk to an engine of another. */
export const PROTOCOL_REVISION = 1;

export const systemInfo = z.object({
  version: z.string(),
  protocolRevision: z.number().int(),
  host: z.enum(['desktop', 'web', 'cli']),
  /** Where the data is; shown in Settings and error messages. */
  dataDir: z.string(),
  /** Null when this engine polls; else the process id of the one that does. */
  pollingByPid: z.number().int().nullable(),
  /** Whether the host can start the demo company, and whether it is running. */
  demo: z.enum(['unavailable', 'offered', 'running']),
  /** How secrets typed into the page are kept, in one sentence; null when they can't be. */
  secretStore: z.string().nullable(),
});
export type SystemInfo = z.infer<typeof systemInfo>;

export const changeTopic = z.enum([
  'sources',
  'sessions',
  'events',
  'findings',
  'revocations',
  'audit',
  'geoip',
  'lists',
]);
export type ChangeTopic = z.infer<typeof changeTopic>;

/** Says that something changed, never what. */
export const change = z.object({ revision: z.number().int(), topics: z.array(changeTopic) });
export type Change = z.infer<typeof change>;

/** A field of the query language, for completion and help. */
export const queryField = z.object({
  name: z.string(),
  shortNames: z.array(z.string()),
  type: z.enum(['text', 'number', 'time', 'ip', 'boolean', 'enum']),
  values: z.array(z.string()),
  sortable: z.boolean(),
  help: z.string(),
});
export type QueryField = z.infer<typeof queryField>;

/** The lists the query language applies to. */
export const listName = z.enum(['sessions', 'findings', 'incidents', 'users', 'events']);
export type ListName = z.infer<typeof listName>;
