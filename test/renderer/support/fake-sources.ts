import type { Capabilities, Source, SourceKind } from '../../../src/contract/source.ts';

const capabilities: Capabilities = {
  scope: 'all',
  canListAll: true,
  canListUsers: true,
  canRevokeOne: true,
  canRevokeUser: true,
  canRevokeOthers: false,
  hasCurrentFlag: true,
  hasRawUserAgent: true,
  hasParsedDevice: false,
  ip: 'full',
  geo: 'none',
  hasNetworkFlags: false,
  hasExpiry: true,
  lastSeen: 'good',
  history: 'none',
  listIncludesExpired: true,
  idKind: 'id',
  idStability: 'stable',
  paging: 'offset',
  orderStable: true,
  serverSort: 'global',
  revokeProof: 'none',
  revokeLatencyMs: 0,
  minPollMs: 30_000,
  rate: [],
};

/** Six sources in the states a page has to show. */
export function fakeSources(nowMs: number, liveSessions: (id: string) => number): Source[] {
  const iso = (ms: number) => new Date(ms).toISOString();
  const source = (
    id: string,
    kind: SourceKind,
    more: Partial<Source> = {},
    can: Partial<Capabilities> = {},
  ): Source => ({
    id,
    kind,
    mode: null,
    url: `https://${id}.example.org`,
    secrets: [`env ${id.toUpperCase()}_TOKEN`],
    pollEverySeconds: 60,
    capabilities: { ...capabilities, ...can },
    health: 'healthy',
    problem: null,
    lastAttemptAt: iso(nowMs - 40_000),
    lastCompleteAt: iso(nowMs - 40_000),
    nextPollAt: iso(nowMs + 20_000),
    polling: false,
    liveSessions: liveSessions(id),
    rejectedRows: 0,
    rejectedExamples: [],
    demo: false,
    ...more,
  });
  return [
    source('chat', 'rocketchat', { mode: 'admin' }, { idStability: 'reconnects', idKind: 'connectionId' }),
    source(
      'files',
      'zipline',
      {
        rejectedRows: 2,
        rejectedExamples: ['row 17: "createdAt" is not a time: "\u202Eyesterday"', 'row 40: no id'],
      },
      { scope: 'self', canListAll: false, hasExpiry: false },
    ),
    source(
      'panel',
      'xyrapanel',
      {
        health: 'failing',
        lastCompleteAt: iso(nowMs - 9_000_000),
        problem: {
          code: 'rate-limited',
          message:
            'panel asked for a pause of 15 minutes (429). Sessions stay as they were; polling goes on by itself.',
        },
      },
      { hasCurrentFlag: false, lastSeen: 'coarse' },
    ),
    source('old', '7331-hapi', {}, { lastSeen: 'none', canRevokeOne: false }),
    source(
      'portal',
      '7331-portal',
      {},
      { canRevokeOne: false, hasRawUserAgent: false, hasParsedDevice: true, geo: 'city' },
    ),
    source(
      'app',
      'better-auth',
      { mode: 'admin', health: 'new', lastCompleteAt: null, lastAttemptAt: null },
      { revokeLatencyMs: 300_000 },
    ),
  ];
}
