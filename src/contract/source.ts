import { z } from 'zod';
import { problem } from './error-codes.ts';
import { instant } from './instant.ts';

export const sourceKind = z.enum([
  '7331-hapi',
  '7331-portal',
  'xyrapanel',
  'rocketchat',
  'zipline',
  'better-auth',
]);
export type SourceKind = z.infer<typeof sourceKind>;

/** Where a secret is; never the secret. `stored` names an entry of the host's own secret store. */
export const secretRef = z.union([
  z.strictObject({ env: z.string().min(1) }),
  z.strictObject({ file: z.string().min(1) }),
  z.strictObject({ stored: z.string().min(1) }),
]);
export type SecretRef = z.infer<typeof secretRef>;

const isLoopback = (host: string) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host);

/** https, or http on loopback; no user:password in it. */
const sourceUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) address', abort: true })
  .superRefine((text, context) => {
    const url = new URL(text);
    if (url.username || url.password) context.addIssue('must not contain a user name or password');
    if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
      context.addIssue('must use https (plain http is accepted for loopback addresses only)');
    }
    if (url.search || url.hash) context.addIssue('must be an origin with at most a base path: no ? or #');
  });

/** Short name, unique: what `source:` filters by and the CLI prints. */
export const sourceId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'use lower-case letters, digits and hyphens (at most 63)');

const common = {
  id: sourceId,
  url: sourceUrl,
  /** Seconds between polls; the kind's shortest is applied when this is lower. */
  pollEverySeconds: z.number().int().min(10).max(86_400).optional(),
  /** Whose credential this is, for APIs that don't tell. */
  owner: z
    .strictObject({ id: z.string().min(1), name: z.string().optional(), email: z.string().optional() })
    .optional(),
};
const mode = z.enum(['user', 'admin']).default('user');

/** One configured API, as in the sources file. */
export const sourceConfig = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('7331-hapi'), auth: z.strictObject({ cookie: secretRef }) }),
  z.strictObject({ ...common, kind: z.literal('7331-portal'), auth: z.strictObject({ cookie: secretRef }) }),
  z.strictObject({
    ...common,
    kind: z.literal('xyrapanel'),
    auth: z.union([z.strictObject({ cookie: secretRef }), z.strictObject({ apiKey: secretRef })], {
      error: 'needs either "cookie" or "apiKey"',
    }),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('rocketchat'),
    mode,
    auth: z.strictObject({
      userId: z.string().min(1),
      token: secretRef,
      /** Second factor for administrators' calls; the password method sends its SHA-256. */
      secondFactor: z
        .strictObject({ method: z.enum(['totp', 'email', 'password']), code: secretRef })
        .optional(),
    }),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('zipline'),
    auth: z
      .strictObject({ token: secretRef.optional(), cookie: secretRef.optional() })
      .refine(
        (auth) => auth.token !== undefined || auth.cookie !== undefined,
        'needs "token", "cookie" or both',
      ),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('better-auth'),
    mode,
    auth: z.union([z.strictObject({ bearer: secretRef }), z.strictObject({ cookie: secretRef })], {
      error: 'needs either "bearer" or "cookie"',
    }),
  }),
]);
export type SourceConfig = z.infer<typeof sourceConfig>;
export type ConfigOf<K extends SourceKind> = Extract<SourceConfig, { kind: K }>;

/** Login history that was imported from files: no address, no credential, nothing to poll. */
const fileConfig = z.strictObject({ id: sourceId, kind: z.literal('file') });

/** Whatever the store knows as a source. */
export const anyConfig = z.discriminatedUnion('kind', [sourceConfig, fileConfig]);
export type AnyConfig = z.infer<typeof anyConfig>;
const anyKind = z.enum([...sourceKind.options, 'file']);
export type AnyKind = z.infer<typeof anyKind>;

/** The one place that tells sources that are called from those that only grow by imports. */
export function isApi(config: AnyConfig): config is SourceConfig {
  return config.kind !== 'file';
}

export const sourcesFile = z.strictObject({ sources: z.array(sourceConfig).min(1) });

