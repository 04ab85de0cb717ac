import { describe, expect, it } from 'vitest';
import { changeEvidence } from '../../../src/renderer/evidence/change-evidence.ts';
import { arrivalEvidence } from '../../../src/renderer/evidence/arrival-evidence.ts';
import { sightingDifference } from '../../../src/renderer/evidence/sighting-difference.ts';

const before = {
  at: '2026-11-16T07:44:00.000Z',
  source: 'app',
  country: 'FR',
  ip: '2.4.0.21',
  asn: 3215,
  os: 'macOS',
};
const after = {
  at: '2026-11-21T07:44:00.000Z',
  source: 'app',
  country: 'RO',
  ip: '86.1.4.2',
  asn: 8708,
  os: null,
};

describe('the evidence of a change within a session', () => {
  it('tells what differs, and takes nothing unknown for a change', () => {
    const change = changeEvidence({ before, after, changed: [], userAgentSimilarity: 0.117 });
    expect(change?.userAgentSimilarity).toBe(0.117);
    if (change === null) return;
    expect([...sightingDifference(change.before, change.after)]).toEqual(['country', 'ip', 'network']);
  });

  it('is not read out of another shape', () => {
    expect(changeEvidence({ before })).toBeNull();
    expect(changeEvidence('text')).toBeNull();
  });
});

describe('the evidence of a first appearance', () => {
  it('keeps only country names that are text', () => {
    expect(
      arrivalEvidence({ sighting: after, country: 'RO', countriesBefore: ['FR', 7], deviceKnown: false })
        ?.countriesBefore,
    ).toEqual(['FR']);
  });
});
