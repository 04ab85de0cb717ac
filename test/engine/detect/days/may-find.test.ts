import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayCatalogue } from '../../../../src/engine/detect/days/catalogue.ts';
import type { Day, DayGlance } from '../../../../src/engine/detect/days/day.ts';
import { History, type KeptDay } from '../../../../src/engine/detect/days/history.ts';
import { tallyOf } from '../../../../src/engine/detect/days/tally.ts';
import { dayStartMs, utcDay } from '../../../../src/engine/detect/days/utc-day.ts';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import { ignored } from '../../../../src/engine/detect/not-evaluable.ts';
import { noOrganisation } from '../../../../src/engine/detect/organisation.ts';
import { defaultSettings } from '../../../../src/engine/detect/settings.ts';
import { dayOf, numbered, TODAY } from '../../../support/day.ts';
import { aSighting, laptop, macbook, MINUTE, phone } from '../../../support/sighting.ts';

const agents = ['Mozilla/5.0 (X11; Linux x86_64)', 'curl/8.1', 'Hydra', `Long ${'x'.repeat(2_000)}`];

/** Some logins or failures of some accounts from one address, evenly in time, somewhere in two days, often over midnight. */
const burst = fc.record({
  beginsMs: fc.oneof(
    fc.integer({ min: -1_440, max: 1_439 }).map((minutes) => minutes * MINUTE),
    fc.integer({ min: -40, max: 20 }).map((minutes) => minutes * MINUTE),
  ),
  count: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(60)),
  accounts: fc.constantFrom(1, 2, 3, 4, 6, 60),
  everyMs: fc.constantFrom(1_000, 30_000, 4 * MINUTE, 15 * MINUTE),
  ip: fc.constantFrom('81.2.69.142', '81.2.69.160', '203.0.114.9', 'not an address', null),
  outcome: fc.constantFrom('success' as const, 'failure' as const),
  userAgent: fc.constantFrom(...agents, null),
  devices: fc.constantFrom([laptop], [laptop, macbook, phone]),
});

function attemptsOf({ beginsMs, count, accounts, everyMs, devices, ...over }: BurstOf): Sighting[] {
  return Array.from({ length: count }, (_, nth) =>
    aSighting({
      ...over,
      kind: 'login',
      atMs: dayStartMs(TODAY) + beginsMs + nth * everyMs,
      userId: `u${nth % accounts}`,
      device: devices[nth % devices.length] ?? null,
    }),
  ).filter(({ toMs }) => [TODAY - 1, TODAY].includes(utcDay(toMs)));
}
type BurstOf = typeof burst extends fc.Arbitrary<infer T> ? T : never;

/** Two days as they are judged, and what of them is known without reading them; somebody logs in on each day before. */
function twoDays(attempts: readonly Sighting[]): { readonly day: Day; readonly glance: DayGlance } {
  const sorted = dayOf(attempts).attempts;
  const counted = numbered(sorted);
  const on = (day: number) => counted.filter(({ sighting }) => utcDay(sighting.toMs) === day);
  const past = (day: number) => numbered([aSighting({ kind: 'login', atMs: dayStartMs(day), userId: 'u0' })]);
  const days = Array.from({ length: 40 }, (_, nth): KeptDay => {
    const day = TODAY - 39 + nth;
    return { day, tally: tallyOf(day < TODAY - 1 ? past(day) : on(day)), scores: null };
  });
  const history = new History(days, []);
  const organisation = { ...noOrganisation, loginShare: () => 0 };
  const failures = sorted.filter(({ outcome }) => outcome === 'failure');
  const glance = { day: TODAY, failures, history, clientShare: () => 0, settings: defaultSettings };
  return { day: dayOf(attempts, { history, organisation }), glance };
}

describe.each(dayCatalogue.map((rule) => [rule.id, rule] as const))('a glance for %s', (_, rule) => {
  it('misses nothing that reading the days finds, and spares most of it', () => {
    const seen = { found: 0, spared: 0 };
    fc.assert(
      fc.property(fc.array(burst, { maxLength: 6 }), (bursts) => {
        const { day, glance } = twoDays(bursts.flatMap(attemptsOf));
        const isFound = rule.judge(day, ignored).length > 0;
        const mayFind = rule.mayFind(glance);
        seen.found += Number(isFound);
        seen.spared += Number(!mayFind);
        if (isFound) expect(mayFind).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(seen.found).toBeGreaterThan(5);
    expect(seen.spared).toBeGreaterThan(5);
  });
});
