import { describe, expect, it } from 'vitest';
import { loadCountries, unwrapRing } from '../../../src/renderer/map/world-shapes.ts';

describe('the shapes of the world', () => {
  it('goes on past 180° where a ring crosses the date line', () => {
    expect(
      unwrapRing([
        [179, 0],
        [-179, 1],
        [-178, 2],
        [179.5, 3],
      ]),
    ).toEqual([
      [179, 0],
      [181, 1],
      [182, 2],
      [179.5, 3],
    ]);
  });

  it('holds no step that would draw a streak across the map, and no Antarctica', async () => {
    const { features } = await loadCountries();
    expect(features.length).toBeGreaterThan(200);
    expect(features.some(({ id }) => id === '010')).toBe(false);
    const rings = features.flatMap(({ geometry }) =>
      geometry.type === 'Polygon'
        ? geometry.coordinates
        : geometry.type === 'MultiPolygon'
          ? geometry.coordinates.flat()
          : [],
    );
    const widest = Math.max(
      ...rings.flatMap((ring) =>
        ring.slice(1).map((point, index) => Math.abs((point[0] ?? 0) - (ring[index]?.[0] ?? 0))),
      ),
    );
    expect(widest).toBeLessThan(180);
  });
});
