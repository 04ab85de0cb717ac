import { describeRules } from '../../src/engine/detect/describe-rules.ts';
import { defaultSettings } from '../../src/engine/detect/settings.ts';
import type { Event } from '../../src/contract/event.ts';
import type { Finding } from '../../src/contract/finding.ts';
import type { HistoryImported } from '../../src/contract/history.ts';
import type { NetworkList } from '../../src/contract/lists.ts';
import type { Incident } from '../../src/contract/incident.ts';
import type { Revocation, RevocationSummary } from '../../src/contract/revocation.ts';
import type { Observation, Session } from '../../src/contract/session.ts';
import type { Capabilities, Source, SweepReport } from '../../src/contract/source.ts';
import type { Suppression } from '../../src/contract/suppression.ts';
import type { Decided } from '../../src/contract/triage.ts';
import type { User } from '../../src/contract/user.ts';
import type { Engine } from '../../src/engine/api.ts';

type Overrides = {
  [Name in keyof Engine]?: Engine[Name] extends (...args: never) => unknown
    ? Engine[Name]
    : Partial<Engine[Name]>;
};

/** An engine that answers every call with one fixed, fully filled value; single calls can be replaced. */
export function fakeEngine(overrides: Overrides = {}): Engine {
  const answers = fixedAnswers();
  return {
    system: { ...answers.system, ...overrides.system },
    sources: { ...answers.sources, ...overrides.sources },
    count: (list, query) => overrides.count?.(list, query) ?? answers.count(list, query),
    overview: (query) => overrides.overview?.(query) ?? answers.overview(query),
    sessions: { ...answers.sessions, ...overrides.sessions },
    users: { ...answers.users, ...overrides.users },
    persons: { ...answers.persons, ...overrides.persons },
    events: { ...answers.events, ...overrides.events },
    rules: () => answers.rules(),
    findings: { ...answers.findings, ...overrides.findings },
    history: { ...answers.history, ...overrides.history },
    incidents: { ...answers.incidents, ...overrides.incidents },
    suppressions: { ...answers.suppressions, ...overrides.suppressions },
    revocations: { ...answers.revocations, ...overrides.revocations },
    reports: { ...answers.reports, ...overrides.reports },
    audit: { ...answers.audit, ...overrides.audit },
    care: { ...answers.care, ...overrides.care },
    geoip: { ...answers.geoip, ...overrides.geoip },
    lists: { ...answers.lists, ...overrides.lists },
    policy: { ...answers.policy, ...overrides.policy },
    start: () => undefined,
    resumeRevocations: async () => [],
    judgeChanges: async () => ({ users: 0, findings: 0 }),
    stop: async () => undefined,
  };
}

const at = '2026-11-20T12:00:00.000Z';

const where = {
  ip: '203.0.113.7',
  ipClass: 'documentation',
  country: 'DE',
  region: 'Bavaria',
  city: 'München',
  lat: 48.14,
  lon: 11.58,
  accuracyKm: null,
  placeFrom: 'database',
  asn: 64500,
  org: 'Example Net',
  networkKinds: ['hosting', 'vpn'],
} as const;

const device = {
  userAgent: 'Mozilla/5.0 \u202e<script>',
  browser: 'Firefox',
  browserVersion: '145.0',
  os: 'Linux',
  osVersion: null,
  deviceKind: 'desktop',
} as const;

export const sampleSession: Session = {
  key: 'abcdefghijklmnopqrstuvwxyz',
  source: 'chat',
  account: 'u1',
  userId: 'u1',
  userName: 'Ann',
  personId: null,
  state: 'active',
  current: null,
  startedAt: at,
  startedAtQuality: 'reported',
  lastSeenAt: at,
  expiresAt: null,
  firstObservedAt: at,
  lastObservedAt: at,
  endedAt: null,
  ...where,
  ...device,
  networkKinds: [...where.networkKinds],
  impersonatedBy: null,
  hint: 'wxyz',
  revocable: true,
  findings: ['new-country'],
};

const sampleObservation: Observation = {
  at,
  state: 'active',
  lastSeenAt: at,
  expiresAt: null,
  ...where,
  ...device,
  networkKinds: [],
};

