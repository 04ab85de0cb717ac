import { describe, expect, it } from 'vitest';
import { foundBy, readable } from '../../../support/judged.ts';
import { aSighting, DAY, factsOf, HOUR, MINUTE, NOW_MS } from '../../../support/sighting.ts';

const ahead = (ms: number, over: Parameters<typeof aSighting>[0] = {}) =>
  aSighting({ atMs: NOW_MS + ms, ...over });

describe('a clock problem', () => {
  it('is one finding for all moments of a user in the future, by the day', () => {
    const facts = factsOf(aSighting(), ahead(HOUR), ahead(DAY), ahead(DAY, { source: 'files' }));
    const findings = foundBy('clock-problem', facts);
    expect(findings).toMatchObject([
      {
        source: 'app',
        severity: 'info',
        state: 'open',
        atMs: Date.parse('2026-11-20'),
        evidence: { moments: 2 },
      },
      { source: 'files', evidence: { moments: 1 } },
    ]);
    expect(findings[0]?.explanation).toMatch(readable);
    expect(foundBy('clock-problem', { ...facts, nowMs: NOW_MS + MINUTE })).toEqual(findings);
  });

  it('is none within five minutes, of times known to be wrong, or once their time has come', () => {
    expect(foundBy('clock-problem', factsOf(ahead(5 * MINUTE)))).toEqual([]);
    expect(foundBy('clock-problem', factsOf(ahead(HOUR, { quality: 'untrusted' })))).toEqual([]);
    expect(foundBy('clock-problem', { ...factsOf(ahead(HOUR)), nowMs: NOW_MS + HOUR })).toEqual([]);
  });
});
