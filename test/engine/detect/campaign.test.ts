import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { campaignsOf, type Flag } from '../../../src/engine/detect/campaign.ts';
import { defaultSettings } from '../../../src/engine/detect/settings.ts';
import { HOUR, NOW_MS } from '../../support/sighting.ts';

function flag(user: string, afterHours: number, over: Partial<Flag> = {}): Flag {
  return {
    person: user,
    source: 'app',
    userId: user,
    userName: null,
    rule: 'new-country',
    severity: 'medium',
    atMs: NOW_MS + afterHours * HOUR,
    infrastructure: { prefix: '203.0.113.0/24', asn: 7, client: 'Chrome on Windows' },
    sessions: [`s-${user}`],
    ...over,
  };
}
const found = (...flags: readonly Flag[]) => campaignsOf(flags, defaultSettings);
const from = (
  prefix: string | null,
  asn: number | null = 7,
  client: string | null = 'Chrome on Windows',
) => ({
  infrastructure: { prefix, asn, client },
});

describe('a campaign', () => {
  it('is three users flagged from one prefix within a day, told once, of who was first', () => {
    const [finding, ...others] = found(flag('c', 2), flag('a', 0), flag('b', 1), flag('b', 3));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'critical',
      userId: 'a',
      atMs: NOW_MS,
      sessions: ['s-a', 's-b', 's-c'],
      infrastructure: { prefix: '203.0.113.0/24', asn: null },
    });
    expect(finding?.words?.explanation).toMatch(/3 users were flagged from 203.0.113.0\/24.*make it wrong/);
  });

  it('is also one provider with one kind of client, over several prefixes', () => {
    const flags = ['a', 'b', 'c'].map((user, nth) => flag(user, nth, from(`203.0.${nth}.0/24`)));
    expect(found(...flags)).toMatchObject([
      { infrastructure: { prefix: null, asn: 7, client: 'Chrome on Windows' } },
    ]);
    expect(
      found(...flags.map((each) => ({ ...each, ...from(each.infrastructure.prefix, 7, null) }))),
    ).toEqual([]);
  });

  it('is none of two users, of one person with three, of more than a day, or of what is merely new', () => {
    expect(found(flag('a', 0), flag('b', 1), flag('b', 2))).toEqual([]);
    expect(found(...['a', 'b', 'c'].map((user) => flag(user, 0, { person: 'one' })))).toEqual([]);
    expect(found(flag('a', 0), flag('b', 13), flag('c', 26))).toEqual([]);
    expect(found(...['a', 'b', 'c'].map((user) => flag(user, 0, { severity: 'low' })))).toEqual([]);
    expect(found(...['a', 'b', 'c'].map((user) => flag(user, 0, { rule: 'session-outlives-user' })))).toEqual(
      [],
    );
    expect(found(...['a', 'b', 'c'].map((user) => flag(user, 0, from(null, null))))).toEqual([]);
  });

  it('is the same whatever order the findings come in', () => {
    const anyFlag = fc
      .record({
        user: fc.constantFrom('a', 'b', 'c', 'd'),
        hours: fc.integer({ min: 0, max: 60 }),
        prefix: fc.constantFrom('1.2.3.0/24', '1.2.4.0/24', null),
      })
      .map(({ user, hours, prefix }) => flag(user, hours, from(prefix)));
    fc.assert(
      fc.property(fc.array(anyFlag, { maxLength: 20 }), fc.infiniteStream(fc.nat()), (flags, order) => {
        const shuffled = flags
          .map((each) => [order.next().value ?? 0, each] as const)
          .sort(([a], [b]) => a - b)
          .map(([, each]) => each);
        const keys = (all: readonly Flag[]) =>
          found(...all).map(({ dedupeKey, words }) => [dedupeKey, words?.title]);
        expect(keys(shuffled).sort()).toEqual(keys(flags).sort());
      }),
    );
  });
});
