import { describe, expect, it } from 'vitest';
import { chanceOf } from './chance.ts';

const draws = (seed: string, count = 20_000) => {
  const chance = chanceOf(seed);
  return Array.from({ length: count }, () => chance.next());
};
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('seeded chance', () => {
  it('repeats itself for the same seed and for no other', () => {
    expect(draws('a', 50)).toEqual(draws('a', 50));
    expect(draws('a', 50)).not.toEqual(draws('b', 50));
  });

  it('is spread evenly', () => {
    const bins = Array.from({ length: 10 }, (_, bin) => {
      return draws('even').filter((value) => Math.floor(value * 10) === bin).length;
    });

    expect(mean(draws('even'))).toBeCloseTo(0.5, 2);
    for (const bin of bins) expect(bin).toBeGreaterThan(1850);
  });

  it('branches by name, whatever was drawn before', () => {
    const [one, other] = [chanceOf('seed'), chanceOf('seed')];
    other.next();

    expect(one.fork('x', 1).next()).toBe(other.fork('x', 1).next());
    expect(one.fork('x', 1).next()).not.toBe(one.fork('x', 2).next());
  });

  it('has the moments of its distributions', () => {
    const chance = chanceOf('moments');
    const many = (draw: () => number) => Array.from({ length: 20_000 }, draw);

    expect(mean(many(() => chance.exponential(3)))).toBeCloseTo(3, 0);
    expect(mean(many(() => chance.poisson(1.2)))).toBeCloseTo(1.2, 1);
    expect(mean(many(() => chance.normal() ** 2))).toBeCloseTo(1, 1);
    expect(
      mean(
        many(() =>
          chance.weighted([
            [1, 3],
            [0, 1],
          ]),
        ),
      ),
    ).toBeCloseTo(0.75, 1);
  });
});
