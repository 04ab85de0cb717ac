import { describe, expect, it } from 'vitest';
import { detect } from '../../../../src/engine/detect/detect.ts';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import { foundBy } from '../../../support/judged.ts';
import {
  aSighting,
  berlin,
  DAY,
  factsOf,
  HOUR,
  lifeAtHome,
  network,
  NOW_MS,
  paris,
  type SightingParts,
} from '../../../support/sighting.ts';

const at = NOW_MS - 5 * HOUR;
const before = (over: SightingParts = {}) => aSighting({ kind: 'start', atMs: at, sessionKey: 'k', ...over });
const after = (over: SightingParts = {}) =>
  aSighting({
    kind: 'activity',
    atMs: at + HOUR,
    sessionKey: 'k',
    place: paris,
    network: network(7),
    ip: '203.0.114.9',
    ...over,
  });

const changes = (...sightings: readonly Sighting[]) =>
  foundBy('session-network-change', factsOf(...sightings));

describe('a session that changes network and country', () => {
  it('is high where the network is new for the person', () => {
    const [finding, ...others] = changes(...lifeAtHome(), before(), after());
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'high',
      state: 'open',
      sessions: ['k'],
      title: 'Session moved from Germany to France, to a network new for the person',
      evidence: { before: { asn: 64_500, country: 'DE' }, after: { asn: 7, country: 'FR' }, gapMinutes: 60 },
    });
    for (const part of [
      '“ann” at “app”',
      'AS64500',
      'AS7 “Network 7”',
      '60 minutes later',
      'How sure',
      'What would make it wrong',
    ]) {
      expect(finding?.explanation).toContain(part);
    }
  });

  it('is learning until the person is mature', () => {
    expect(changes(before(), after())[0]?.state).toBe('learning');
  });

  it('is silent where the person is known for the network, as with WiFi and phone', () => {
    const roaming = aSighting({ atMs: NOW_MS - 5 * DAY, network: network(7) });
    expect(changes(...lifeAtHome(), roaming, before(), after())).toEqual([]);
  });

  it('is not silenced by the attacker’s own logins of the same night', () => {
    const night = [1, 2, 3].map((hours) => after({ atMs: at - hours * HOUR, sessionKey: `a${hours}` }));
    expect(changes(...lifeAtHome(), ...night, before(), after())).toHaveLength(1);
  });

  it('is silent where only the network or only the country changed', () => {
    expect(changes(...lifeAtHome(), before(), after({ place: berlin }))).toEqual([]);
    expect(changes(...lifeAtHome(), before(), after({ network: network(64_500) }))).toEqual([]);
  });

  it('is told once for a session used by turns', () => {
    const turns = Array.from({ length: 10 }, (_, turn) =>
      (turn % 2 === 0 ? after : before)({ atMs: at + (turn * HOUR) / 5 }),
    );
    expect(changes(...lifeAtHome(), before(), ...turns)).toHaveLength(1);
  });

  it('is told once for a pair of networks that are both new, whichever way the session goes', () => {
    const turns = Array.from({ length: 6 }, (_, turn) =>
      (turn % 2 === 0 ? before : after)({ kind: 'activity', atMs: at + turn * HOUR }),
    );
    expect(changes(...turns)).toHaveLength(1);
  });

  it('is silent where the session goes home to a known network', () => {
    expect(changes(...lifeAtHome(), after({ atMs: at - HOUR }), before({ kind: 'activity' }))).toEqual([]);
  });

  it.each<[string, Partial<Sighting>, RegExp]>([
    ['the network is unknown', { network: null }, /is unknown/],
    ['the country is unknown', { place: null }, /is unknown/],
    ['ids change on reconnect', { idReconnects: true }, /each reconnect/],
  ])('can’t be judged where %s, and says so', (_, over, reason) => {
    const { findings, notEvaluable } = detect(factsOf(...lifeAtHome(), before(), after(over)));
    expect(findings.filter(({ rule }) => rule === 'session-network-change')).toEqual([]);
    expect(notEvaluable).toContainEqual(
      expect.objectContaining({
        rule: 'session-network-change',
        reason: expect.stringMatching(reason) as string,
      }),
    );
  });
});
