import { describe, expect, it } from 'vitest';
import { circleAt, cutAround, greatCircle, nearSide } from '../../../src/renderer/map/journey-view.ts';

const berlin = { lat: 52.5, lon: 13.4 };
const tokyo = { lat: 35.7, lon: 139.7 };
const honolulu = { lat: 21.3, lon: -157.9 };

describe('the map of a journey', () => {
  it('goes over the date line instead of around the world', () => {
    expect(nearSide(tokyo, honolulu).lon).toBeCloseTo(202.1);
    const way = greatCircle(tokyo, honolulu);
    for (const [index, { lon }] of way.entries()) {
      expect(Math.abs(lon - (way[index - 1]?.lon ?? lon))).toBeLessThan(5);
    }
  });

  it('begins and ends at the two places and bends towards the pole between them', () => {
    const way = greatCircle(berlin, tokyo);
    expect(way.at(0)?.lat).toBeCloseTo(berlin.lat);
    expect(way.at(-1)?.lon).toBeCloseTo(tokyo.lon);
    expect(Math.max(...way.map(({ lat }) => lat))).toBeGreaterThan(60);
  });

  it('shows both ends with room around them', () => {
    const { x, y, width, height } = cutAround(berlin, tokyo, 2);
    expect(x).toBeLessThan(berlin.lon);
    expect(x + width).toBeGreaterThan(tokyo.lon);
    expect(-y).toBeGreaterThan(berlin.lat);
    expect(-(y + height)).toBeLessThan(tokyo.lat);
    expect(width / height).toBeCloseTo(2);
  });

  it('draws a circle of kilometres as wide as it is on the map', () => {
    expect(circleAt({ lat: 0, lon: 0 }, 111.32)).toEqual({ rx: 1, ry: 1 });
    expect(circleAt({ lat: 60, lon: 0 }, 111.32).rx).toBeCloseTo(2);
  });

  it('stays where it is when both ends are one place', () => {
    expect(greatCircle(berlin, berlin)).toHaveLength(2);
    expect(cutAround(berlin, berlin, 2).width).toBeGreaterThan(0);
  });
});