const sampleUser: User = {
  source: 'chat',
  userId: 'u1',
  userName: 'Ann',
  email: 'ann@example.org',
  personId: null,
  personFrom: 'parted',
  personBy: 'ann via web',
  personAt: at,
  tags: ['administrator'],
  toldTags: ['administrator', 'service'],
  liveSessions: 2,
  sessions: 3,
  openFindings: 1,
  countries: ['DE'],
  lastObservedAt: at,
};

const sampleEvent: Event = {
  id: 'e1',
  source: 'chat',
  userId: 'u1',
  userName: 'Ann',
  at,
  kind: 'login',
  outcome: 'success',
  origin: 'synthesised',
  session: sampleSession.key,
  ...where,
  ...device,
  networkKinds: [],
};

const sampleFinding: Finding = {
  id: 'f1',
  rule: 'impossible-travel',
  severity: 'high',
  score: 70,
  userId: 'u1',
  userName: 'Ann',
  source: 'chat',
  sessions: [sampleSession.key],
  at,
  title: 'Two places, one hour',
  explanation: 'Munich and Tokyo are 9,400 km apart.',
  evidence: { distanceKm: 9400, places: ['Munich', 'Tokyo'], minimum: { speedKmh: 8000 }, learned: null },
  state: 'open',
  verdict: null,
  suppressedBy: null,
  incident: null,
  verdictReason: null,
  verdictBy: null,
  verdictAt: null,
  duplicateOf: null,
  prefix: '203.0.113.0/24',
  asn: 64_500,
  client: 'Firefox on Linux',
  suppression: null,
};

const sampleIncident: Incident = {
  id: 'i1',
  state: 'open',
  severity: 'high',
  score: 70,
  alerting: true,
  userId: 'u1',
  userName: 'Ann',
  source: 'chat',
  personId: null,
  title: 'Two places, one hour',
  rules: ['impossible-travel'],
  findings: 1,
  openFindings: 1,
  sessions: [sampleSession.key],
  firstAt: at,
  lastAt: at,
  assignee: null,
  notes: 1,
  verdict: null,
  verdictReason: null,
  verdictBy: null,
  verdictAt: null,
};

const sampleDecided: Decided = { findings: 1, sessions: [sampleSession.key] };

const sampleSuppression: Suppression = {
  id: 's1',
  scope: {
    rule: 'impossible-travel',
    source: null,
    userId: null,
    network: '203.0.113.0/24',
    asn: null,
    countries: ['DE', 'JP'],
    client: null,
    list: null,
  },
  reason: 'Our gateway in Tokyo.',
  owner: 'ann via web',
  createdAt: at,
  expiresAt: null,
  endedAt: null,
  inForce: true,
  hits: 3,
  lastHitAt: at,
};

const sampleRevocation: RevocationSummary = {
  id: 'r1',
  state: 'running',
  reason: 'stolen cookie',
  createdAt: at,
  finishedAt: null,
  counts: { planned: 1, verified: 2 },
};

const revocationWithItems: Revocation = {
  ...sampleRevocation,
  items: [
    {
      session: sampleSession.key,
      source: 'chat',
      userId: 'u1',
      userName: 'Ann',
      hint: 'wxyz',
      state: 'skipped',
      why: 'It is your own session.',
    },
  ],
};

const sampleCapabilities: Capabilities = {
  scope: 'all',
  canListAll: true,
  canListUsers: true,
  canRevokeOne: true,
  canRevokeUser: false,
  canRevokeOthers: false,
  hasCurrentFlag: false,
  hasRawUserAgent: true,
  hasParsedDevice: false,
  ip: 'full',
  geo: 'none',
  hasNetworkFlags: false,
  hasExpiry: true,
  lastSeen: 'good',
  history: 'none',
  listIncludesExpired: false,
  idKind: 'id',
  idStability: 'stable',
  paging: 'offset',
  orderStable: true,
  serverSort: 'global',
  revokeProof: 'none',
  revokeLatencyMs: 0,
  minPollMs: 10_000,
  rate: [{ max: 10, windowMs: 1000, per: 'user' }],
};

