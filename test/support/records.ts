import type { Problem } from '../../src/contract/error-codes.ts';
import type { RuleFinding } from '../../src/engine/detect/facts.ts';
import type { IpFacts } from '../../src/engine/enrich/enricher.ts';
import type { Batch, EventRecord, SessionRecord } from '../../src/engine/store/records.ts';
import type { Device, Network, Place } from '../../src/engine/whereabouts.ts';
import type { SourceTraits } from '../../src/engine/store/sources.ts';
import type { Account } from '../../src/engine/source/source.ts';

/** 2026-11-20 12:00 UTC, where the test clock starts. */
export const NOON_MS = Date.parse('2026-11-20T12:00:00.000Z');

export const firefox: Device = {
  browser: 'Firefox',
  browserVersion: '145.0',
  os: 'Windows',
  osVersion: '10',
  kind: 'desktop',
};
export const safari: Device = {
  browser: 'Mobile Safari',
  browserVersion: '26.1',
  os: 'iOS',
  osVersion: '26.1',
  kind: 'mobile',
};

export const berlin: Place = {
  country: 'DE',
  region: 'Land Berlin',
  city: 'Berlin',
  lat: 52.52,
  lon: 13.405,
  accuracyKm: 20,
};
export const sydney: Place = {
  country: 'AU',
  region: 'New South Wales',
  city: 'Sydney',
  lat: -33.8688,
  lon: 151.2093,
  accuracyKm: 50,
};

export const homeNetwork: Network = { asn: 64500, org: 'Example Cable', kinds: ['fixed'] };

/** An address as the enricher knows it; public and nowhere unless a place is given. */
export function ipFacts(
  address: string,
  place: Place | null = null,
  network: Network | null = null,
): IpFacts {
  return { address, class: 'public', place, network };
}

/** A session of Ann at home in Berlin, started an hour before noon, as ingest hands it to the store. */
export function sessionRecord(over: Partial<SessionRecord> = {}): SessionRecord {
  const ip = over.ip === undefined ? ipFacts('198.51.100.7', berlin, homeNetwork) : over.ip;
  const place = over.place === undefined ? (ip?.place ?? null) : over.place;
  return {
    key: 'ann-laptop',
    hint: 'ab12',
    user: { id: 'u-ann', name: 'Ann', email: 'ann@example.test' },
    isCurrent: false,
    state: 'active',
    startedAtMs: NOON_MS - 3_600_000,
    startedAtQuality: 'reported',
    lastSeenAtMs: null,
    expiresAtMs: null,
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
    impersonatedBy: null,
    isOwnPoll: false,
    userGone: false,
    device: firefox,
    placeFrom: place === null ? null : 'database',
    network: ip?.network ?? null,
    ...over,
    ip,
    place,
  };
}

/** A reported login of Ann at home, an hour before noon. */
export function eventRecord(over: Partial<EventRecord> = {}): EventRecord {
  const ip = over.ip === undefined ? ipFacts('198.51.100.7', berlin, homeNetwork) : over.ip;
  const place = over.place === undefined ? (ip?.place ?? null) : over.place;
  return {
    atMs: NOON_MS - 3_600_000,
    user: { id: 'u-ann', name: 'Ann', email: 'ann@example.test' },
    kind: 'login',
    outcome: 'success',
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
    sessionKey: null,
    device: firefox,
    placeFrom: place === null ? null : 'database',
    network: ip?.network ?? null,
    ...over,
    ip,
    place,
  };
}

/** A page of a sweep. */
export function batch(over: Partial<Batch> = {}): Batch {
  return { rows: [], history: [], events: [], ...over };
}

/** Who the credential is: an administrator whose own sessions are nobody else's. */
export function account(over: Partial<Account> = {}): Account {
  return { id: 'u-admin', name: 'Admin', email: null, known: true, ...over };
}

/** An open, high finding of the impossible-travel rule about Ann. */
export function ruleFinding(over: Partial<RuleFinding> = {}): RuleFinding {
  return {
    rule: 'impossible-travel',
    dedupeKey: 'start:ann-laptop|start:ann-phone',
    severity: 'high',
    source: 'chat',
    userId: 'u-ann',
    sessions: ['ann-laptop'],
    atMs: NOON_MS - 3_600_000,
    infrastructure: { prefix: '203.0.113.0/24', asn: 64_500, client: 'Firefox on Windows' },
    words: { title: 'Berlin to Sydney in 20 minutes', explanation: 'No airliner is that fast.' },
    evidence: { distanceKm: 16_000 },
    state: 'open',
    suppressedBy: null,
    ...over,
  };
}

export const offline: Problem = { code: 'offline', message: 'The source does not answer.' };

/** What an API can do, as the store asks it: lists everybody, ends one session, keeps ids. */
export const traits: SourceTraits = {
  canRevokeOne: true,
  idStability: 'stable',
  scope: 'all',
  history: 'none',
  hasExpiry: false,
  lastSeen: 'none',
  minPollMs: 60_000,
};
