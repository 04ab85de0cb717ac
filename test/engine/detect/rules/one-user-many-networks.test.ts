import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import { foundBy, readable, unjudgedBy } from '../../../support/judged.ts';
import { aSighting, DAY, factsOf, HOUR, lifeAtHome, network, NOW_MS } from '../../../support/sighting.ts';

const at = NOW_MS - 12 * HOUR;
/** Visits to so many networks, an hour apart. */
const tour = (networks: number, atMs = at, over: Partial<Sighting> = {}) =>
  Array.from({ length: networks }, (_, index) =>
    aSighting({ atMs: atMs + index * HOUR, network: network(100 + index), ip: `81.3.${index}.1`, ...over }),
  );
const found = (...sightings: readonly Sighting[]) => foundBy('one-user-many-networks', factsOf(...sightings));

describe('one user on many networks', () => {
  it('is told when there are more than six in a day', () => {
    const [finding, ...others] = found(...lifeAtHome(), ...tour(9));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'medium',
      state: 'open',
      atMs: at + 6 * HOUR,
      evidence: { networkCount: 7, usual: 1 },
    });
    expect(finding?.explanation).toMatch(readable);
    expect(found(...lifeAtHome(), ...tour(6))).toEqual([]);
  });

  it('is not told of somebody who often changes networks, nor of one carrier’s pool', () => {
    const traveller = Array.from({ length: 20 }, (_, day) => tour(4, NOW_MS - (day + 4) * DAY)).flat();
    expect(found(...traveller, ...tour(9))).toEqual([]);
    expect(found(...lifeAtHome(), ...tour(9, at, { network: network(5) }))).toEqual([]);
  });

  it('does not count failed logins', () => {
    expect(found(...lifeAtHome(), ...tour(9, at, { outcome: 'failure' }))).toEqual([]);
  });

  it('says what it can’t judge', () => {
    expect(unjudgedBy('one-user-many-networks', factsOf(aSighting({ ip: null, network: null })))).toEqual([
      'The sighting has no address and no network.',
    ]);
  });
});
