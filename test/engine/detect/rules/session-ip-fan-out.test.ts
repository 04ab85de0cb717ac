import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import { aSighting, factsOf, HOUR, lifeAtHome, MINUTE, network, NOW_MS } from '../../../support/sighting.ts';
import { foundBy, readable, unjudgedBy } from '../../../support/judged.ts';

const at = NOW_MS - 5 * HOUR;
/** The session, some minutes after it began, from a network of its own. */
const from = (minutes: number, asn: number, over: Partial<Sighting> = {}) =>
  aSighting({
    kind: 'activity',
    sessionKey: 'k',
    atMs: at + minutes * MINUTE,
    ip: `81.2.${asn}.9`,
    network: network(asn),
    ...over,
  });
const found = (...sightings: readonly Sighting[]) => foundBy('session-ip-fan-out', factsOf(...sightings));

describe('a session that fans out', () => {
  it('is told once it came from three networks within an hour', () => {
    const [finding, ...others] = found(...lifeAtHome(), from(0, 1), from(20, 2), from(40, 3), from(50, 4));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'medium',
      state: 'open',
      sessions: ['k'],
      atMs: at + 40 * MINUTE,
      evidence: { networks: ['AS1', 'AS2', 'AS3'] },
    });
    expect(finding?.explanation).toMatch(readable);
  });

  it('is not told of two networks, of slow changes, or of three sessions', () => {
    expect(found(from(0, 1), from(20, 2), from(40, 1))).toEqual([]);
    expect(found(from(0, 1), from(40, 2), from(80, 3))).toEqual([]);
    expect(found(from(0, 1), from(20, 2, { sessionKey: 'l' }), from(40, 3, { sessionKey: 'm' }))).toEqual([]);
  });

  it('counts a carrier’s pool once, and neither relays nor IPv6', () => {
    const pool = (minutes: number, ip: string) => from(minutes, 1, { ip });
    expect(found(pool(0, '81.2.1.1'), pool(10, '81.2.2.1'), pool(20, '81.2.3.1'))).toEqual([]);
    expect(found(from(0, 1), from(10, 2), from(20, 3, { network: network(3, 'relay') }))).toEqual([]);
    expect(found(from(0, 1), from(10, 2), from(20, 3, { ip: '2a02:8108::1' }))).toEqual([]);
    const unknown = (minutes: number, ip: string) => from(minutes, 1, { ip, network: null });
    expect(found(unknown(0, '81.2.1.1'), unknown(10, '81.2.2.1'), unknown(20, '81.2.3.1'))).toHaveLength(1);
  });

  it('doubts in favour of the user where polls are far apart', () => {
    const late = from(30, 3, { fromMs: at - 20 * MINUTE });
    expect(found(from(0, 1, { fromMs: at - 40 * MINUTE }), from(20, 2), late)).toEqual([]);
    const unknown = factsOf(from(0, 1), from(20, 2, { fromMs: null }), from(40, 3));
    expect(foundBy('session-ip-fan-out', unknown)).toEqual([]);
    expect(unjudgedBy('session-ip-fan-out', unknown)).toEqual([
      'Nobody knows when it was between two polls that are far apart.',
    ]);
  });

  it('can’t be judged where ids change on reconnect', () => {
    const reconnecting = { idReconnects: true };
    const facts = factsOf(from(0, 1, reconnecting), from(20, 2, reconnecting), from(40, 3, reconnecting));
    expect(foundBy('session-ip-fan-out', facts)).toEqual([]);
    expect(unjudgedBy('session-ip-fan-out', facts)).toHaveLength(1);
  });
});
