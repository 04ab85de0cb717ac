import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import { aSighting, factsOf, HOUR, lifeAtHome, MINUTE, NOW_MS } from '../../../support/sighting.ts';
import { foundBy, readable, unjudgedBy } from '../../../support/judged.ts';

const at = NOW_MS - 5 * HOUR;
const start = (over: Partial<Sighting> = {}) =>
  aSighting({ kind: 'start', atMs: at, sessionKey: 'k', ...over });
const found = (...sightings: readonly Sighting[]) => foundBy('session-without-login', factsOf(...sightings));
const reasons = (...sightings: readonly Sighting[]) =>
  unjudgedBy('session-without-login', factsOf(...sightings));

describe('a session without a login', () => {
  it('is told where the source tells of logins', () => {
    const [finding, ...others] = found(...lifeAtHome(), start());
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'medium', state: 'open', sessions: ['k'], atMs: at });
    expect(finding?.explanation).toMatch(readable);
  });

  it('is none with a login within five minutes, before or after', () => {
    for (const minutes of [-5, 0, 5]) {
      expect(found(...lifeAtHome(), aSighting({ atMs: at + minutes * MINUTE }), start())).toEqual([]);
    }
    expect(found(...lifeAtHome(), aSighting({ atMs: at + 6 * MINUTE }), start())).toHaveLength(1);
  });

  it('is not excused by a failed login, nor by another user’s', () => {
    expect(found(...lifeAtHome(), aSighting({ atMs: at, outcome: 'failure' }), start())).toHaveLength(1);
    expect(found(...lifeAtHome(), aSighting({ atMs: at, userId: 'u2' }), start())).toHaveLength(1);
  });

  it('can’t be judged where no login was told of by then, and says why', () => {
    expect(found(start())).toEqual([]);
    expect(reasons(start())).toEqual(['The source tells of no logins.']);
    expect(reasons(start(), aSighting({ atMs: at + HOUR }))).toEqual([
      'The source had told of no login of the user by then.',
    ]);
    expect(reasons(...lifeAtHome(), start({ quality: 'derived' }))).toEqual([
      'The source does not report when the session began.',
    ]);
    expect(reasons(...lifeAtHome(), start({ fromMs: NOW_MS - MINUTE, toMs: NOW_MS - MINUTE }))).toEqual([
      'The session has just begun: its login may still be told.',
    ]);
  });
});