const sampleSource: Source = {
  id: 'chat',
  kind: 'rocketchat',
  mode: 'admin',
  url: 'https://chat.example.org',
  secrets: ['env CHAT_TOKEN'],
  pollEverySeconds: 60,
  capabilities: sampleCapabilities,
  health: 'failing',
  problem: { code: 'rate-limited', message: 'The source asks to wait 30 s.' },
  lastAttemptAt: at,
  lastCompleteAt: null,
  nextPollAt: at,
  polling: false,
  liveSessions: 12,
  rejectedRows: 1,
  rejectedExamples: ['row 7: no id'],
  demo: false,
};

const sampleList: NetworkList = {
  name: 'tor exits',
  tag: 'tor',
  note: 'check.torproject.org',
  entries: 1_500,
  past: 3,
  addedAt: at,
  importedAt: at,
  expiresAt: null,
};

export const sampleSweep: SweepReport = {
  source: 'chat',
  ok: true,
  complete: true,
  sessions: 12,
  new: 1,
  ended: 0,
  observations: 3,
  findings: 1,
  error: null,
};

export const sampleImport: HistoryImported = {
  read: 9,
  accepted: 8,
  rejected: 1,
  events: 8,
  findings: 1,
  forgotten: 0,
  rejectedExamples: ['line 3: it is not JSON'],
  source: 'history',
  format: 'events-jsonl',
};

function page<T>(row: T) {
  return { rows: [row], total: 1, next: 'b3BhcXVl' };
}