/** What a source can do, as data: the page and the planner ask this and never the kind. */
export const capabilities = z.object({
  /** What one listing covers. */
  scope: z.enum(['self', 'perUser', 'all']),
  canListAll: z.boolean(),
  canListUsers: z.boolean(),
  canRevokeOne: z.boolean(),
  canRevokeUser: z.boolean(),
  canRevokeOthers: z.boolean(),
  hasCurrentFlag: z.boolean(),
  hasRawUserAgent: z.boolean(),
  hasParsedDevice: z.boolean(),
  ip: z.enum(['full', 'prefix64', 'none']),
  geo: z.enum(['none', 'country', 'city', 'coordinates']),
  hasNetworkFlags: z.boolean(),
  hasExpiry: z.boolean(),
  lastSeen: z.enum(['none', 'selfOnly', 'coarse', 'good']),
  history: z.enum(['none', 'events', 'endedSessions']),
  listIncludesExpired: z.boolean(),
  idKind: z.enum(['id', 'secretToken', 'suffix', 'connectionId']),
  idStability: z.enum(['stable', 'reconnects']),
  paging: z.enum(['none', 'page', 'offset', 'cursor', 'link']),
  orderStable: z.boolean(),
  serverSort: z.enum(['none', 'page-local', 'global']),
  revokeProof: z.enum(['listInAnswer', 'notFoundOnUnknown', 'none']),
  /** How long a revoked session may still be accepted by the far side, in milliseconds. */
  revokeLatencyMs: z.number(),
  /** Shortest sensible time between two polls, in milliseconds; null: there is nothing to poll. */
  minPollMs: z.number().nullable(),
  /** Documented budgets; what the answers' headers say wins. */
  rate: z.array(
    z.object({ max: z.number(), windowMs: z.number(), per: z.enum(['ip', 'key', 'user', 'org']) }),
  ),
});
export type Capabilities = z.infer<typeof capabilities>;

/** Health in one word: `new` has never been swept; `failing` keeps what it last knew. */
const sourceHealth = z.enum(['new', 'healthy', 'failing']);

/** A source as the lists show it. */
export const source = z.object({
  id: z.string(),
  kind: anyKind,
  mode: z.enum(['user', 'admin']).nullable(),
  /** Null where nothing is called. */
  url: z.string().nullable(),
  /** Where its secrets are, in words: `env CHAT_TOKEN`, `file …`, `stored`. */
  secrets: z.array(z.string()),
  /** Null: it is never polled, and grows by imports only. */
  pollEverySeconds: z.number().nullable(),
  capabilities,
  health: sourceHealth,
  /** Why it is failing, or null. */
  problem: problem.nullable(),
  lastAttemptAt: instant.nullable(),
  lastCompleteAt: instant.nullable(),
  nextPollAt: instant.nullable(),
  polling: z.boolean(),
  /** Sessions that have not ended, expired or been revoked. */
  liveSessions: z.number().int(),
  /** Rows of the last sweep, or lines of the last import, that could not be understood, with the first reasons. */
  rejectedRows: z.number().int(),
  rejectedExamples: z.array(z.string()),
  /** Belongs to the demo company. */
  demo: z.boolean(),
});
export type Source = z.infer<typeof source>;

/** What one sweep of a source did; `poll --json` prints one per line. */
export const sweepReport = z.object({
  source: z.string(),
  ok: z.boolean(),
  complete: z.boolean(),
  /** Distinct rows of the sweep, expired ones included, history rows not. */
  sessions: z.number().int(),
  new: z.number().int(),
  ended: z.number().int(),
  observations: z.number().int(),
  findings: z.number().int(),
  error: problem.nullable(),
});
export type SweepReport = z.infer<typeof sweepReport>;

/** What `sources test` found: who the credential is and whether one listing works. Nothing is stored. */
export const sourceTest = z.object({
  source: z.string(),
  ok: z.boolean(),
  account: z.string().nullable(),
  sessions: z.number().int().nullable(),
  error: problem.nullable(),
});
export type SourceTest = z.infer<typeof sourceTest>;
