import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marcumQ1 } from '../../../src/engine/detect/marcum-q.ts';

describe('Marcum’s Q of order 1', () => {
  it.each([
    [1, 2, 0.26901],
    [0, 2.4477, 0.05001],
  ])('is known at (%d, %d)', (a, b, expected) => {
    expect(marcumQ1(a, b)).toBeCloseTo(expected, 5);
  });

  it('is the Rayleigh tail where the centre is the origin', () => {
    for (const b of [0, 0.1, 1, 2, 5, 8]) expect(marcumQ1(0, b)).toBeCloseTo(Math.exp((-b * b) / 2), 12);
  });

  it('is 1 for a circle of no size', () => {
    for (const a of [0, 1, 50, 1e6]) expect(marcumQ1(a, 0)).toBeCloseTo(1, 12);
  });

  // Q1(a, a) = (1 + e^(−a²) I0(a²)) / 2, with I0 summed from its own series.
  it.each([0.5, 1, 2, 4])('has its closed form on the diagonal at %d', (a) => {
    let term = 1;
    let bessel = 1;
    for (let k = 1; k < 200; k += 1) bessel += term *= a ** 4 / 4 / k ** 2;
    expect(marcumQ1(a, a)).toBeCloseTo((1 + Math.exp(-a * a) * bessel) / 2, 12);
  });

  it('agrees with integrating the density', () => {
    for (const [a, b] of [
      [3, 5],
      [20, 21.5],
      [60, 61],
      [99, 101],
    ] as const) {
      expect(marcumQ1(a, b)).toBeCloseTo(1 - integratedUpTo(a, b), 6);
    }
  });

  it('does not jump where the series hands over to the normal distribution', () => {
    for (const beyond of [-3, -1, 0, 0.5, 1.645, 3]) {
      const [inside, outside] = [marcumQ1(100, 100 + beyond), marcumQ1(100.0001, 100.0001 + beyond)];
      expect(Math.abs(inside - outside)).toBeLessThan(1e-5);
    }
  });

  it('stays a probability and falls as the circle grows', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e7, noNaN: true }),
        fc.double({ min: 0, max: 1e7, noNaN: true }),
        (a, b) => {
          const q = marcumQ1(a, b);
          expect(q).toBeGreaterThanOrEqual(0);
          expect(q).toBeLessThanOrEqual(1);
          expect(marcumQ1(a, b + 0.5)).toBeLessThanOrEqual(q + 1e-7);
        },
      ),
    );
  });
});

/** ∫₀ᵇ of the Rice density, with the angle integrated too, by the midpoint rule. */
function integratedUpTo(a: number, b: number): number {
  const low = Math.max(0, a - 9);
  const steps = 2000;
  const dx = (b - low) / steps;
  const halfWidth = Math.min(Math.PI, 10 / Math.sqrt(a * low + 1));
  const dAngle = halfWidth / 1000;
  let sum = 0;
  for (let i = 0; i < steps; i += 1) {
    const x = low + (i + 0.5) * dx;
    for (let j = 0; j < 1000; j += 1) {
      const angle = (j + 0.5) * dAngle;
      sum += x * Math.exp(-((x - a) ** 2) / 2 - a * x * (1 - Math.cos(angle))) * dx * dAngle;
    }
  }
  return sum / Math.PI;
}
