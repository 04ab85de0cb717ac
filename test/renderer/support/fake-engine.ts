import { describeRules } from '../../../src/engine/detect/describe-rules.ts';
import { defaultSettings } from '../../../src/engine/detect/settings.ts';
import type { ListPage, ListRequest } from '../../../src/contract/list.ts';
import type { MapPlace } from '../../../src/contract/map.ts';
import type { Session } from '../../../src/contract/session.ts';
import type { Source, SweepReport } from '../../../src/contract/source.ts';
import type { ListName, SystemInfo } from '../../../src/contract/system.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { EngineError } from '../../../src/engine/errors.ts';
import { Feed } from '../../../src/engine/feed.ts';
import { sampleImport } from '../../support/fake-engine.ts';
import { company } from './company.ts';
import { fakeCare } from './fake-care.ts';
import { fakeFields, fakeFilter, fakeSort } from './fake-query.ts';
import { fakeLists } from './fake-lists.ts';
import { fakePolicy } from './fake-policy.ts';
import { fakeRevocations } from './fake-revocations.ts';
import { fakeTriage } from './fake-triage.ts';
import { manyPlaces } from './many-places.ts';
import { fakeSources } from './fake-sources.ts';
import { fakeUsers } from './fake-users.ts';

export type FakeOptions = {
  nowMs?: number;
  sessions?: number;
  /** Places on the map, instead of those of the sessions. */
  places?: number;
  /** No sources yet. */
  isEmpty?: boolean;
  info?: Partial<SystemInfo>;
};

/** An engine in memory with a made-up company: what the page's tests and its screenshots run against. */
export function fakeEngine({
  nowMs = Date.now(),
  sessions: count = 1200,
  places: placeCount,
  isEmpty = false,
  info = {},
}: FakeOptions = {}): Engine {
  const data = isEmpty ? { sessions: [], events: [], findings: [] } : company(nowMs, count);
  const triage = fakeTriage(data.findings, nowMs);
  const people = fakeUsers(data.sessions, nowMs);
  const isLive = ({ state }: Session) => state === 'active';
  let sources: Source[] = isEmpty
    ? []
    : fakeSources(nowMs, (id) => data.sessions.filter((one) => one.source === id && isLive(one)).length);
  const byKey = (key: string) => {
    const found = data.sessions.find((one) => one.key === key);
    if (found === undefined)
      throw new EngineError('not-found', 'There is no such session. It may have been removed by retention.');
    return found;
  };
  const listOf = (list: ListName): readonly Record<string, unknown>[] =>
    list === 'users'
      ? people.users()
      : list === 'incidents'
        ? triage.incidents()
        : list === 'findings'
          ? triage.findings()
          : data[list];
  const reports = new Feed<SweepReport>();
  const sweepOf = (id: string): SweepReport => {
    const problem = sources.find((one) => one.id === id)?.problem ?? null;
    const figures = { sessions: 214, new: 3, ended: 1, observations: 5, findings: 0 };
    return { source: id, ok: problem === null, complete: problem === null, ...figures, error: problem };
  };
  const revocations = fakeRevocations(
    ({ query, keys }) =>
      data.sessions.filter(
        (one) => keys.includes(one.key) || (query !== null && fakeFilter([one], query).length > 0),
      ),
    () => undefined,
  );
  const status = {
    databases: [
      {
        name: 'DB-IP City Lite',
        role: 'city' as const,
        origin: 'bundled' as const,
        builtOn: '2026-06-05',
        ageDays: 169,
        stale: true,
        ipVersions: [4 as const, 6 as const],
        attribution: '',
      },
      {
        name: 'RouteViews ASN',
        role: 'asn' as const,
        origin: 'bundled' as const,
        builtOn: '2026-11-17',
        ageDays: 4,
        stale: false,
        ipVersions: [4 as const, 6 as const],
        attribution: '',
      },
    ],
    attributions: [
      'IP Geolocation by DB-IP (https://db-ip.com), CC BY 4.0',
      'ASN data: RouteViews, CC BY 4.0',
    ],
    problems: [],
  };
  const audit = Array.from({ length: isEmpty ? 0 : 340 }, (_, index) => ({
    seq: index + 1,
    at: new Date(nowMs - (340 - index) * 600_000).toISOString(),
    actor: 'ann via web',
    action: ['source.added', 'revocation.started', 'revocation.item', 'report.written'][index % 4] ?? '',
    detail: { source: 'chat', item: index },
    previousHash: '0'.repeat(64),
    hash: index.toString(16).padStart(64, 'a3f'),
  }));

  return {
    system: {
      info: async () => ({
        version: '0.1.0',
        protocolRevision: 1,
        host: 'web',
        dataDir: '/home/ann/.local/share/sessionscope',
        pollingByPid: null,
        demo: isEmpty ? 'offered' : 'unavailable',
        secretStore: 'Typed secrets are kept in a vault that a passphrase locks (scrypt, AES-256-GCM).',
        ...info,
      }),
      async *changes(signal) {
        yield { revision: 1, topics: [] };
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      },
      queryFields: fakeFields,
      startDemo: async () => undefined,
      removeDemo: async () => undefined,
    },
    history: {
      async *import({ source }) {
        yield { kind: 'reading', bytes: 500, totalBytes: 1000, read: 4, rejected: 0, events: 4 };
        yield { kind: 'done', result: { ...sampleImport, source } };
      },
    },
    rules: async () => describeRules(defaultSettings),
    sources: {
      list: async () => sources,
      import: async () => {
        throw new EngineError(
          'invalid-input',
          'sources.0.url: must use https (plain http is accepted for loopback addresses only)',
          { field: 'sources.0.url' },
        );
      },
      storeSecret: async () => 'secret-1',
      remove: async (id) => {
        sources = sources.filter((one) => one.id !== id);
      },
      async *test(ids) {
        for (const id of ids ?? [])
          yield { source: id, ok: true, account: 'security-bot', sessions: 214, error: null };
      },
      reports: (signal) => reports.watch(signal),
      pollNow: async (ids) => {
        const ordered = sources.map(({ id }) => id).filter((id) => ids === null || ids.includes(id));
        setTimeout(() => ordered.map(sweepOf).forEach((report) => reports.send(report)), 50);
        return ordered;
      },
      async *poll(ids) {
        for (const { id } of sources) if (ids === null || ids.includes(id)) yield sweepOf(id);
      },
    },
    count: async (list, query) => fakeFilter(listOf(list), query).length,
    overview: async (query) => ({
      sessions: tally(
        ['active', 'expired', 'ended', 'revoked', 'unknown'],
        fakeFilter(data.sessions, query).map(({ state }) => state),
      ),
      openIncidents: tally(
        ['critical', 'high', 'medium', 'withoutAlert'],
        triage
          .incidents()
          .filter(({ state }) => state === 'open')
          .map(({ alerting, severity }) => (alerting ? severity : 'withoutAlert')),
      ),
    }),
    sessions: {
      list: async (request) => page(data.sessions, request),
      get: async (key) => byKey(key),
      observations: async (key) => observationsOf(byKey(key)),
      map: async (query) => {
        const found = fakeFilter(data.sessions, query);
        const places = placeCount === undefined ? placesOf(found) : manyPlaces(placeCount);
        return {
          places,
          located: found.filter(({ lat }) => lat !== null).length,
          unlocated: found.filter(({ lat }) => lat === null).length,
        };
      },
    },
    users: { list: async (request) => page(people.users(), request), tag: people.tag },
    persons: people.persons,
    events: { list: async (request) => page(data.events, request) },
    findings: {
      ...triage.findingCalls,
      list: async (request) => page(triage.findings(), request),
      get: async (id) => {
        const found = triage.findings().find((one) => one.id === id);
        if (found === undefined) throw new EngineError('not-found', 'There is no such finding.');
        return found;
      },
    },
    incidents: {
      ...triage.incidentCalls,
      list: async (request) => page(triage.incidents(), request),
    },
    suppressions: triage.suppressions,
    revocations,
    reports: {
      async *create() {
        yield { kind: 'progress', rows: 0, total: data.sessions.length };
        yield {
          kind: 'done',
          result: {
            path: '/home/ann/reports/sessions.csv',
            metaPath: '/home/ann/reports/sessions.csv.meta.json',
            rows: data.sessions.length,
            bytes: 400_000,
          },
        };
      },
    },
    audit: {
      list: async (limit, before) =>
        audit
          .filter(({ seq }) => before === null || seq < before)
          .reverse()
          .slice(0, limit),
      verify: async () => ({
        ok: true,
        entries: audit.length,
        brokenAt: null,
        message: `All ${audit.length} links hold.`,
      }),
    },
    care: fakeCare(),
    geoip: {
      status: async () => status,
      import: async (file) => {
        throw new EngineError(
          'invalid-input',
          `${file} is not a MaxMind database. Give the path of an .mmdb file.`,
          { field: 'file' },
        );
      },
    },
    lists: fakeLists(nowMs),
    policy: fakePolicy(data.sessions),
    start: () => undefined,
    resumeRevocations: async () => [],
    judgeChanges: async () => ({ users: 0, findings: 0 }),
    stop: async () => undefined,
  };
}

