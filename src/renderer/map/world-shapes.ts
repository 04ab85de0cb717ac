import type { Feature, FeatureCollection, Geometry, MultiPolygon, Polygon, Position } from 'geojson';
import { feature } from 'topojson-client';

/** ISO numeric code of Antarctica, which fills a third of the picture and holds no sessions. */
const ANTARCTICA = '010';

export type Countries = FeatureCollection<Geometry, { name: string }>;

/** The world's countries (Natural Earth 1:50 million), fetched when the map is first opened. */
export async function loadCountries(): Promise<Countries> {
  const { default: topology } = await import('world-atlas/countries-50m.json');
  const countries = feature(topology, topology.objects.countries);
  return {
    type: 'FeatureCollection',
    features: countries.features.filter(({ id }) => id !== ANTARCTICA).map(unwrapFeature),
  };
}

function unwrapFeature(country: Feature<Geometry, { name: string }>): Feature<Geometry, { name: string }> {
  const { geometry } = country;
  if (geometry.type === 'Polygon') return { ...country, geometry: unwrapPolygon(geometry) };
  if (geometry.type === 'MultiPolygon') return { ...country, geometry: unwrapMultiPolygon(geometry) };
  return country;
}

function unwrapPolygon(polygon: Polygon): Polygon {
  return { ...polygon, coordinates: polygon.coordinates.map(unwrapRing) };
}

function unwrapMultiPolygon(polygons: MultiPolygon): MultiPolygon {
  return { ...polygons, coordinates: polygons.coordinates.map((rings) => rings.map(unwrapRing)) };
}

/** A step of more than 180° means that the ring crosses the date line; going on past ±180 avoids a streak across the map. */
export function unwrapRing(ring: readonly Position[]): Position[] {
  let turn = 0;
  let before: number | undefined;
  return ring.map(([lon = 0, lat = 0]) => {
    if (before !== undefined) {
      if (lon - before > 180) turn -= 360;
      if (lon - before < -180) turn += 360;
    }
    before = lon;
    return [lon + turn, lat];
  });
}
