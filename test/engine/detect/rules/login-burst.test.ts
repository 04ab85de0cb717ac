import { describe, expect, it } from 'vitest';
import { poissonTail } from '../../../../src/engine/detect/poisson.ts';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import { tagged } from '../../../support/live-session.ts';
import { foundBy, readable, unjudgedBy } from '../../../support/judged.ts';
import { aSighting, DAY, factsOf, HOUR, lifeAtHome, MINUTE, NOW_MS } from '../../../support/sighting.ts';

const at = NOW_MS - 5 * HOUR;
const logins = (count: number, over: Partial<Sighting> = {}) =>
  Array.from({ length: count }, (_, index) => aSighting({ atMs: at + index * MINUTE, ...over }));

describe('a burst of logins', () => {
  it('is twenty in an hour of somebody who signs in once a day', () => {
    const [finding, ...others] = foundBy('login-burst', factsOf(...lifeAtHome(), ...logins(40)));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'medium',
      state: 'open',
      atMs: at + 19 * MINUTE,
      evidence: { logins: 20 },
    });
    expect(finding?.explanation).toMatch(readable);
    expect(foundBy('login-burst', factsOf(...lifeAtHome(), ...logins(19)))).toEqual([]);
  });

  it('is none of somebody who does that all day, nor of failed logins', () => {
    const busy = Array.from({ length: 28 * 24 * 12 }, (_, index) =>
      aSighting({ atMs: at - HOUR - index * 5 * MINUTE }),
    );
    expect(foundBy('login-burst', factsOf(...busy, ...logins(30)))).toEqual([]);
    expect(foundBy('login-burst', factsOf(...lifeAtHome(), ...logins(40, { outcome: 'failure' })))).toEqual(
      [],
    );
  });

  it('counts the starts of sessions where no logins are told, and not both', () => {
    const starts = logins(30, { kind: 'start' });
    expect(foundBy('login-burst', factsOf(...starts))).toMatchObject([{ state: 'learning' }]);
    const both = [...logins(12), ...logins(12, { kind: 'start' })];
    expect(foundBy('login-burst', factsOf(aSighting({ atMs: at - DAY }), ...both))).toEqual([]);
  });

  it('is suppressed, visibly, for a service account', () => {
    const service = tagged(factsOf(...lifeAtHome(), ...logins(40)), 'service');
    expect(foundBy('login-burst', service)).toMatchObject([{ state: 'suppressed' }]);
  });

  it('says what it can’t judge', () => {
    expect(unjudgedBy('login-burst', factsOf(aSighting({ kind: 'start', quality: 'derived' })))).toEqual([
      'The source does not report when sessions begin.',
    ]);
  });
});

describe('the Poisson tail', () => {
  it('keeps the digits of small probabilities', () => {
    // By 60-digit arithmetic.
    expect(poissonTail(1, 0.5)).toBeCloseTo(0.3934693402873666, 12);
    expect(poissonTail(5, 1)).toBeCloseTo(0.003659846827343713, 12);
    expect(poissonTail(20, 0.05) / 3.73762650431108e-45).toBeCloseTo(1, 9);
    expect(poissonTail(30, 12) / 8.8701387991446e-6).toBeCloseTo(1, 9);
  });

  it('is 1 at and below the mean, and 0 where nothing ever happens', () => {
    expect(poissonTail(0, 3)).toBe(1);
    expect(poissonTail(3, 3)).toBe(1);
    expect(poissonTail(1, 0)).toBe(0);
  });
});
