import type { SessionRecord } from '../../src/engine/store/records.ts';
import { berlin, firefox, homeNetwork, ipFacts, NOON_MS, safari, sessionRecord, sydney } from './records.ts';

const HOUR_MS = 3_600_000;

/** Takes the entries of a list in turn. */
function pick<T>(list: readonly T[], index: number): T {
  const entry = list[index % list.length];
  if (entry === undefined) throw new Error('nothing to pick from');
  return entry;
}

const users = [
  { id: 'u-ann', name: 'Ann', email: 'ann@example.test' },
  { id: 'u-bob', name: 'Bob O\'Neil "%_*"', email: null },
  { id: 'U-3', name: null, email: null },
  { id: 'u-müller', name: 'ÄNNE Müller\u202e', email: null },
];
const addresses = [
  ipFacts('198.51.100.7', berlin, homeNetwork),
  ipFacts('10.1.2.3'),
  ipFacts('2001:db8::7', sydney, { asn: 64501, org: 'Hosting [Ltd]', kinds: ['hosting', 'vpn'] }),
  null,
  ipFacts(
    '203.0.113.200',
    { ...berlin, region: null, city: null, accuracyKm: null },
    { asn: null, org: null, kinds: [] },
  ),
];
const devices = [
  { userAgent: 'Mozilla/5.0 Firefox/145.0', device: firefox },
  { userAgent: 'Mozilla/5.0 Safari*', device: safari },
  {
    userAgent: null,
    device: { browser: null, browserVersion: null, os: null, osVersion: null, kind: 'unknown' },
  },
] as const;

/** Sessions that differ in everything a list can be filtered or sorted by, with ties and unknowns in each. */
export function manySessions(count: number): SessionRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const hours = (index * 7) % 23;
    return sessionRecord({
      key: `session-${String(index).padStart(6, '0')}`,
      hint: pick(['ab12', 'xy%z', '*_*?', ''], index),
      user: pick(users, index),
      ip: pick(addresses, index),
      ...pick(devices, index + Math.floor(index / 7)),
      isCurrent: pick([true, false, null], index + 1),
      state: pick(['active', 'unknown', 'expired', 'active'] as const, index),
      startedAtMs: index % 4 === 3 ? null : NOON_MS - hours * HOUR_MS,
      startedAtQuality:
        index % 4 === 3 ? 'missing' : pick(['reported', 'derived', 'untrusted'] as const, index),
      lastSeenAtMs: index % 3 === 0 ? null : NOON_MS - (index % 5) * HOUR_MS,
      expiresAtMs: index % 2 === 0 ? null : NOON_MS + ((index % 9) - 4) * HOUR_MS,
    });
  });
}
