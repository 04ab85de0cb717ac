import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../../../src/engine/detect/detect.ts';
import type { Sighting } from '../../../../src/engine/detect/facts.ts';
import type { ListMatch, NetworkLists } from '../../../../src/engine/detect/network-lists.ts';
import { defaultSettings } from '../../../../src/engine/detect/settings.ts';
import { createSurvey } from '../../../../src/engine/detect/survey.ts';
import { unjudgedBy } from '../../../support/judged.ts';
import {
  aSighting,
  DAY,
  factsOf,
  HOUR,
  lifeAtHome,
  NOW_MS,
  type SightingParts,
} from '../../../support/sighting.ts';

const botnet = { list: 'botnets', tag: 'listed', entry: '203.0.114.0/24' } as const;
const bad = (over: SightingParts = {}) =>
  aSighting({ atMs: NOW_MS - HOUR, sessionKey: 'k', ip: '203.0.114.9', ...over });
/** In force in the last 30 days. */
const lists = (...matches: readonly ListMatch[]): NetworkLists => ({
  of: ({ ip, toMs }) => (ip?.startsWith('203.0.114.') && toMs > NOW_MS - 30 * DAY ? matches : []),
});

function listed(sightings: readonly Sighting[], ...matches: readonly ListMatch[]) {
  const inOrder = [...sightings].sort((a, b) => a.toMs - b.toMs);
  const survey = createSurvey(defaultSettings, lists(...matches));
  return findingsOf(factsOf(...inOrder), survey).filter(({ rule }) => rule === 'listed-ip');
}

describe('a listed address', () => {
  it('is critical, for whoever it is', () => {
    const [finding, ...others] = listed([bad()], botnet);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'critical',
      state: 'open',
      words: { title: 'Listed address: 203.0.114.9 is on “botnets”' },
      sessions: ['k'],
      evidence: { lists: ['botnets'], entries: ['203.0.114.0/24'] },
    });
    expect(finding?.words?.explanation).toContain('It falls under “203.0.114.0/24” of “botnets”.');
  });

  it('is one finding, however many lists it is on, in whatever order they come', () => {
    const other = { list: 'mine', tag: 'listed', entry: '203.0.114.9' } as const;
    expect(listed([bad()], botnet, other)).toMatchObject([{ evidence: { lists: ['botnets', 'mine'] } }]);
    const keys = [listed([bad()], botnet, other), listed([bad()], other, botnet)].map(
      (found) => found[0]?.dedupeKey,
    );
    expect(keys[0]).toBe(keys[1]);
  });

  it('is not told where the entry was not in force yet, or says a kind of network only', () => {
    expect(listed([bad({ atMs: NOW_MS - 40 * DAY })], botnet)).toEqual([]);
    expect(listed([bad()], { ...botnet, tag: 'vpn' })).toEqual([]);
    expect(listed(lifeAtHome(), botnet)).toEqual([]);
  });

  it('is told again after a day without it', () => {
    const hours = [60, 50, 40, 10].map((hour) => bad({ atMs: NOW_MS - hour * HOUR }));
    expect(listed(hours, botnet).map(({ atMs }) => (NOW_MS - atMs) / HOUR)).toEqual([60, 10]);
  });

  it('is not told of failed logins: they say nothing of the person', () => {
    expect(listed([bad({ outcome: 'failure' })], botnet)).toEqual([]);
  });

  it('can’t be judged without an address, and says so', () => {
    expect(unjudgedBy('listed-ip', factsOf(bad({ ip: null })))).toEqual(['No address is known.']);
  });
});