function fixedAnswers(): Engine {
  const geoip = {
    databases: [
      {
        name: 'DB-IP city lite',
        role: 'city' as const,
        origin: 'bundled' as const,
        builtOn: '2026-06-05',
        ageDays: 168,
        stale: true,
        ipVersions: [4 as const, 6 as const],
        attribution: 'IP Geolocation by DB-IP',
      },
    ],
    attributions: ['IP Geolocation by DB-IP'],
    problems: [],
  };
  return {
    system: {
      info: async () => ({
        version: '0.1.0',
        protocolRevision: 1,
        host: 'web',
        dataDir: '/home/ann/.local/share/sessionscope',
        pollingByPid: null,
        demo: 'offered',
        secretStore: null,
      }),
      changes: async function* () {
        yield { revision: 1, topics: ['sources', 'sessions'] };
      },
      queryFields: () => [
        {
          name: 'country',
          shortNames: [],
          type: 'text',
          values: [],
          sortable: true,
          help: 'Two-letter country code.',
        },
      ],
      startDemo: async () => undefined,
      removeDemo: async () => undefined,
    },
    sources: {
      list: async () => [sampleSource],
      import: async () => ['chat'],
      storeSecret: async () => 'k1',
      remove: async () => undefined,
      test: async function* () {
        yield { source: 'chat', ok: true, account: 'u1', sessions: 12, error: null };
      },
      poll: async function* () {
        yield sampleSweep;
      },
      pollNow: async () => ['chat'],
      reports: async function* () {
        yield sampleSweep;
      },
    },
    count: async () => 1,
    overview: async () => ({
      sessions: { active: 3, expired: 1, ended: 2, revoked: 0, unknown: 0 },
      openIncidents: { critical: 0, high: 1, medium: 1, withoutAlert: 0 },
    }),
    sessions: {
      list: async () => page(sampleSession),
      get: async () => sampleSession,
      observations: async () => [sampleObservation],
      map: async () => ({
        places: [
          {
            lat: 48.14,
            lon: 11.58,
            country: 'DE',
            region: null,
            city: 'München',
            accuracyKm: null,
            sessions: 3,
            flagged: 1,
            worst: 'high',
          },
        ],
        located: 3,
        unlocated: 1,
      }),
    },
    users: { list: async () => page(sampleUser), tag: async () => undefined },
    persons: {
      list: async () => [
        {
          id: 'p1',
          users: [
            {
              source: 'chat',
              userId: 'u1',
              userName: 'Ann',
              email: 'ann@example.org',
              byHand: false,
              by: null,
              at: null,
            },
          ],
        },
      ],
      link: async () => undefined,
      unlink: async () => undefined,
    },
    events: { list: async () => page(sampleEvent) },
    rules: async () => describeRules(defaultSettings),
    history: {
      import: async function* () {
        yield { kind: 'reading', bytes: 500, totalBytes: 1000, read: 4, rejected: 0, events: 4 };
        yield { kind: 'done', result: sampleImport };
      },
    },
    findings: {
      list: async () => page(sampleFinding),
      get: async () => sampleFinding,
      decide: async () => sampleDecided,
      reopen: async () => sampleDecided,
    },
    incidents: {
      list: async () => page(sampleIncident),
      get: async () => ({ ...sampleIncident, noteTexts: [{ at, by: 'ann via web', text: 'Called him.' }] }),
      decide: async () => sampleDecided,
      reopen: async () => sampleDecided,
      assign: async () => undefined,
      note: async () => undefined,
    },
    suppressions: {
      list: async () => [sampleSuppression],
      preview: async ({ days }) => ({
        days,
        findings: [sampleFinding],
        total: 1,
        incidents: [sampleIncident],
        warnings: ['It names the rule and nothing else.'],
      }),
      add: async () => sampleSuppression,
      end: async () => ({ reopened: 1 }),
    },
    revocations: {
      plan: async () => ({
        id: 'p1',
        createdAt: at,
        items: revocationWithItems.items,
        counts: { skipped: 1 },
        warnings: ['Your own session is left out.'],
        estimatedSeconds: 1.5,
      }),
      start: async () => sampleRevocation,
      list: async () => [sampleRevocation],
      get: async () => revocationWithItems,
      watch: async function* () {
        yield sampleRevocation;
        yield { ...sampleRevocation, state: 'done', finishedAt: at, counts: { verified: 3 } };
      },
      stop: async () => undefined,
      resume: async () => undefined,
    },
    reports: {
      create: async function* () {
        yield { kind: 'progress', rows: 500, total: 1000 };
        yield {
          kind: 'done',
          result: {
            path: '/data/reports/r.csv',
            metaPath: '/data/reports/r.csv.meta.json',
            rows: 1000,
            bytes: 9,
          },
        };
      },
    },
    audit: {
      list: async () => [
        {
          seq: 1,
          at,
          actor: 'ann via web',
          action: 'revocation.started',
          detail: { id: 'r1', sessions: 3, note: null },
          previousHash: '0',
          hash: 'ab',
        },
      ],
      verify: async () => ({ ok: true, entries: 1, brokenAt: null, message: 'The chain holds.' }),
    },
    care: {
      backup: async function* () {
        yield { kind: 'progress', bytes: 4096, totalBytes: 8192 };
        yield {
          kind: 'done',
          result: { path: '/home/ann/sessionscope.backup', bytes: 8192, madeAt: at, sessions: 3 },
        };
      },
      retention: async () => ({ days: null, lastRun: null }),
      setRetention: async (days) => ({ days, lastRun: null }),
      retain: async function* () {
        const removed = { sessions: 1, observations: 2, events: 3, findings: 0, users: 1, entries: 2 };
        yield { kind: 'progress', removed };
        yield { kind: 'done', removed, freedBytes: 4096 };
      },
    },
    geoip: { status: async () => geoip, import: async () => geoip },
    lists: {
      list: async () => [sampleList],
      import: async () => ({
        list: sampleList,
        added: 2,
        kept: 1_498,
        ended: 3,
        rejected: 1,
        rejectedLines: [{ line: 7, why: 'No address.' }],
      }),
      remove: async () => undefined,
      check: async () => ({
        address: '192.0.2.7',
        asn: 64_500,
        matches: [
          { list: 'tor exits', tag: 'tor', entry: '192.0.2.0/24', from: null, until: at, inForce: false },
        ],
      }),
    },
    policy: {
      countries: async () => ({ kind: 'deny', countries: ['KP'] }),
      setCountries: async (policy) => policy,
      previewCountries: async () => ({
        days: 90,
        sessions: 9,
        unplaced: 1,
        against: { sessions: 2, users: 1 },
        countries: [{ country: 'KP', sessions: 2, users: 1 }],
      }),
    },
    start: () => undefined,
    resumeRevocations: async () => [],
    judgeChanges: async () => ({ users: 0, findings: 0 }),
    stop: async () => undefined,
  };
}
