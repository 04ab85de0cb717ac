import { describe, expect, it } from 'vitest';
import type { MapPlace } from '../../../src/contract/map.ts';
import { placeClusters } from '../../../src/renderer/map/place-clusters.ts';
import { placeQuery } from '../../../src/renderer/map/place-name.ts';

const place = (lat: number, lon: number, more: Partial<MapPlace> = {}): MapPlace => ({
  lat,
  lon,
  country: 'DE',
  region: null,
  city: 'Berlin',
  accuracyKm: 20,
  sessions: 10,
  flagged: 0,
  worst: null,
  ...more,
});
const world: [number, number, number, number] = [-180, -85, 180, 85];

describe('places on the map', () => {
  it('adds up near places and keeps the worst severity in sight', () => {
    const clusters = placeClusters([
      place(52.5, 13.4),
      place(52.4, 13.1, { flagged: 2, worst: 'critical' }),
      place(52.45, 13.2, { flagged: 1, worst: 'medium' }),
      place(-23.5, -46.6, { sessions: 3 }),
    ]);
    const spots = [...clusters.spots(world, 2)].sort((a, b) => b.sessions - a.sessions);
    expect(spots).toHaveLength(2);
    expect(spots[0]).toMatchObject({ kind: 'cluster', sessions: 30, flagged: 3, worst: 'critical' });
    expect(spots[1]).toMatchObject({ kind: 'place', sessions: 3, worst: null });
  });

  it('falls apart at the zoom it names', () => {
    const clusters = placeClusters([place(52.5, 13.4), place(48.1, 11.6, { city: 'Munich' })]);
    const [spot] = clusters.spots(world, 2);
    if (spot?.kind !== 'cluster') throw new Error('no cluster');
    expect(clusters.spots(world, clusters.zoomInto(spot.id))).toHaveLength(2);
  });

  it('filters the shared query by a place, whatever its name holds', () => {
    expect(placeQuery('user:a OR user:b', place(0, 0, { city: 'Sa"x' }))).toBe(
      String.raw`(user:a OR user:b) country:DE city:"Sa\"x"`,
    );
    expect(placeQuery('', place(0, 0, { city: null, region: null }))).toBe('country:DE');
  });

  it('draws near places apart as soon as their markers have room', () => {
    // 60 pixels of the map at zoom 4 (4096 pixels around the world) are 5.3 degrees.
    const clusters = placeClusters([place(0, 0), place(0, 5.3), place(0, 9.3)]);
    expect(clusters.spots(world, 4)).toHaveLength(2);
    expect(clusters.spots(world, 4.5)).toHaveLength(2);
    expect(clusters.spots(world, 5)).toHaveLength(3);
  });
});
