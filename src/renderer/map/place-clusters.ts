import Supercluster from 'supercluster';
import type { MapPlace } from '../../contract/map.ts';
import type { Severity } from '../../contract/rules.ts';

/** What is drawn at one point: a place, or several that are too near each other at this zoom. */
export type Spot = {
  readonly lat: number;
  readonly lon: number;
  readonly sessions: number;
  readonly flagged: number;
  readonly worst: Severity | null;
} & (
  { readonly kind: 'place'; readonly place: MapPlace } | { readonly kind: 'cluster'; readonly id: number }
);

type Sums = { sessions: number; flagged: number; worst: number };

const RANKS = ['info', 'low', 'medium', 'high', 'critical'] as const satisfies readonly Severity[];

/** Radius in which places are drawn as one, in pixels of the map: no two markers cover each other. */
const RADIUS_PX = 52;
/** Width of the world at zoom 0, in pixels: Leaflet's, which is half of what supercluster takes for granted. */
const WORLD_PX = 256;
const MAX_CLUSTER_ZOOM = 9;

export type PlaceClusters = {
  /** What to draw in `[west, south, east, north]` at a zoom level. */
  readonly spots: (bounds: [number, number, number, number], zoom: number) => readonly Spot[];
  /** The zoom at which a cluster falls apart. */
  readonly zoomInto: (id: number) => number;
};

/** Groups places by nearness, adding up sessions and keeping the worst severity in sight. */
export function placeClusters(places: readonly MapPlace[]): PlaceClusters {
  const index = new Supercluster<Sums & { place: number }, Sums>({
    radius: RADIUS_PX,
    extent: WORLD_PX,
    maxZoom: MAX_CLUSTER_ZOOM,
    map: ({ sessions, flagged, worst }) => ({ sessions, flagged, worst }),
    reduce: (sum, { sessions, flagged, worst }) => {
      sum.sessions += sessions;
      sum.flagged += flagged;
      sum.worst = Math.max(sum.worst, worst);
    },
  });
  index.load(
    places.map(({ lat, lon, sessions, flagged, worst }, place) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: { place, sessions, flagged, worst: worst === null ? -1 : RANKS.indexOf(worst) },
    })),
  );
  return {
    spots: (bounds, zoom) =>
      index.getClusters(bounds, Math.floor(zoom)).flatMap(({ geometry, properties }): Spot[] => {
        const [lon = 0, lat = 0] = geometry.coordinates;
        const { sessions, flagged } = properties;
        const sums = { lat, lon, sessions, flagged, worst: RANKS[properties.worst] ?? null };
        if ('cluster_id' in properties) return [{ ...sums, kind: 'cluster', id: properties.cluster_id }];
        const place = places[properties.place];
        return place === undefined ? [] : [{ ...sums, kind: 'place', place }];
      }),
    zoomInto: (id) => index.getClusterExpansionZoom(id),
  };
}