function page<T extends Record<string, unknown>>(
  rows: readonly T[],
  { query, sort, limit, cursor, total }: ListRequest,
): ListPage<T> {
  const found = fakeSort(fakeFilter(rows, query), sort);
  const from = Number(cursor ?? 0);
  const next = from + limit < found.length ? String(from + limit) : null;
  return { rows: found.slice(from, from + limit), total: total === false ? null : found.length, next };
}

function tally<T extends string>(names: readonly T[], found: readonly T[]): Record<T, number> {
  return Object.fromEntries(
    names.map((name) => [name, found.filter((one) => one === name).length]),
  ) as Record<T, number>;
}

function observationsOf(session: Session) {
  const { state, lastSeenAt, expiresAt, firstObservedAt, lastObservedAt } = session;
  const seen = { ...session, state, lastSeenAt, expiresAt };
  return [
    { ...seen, at: firstObservedAt, ip: '203.0.113.7', browser: 'Edge' },
    { ...seen, at: lastObservedAt },
  ].map((one) => Object.fromEntries(Object.entries(one).filter(([key]) => OBSERVED.has(key))) as never);
}
const OBSERVED = new Set(
  'at state lastSeenAt expiresAt ip ipClass country region city lat lon accuracyKm placeFrom asn org networkKinds userAgent browser browserVersion os osVersion deviceKind'.split(
    ' ',
  ),
);

function placesOf(sessions: readonly Session[]): MapPlace[] {
  const places = new Map<string, MapPlace>();
  for (const { lat, lon, country, region, city, accuracyKm, findings } of sessions) {
    if (lat === null || lon === null) continue;
    const id = `${lat},${lon}`;
    const place = places.get(id) ?? {
      lat,
      lon,
      country,
      region,
      city,
      accuracyKm,
      sessions: 0,
      flagged: 0,
      worst: null,
    };
    place.sessions += 1;
    if (findings.length > 0) {
      place.flagged += 1;
      place.worst = findings.includes('impossible-travel') ? 'critical' : (place.worst ?? 'medium');
    }
    places.set(id, place);
  }
  return [...places.values()];
}
