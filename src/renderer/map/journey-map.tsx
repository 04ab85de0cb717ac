import { useQuery } from '@tanstack/react-query';
import type { Geometry, Position } from 'geojson';
import { useMemo } from 'react';
import classes from './journey-map.module.css';
import { circleAt, cutAround, greatCircle, nearSide, type Cut, type Point } from './journey-view.ts';
import { loadCountries, type Countries } from './world-shapes.ts';

const ASPECT = 2.4;

/** One end of a journey and how exactly it is known; null when that is not known either. */
export type JourneyEnd = Point & { readonly radiusKm: number | null };

/** Both ends with their circles of accuracy and the shortest way between them, on the offline world. */
export function JourneyMap({ from, to }: { from: JourneyEnd; to: JourneyEnd }) {
  const { data } = useQuery({ queryKey: ['world-shapes'], queryFn: loadCountries, gcTime: Infinity });
  const near = nearSide(from, to);
  const way = greatCircle(from, near);
  const north = way.reduce((best, point) => (point.lat > best.lat ? point : best));
  const lats = { low: Math.min(from.lat, near.lat), high: Math.max(north.lat, near.lat) };
  const cut = cutAround({ lat: lats.low, lon: from.lon }, { lat: lats.high, lon: near.lon }, ASPECT);
  return (
    <svg
      viewBox={`${cut.x} ${cut.y} ${cut.width} ${cut.height}`}
      className={classes.map}
      role="img"
      aria-label="Map of both places and the shortest way between them"
    >
      {data !== undefined && <Land countries={data} cut={cut} />}
      <path d={pathOf(way.map(({ lat, lon }) => [lon, lat]))} className={classes.way} />
      <End end={from} cut={cut} />
      <End end={{ ...to, ...near }} cut={cut} />
    </svg>
  );
}

function End({ end, cut }: { end: JourneyEnd; cut: Cut }) {
  const centre = { cx: end.lon, cy: -end.lat };
  return (
    <>
      {end.radiusKm !== null && (
        <ellipse {...centre} {...circleAt(end, end.radiusKm)} className={classes.accuracy} />
      )}
      <circle {...centre} r={cut.width / 110} className={classes.end} />
    </>
  );
}

/** Only what is in the cut is drawn: the whole world is a megabyte of path. */
function Land({ countries, cut }: { countries: Countries; cut: Cut }) {
  const { x, y, width, height } = cut;
  const path = useMemo(() => {
    const rings = countries.features.flatMap(({ geometry }) => ringsOf(geometry));
    return [-360, 0, 360]
      .flatMap((turn) => rings.map((ring) => ring.map(([lon = 0, lat = 0]): Position => [lon + turn, lat])))
      .filter((ring) =>
        ring.some(([lon = 0, lat = 0]) => lon > x && lon < x + width && -lat > y && -lat < y + height),
      )
      .map((ring) => `${pathOf(ring)}Z`)
      .join('');
  }, [countries, x, y, width, height]);
  return <path d={path} className={classes.land} />;
}

function ringsOf(geometry: Geometry): readonly (readonly Position[])[] {
  if (geometry.type === 'Polygon') return geometry.coordinates;
  return geometry.type === 'MultiPolygon' ? geometry.coordinates.flat() : [];
}

function pathOf(line: readonly Position[]): string {
  return line
    .map(([lon = 0, lat = 0], index) => `${index === 0 ? 'M' : 'L'}${lon.toFixed(2)} ${(-lat).toFixed(2)}`)
    .join('');
}
