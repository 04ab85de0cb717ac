// Keeps the compiler from reading 750 kB of shapes to find a type that is known.
declare module 'world-atlas/countries-50m.json' {
  import type { GeometryCollection, Topology } from 'topojson-specification';

  const topology: Topology<{ countries: GeometryCollection<{ name: string }> }>;
  // eslint-disable-next-line no-restricted-syntax -- JSON modules have nothing but a default
  export default topology;
}
