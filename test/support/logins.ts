import type { EventRecord } from '../../src/engine/store/records.ts';
import type { Network, Place } from '../../src/engine/whereabouts.ts';
import { berlin, eventRecord, firefox, homeNetwork, ipFacts, NOON_MS, safari, sydney } from './records.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const EVERYBODY = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
const abroad: Network = { asn: 64_999, org: 'Far Away', kinds: [] };

/** A login of a user, a moment before noon of the test clock. */
export function loginAt(user: string, beforeNoonMs: number, over: Partial<EventRecord> = {}): EventRecord {
  return eventRecord({
    atMs: NOON_MS - beforeNoonMs,
    user: { id: user, name: user, email: null },
    ip: ipFacts(`198.51.${100 + (user.charCodeAt(0) % 9)}.7`, berlin, homeNetwork),
    ...over,
  });
}

/** So many days of a company of nine, each of whom logs in at home every morning. */
export function quietDays(days: number): readonly EventRecord[] {
  return Array.from({ length: days }, (_, ago) =>
    EVERYBODY.map((user, nth) => loginAt(user, ago * DAY_MS + nth * MINUTE_MS + 3_600_000)),
  ).flat();
}

/** What an attacker does from one address, some days ago: fails on accounts, and gets into one. */
export function attack(ago: number, accounts: string, isSuccessful: boolean, place: Place = sydney) {
  const from = { ip: ipFacts('203.0.113.9', place, abroad), device: safari, userAgent: 'Tool/1.0 (X)' };
  const beginsMs = ago * DAY_MS + 30 * MINUTE_MS;
  const failures = Array.from({ length: 9 }, (_, nth) =>
    loginAt(accounts[nth % accounts.length] ?? 'a', beginsMs - nth * 20_000, {
      ...from,
      kind: 'failure',
      outcome: 'failure',
      device: nth % 2 === 0 ? safari : firefox,
    }),
  );
  return isSuccessful ? [...failures, loginAt(accounts[0] ?? 'a', beginsMs - 200_000, from)] : failures;
}
