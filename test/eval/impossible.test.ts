import { describe, expect, it } from 'vitest';
import type { History, Truth } from './company/history.ts';
import { impossibleJourneys } from './impossible.ts';

const berlin = { lat: 52.52, lon: 13.41 };
const newYork = { lat: 40.71, lon: -74.01 };
const hamburg = { lat: 53.55, lon: 9.99 };
const HOUR = 3_600_000;

const truth = (over: Partial<Truth>): Truth => {
  return { atMs: 0, point: berlin, isLocal: true, line: 'fixed', attack: null, ...over };
};

function historyOf(...truths: readonly Truth[]): History {
  const numbered = truths.map((one, at): [string, Truth] => [String(at), one]);
  return {
    userId: 'u',
    userName: 'u',
    traits: [],
    sightings: [],
    sessions: [],
    truths: new Map(numbered),
    attacks: [{ id: 'a', kind: 'naive' }],
  };
}

describe('an impossible journey', () => {
  // 6,385 km.
  it('is one that no airliner makes', () => {
    const journeys = impossibleJourneys(
      historyOf(truth({}), truth({ attack: 'a', point: newYork, atMs: 6 * HOUR })),
    );

    expect(journeys.get('a')?.km).toBeCloseTo(6385, -1);
    expect(journeys.get('a')?.kmPerHour).toBeCloseTo(1064, -1);
  });

  it('counts as well when the person comes after the attacker', () => {
    const journeys = impossibleJourneys(
      historyOf(truth({ attack: 'a', point: newYork }), truth({ atMs: 6 * HOUR })),
    );

    expect(journeys.size).toBe(1);
  });

  it('is none where an airliner could have made it', () => {
    expect(
      impossibleJourneys(historyOf(truth({}), truth({ attack: 'a', point: newYork, atMs: 7 * HOUR }))).size,
    ).toBe(0);
  });

  it('is not claimed below 300 km', () => {
    expect(impossibleJourneys(historyOf(truth({}), truth({ attack: 'a', point: hamburg }))).size).toBe(0);
  });

  it('needs lines on both sides that come out where their user is', () => {
    const far = truth({ attack: 'a', point: newYork });

    expect(impossibleJourneys(historyOf(truth({}), { ...far, isLocal: false })).size).toBe(0);
    expect(impossibleJourneys(historyOf(truth({ isLocal: false }), far)).size).toBe(0);
  });
});
