import { describe, expect, it } from 'vitest';
import { travelEvidence } from '../../../src/renderer/evidence/travel-evidence.ts';
import { company } from '../support/company.ts';

const finding = company(Date.parse('2026-11-21T06:00:00.000Z'), 800).findings.find(
  ({ id }) => id === 'f-travel-0',
);

describe('evidence of impossible travel', () => {
  it('is read with both ends and all numbers', () => {
    expect(travelEvidence(finding?.evidence)).toMatchObject({
      distanceKm: 10_236,
      gapHours: 1.3,
      reachKm: 1_400,
      cap: 0.9604,
      from: { city: 'Berlin', radiusKm: 20 },
      to: { city: 'São Paulo', country: 'BR' },
    });
  });

  it('is read from findings of before there was time on the ground', () => {
    expect(travelEvidence(finding?.evidence)).toMatchObject({ groundHours: 0 });
    expect(travelEvidence({ ...finding?.evidence, groundHours: 0.5 })).toMatchObject({ groundHours: 0.5 });
  });

  it.each([
    ['nothing', null],
    ['another shape', { before: 1, after: 2 }],
    ['a missing number', { ...finding?.evidence, reachKm: undefined }],
    ['an end without coordinates', { ...finding?.evidence, to: { city: 'Berlin' } }],
    ['text where a number belongs', { ...finding?.evidence, distanceKm: 'far' }],
  ])('is left to the generic view when it is %s', (_words, evidence) => {
    expect(travelEvidence(evidence)).toBeNull();
  });
});
