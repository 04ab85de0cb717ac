import 'leaflet/dist/leaflet.css';
import { useComputedColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { AttributionControl, Circle, GeoJSON, MapContainer, useMap } from 'react-leaflet';
import type { MapPlace } from '../../contract/map.ts';
import classes from './map.module.css';
import { PlaceMarkers } from './place-markers.tsx';
import { attributionHtml } from './attribution-html.ts';
import { loadCountries } from './world-shapes.ts';

const METRES = 1_000;

type Props = {
  places: readonly MapPlace[];
  selected: MapPlace | null;
  /** Sentences of the databases that the places come from. */
  attributions: readonly string[];
  onPlace: (place: MapPlace) => void;
};

/** The offline world: shapes from this app, no tile server, no request to anywhere. */
export function WorldMap({ places, selected, attributions, onPlace }: Props) {
  return (
    <MapContainer
      className={classes.map ?? ''}
      center={[24, 12]}
      zoom={2}
      minZoom={2}
      maxZoom={11}
      zoomSnap={0.5}
      maxBounds={[
        [-70, -220],
        [86, 260],
      ]}
      preferCanvas
      attributionControl={false}
    >
      <Attribution texts={attributions} />
      <CountryShapes />
      <KeepSize />
      {selected?.accuracyKm != null && (
        <Circle
          center={[selected.lat, selected.lon]}
          radius={selected.accuracyKm * METRES}
          pathOptions={{ color: '#3d98b8', weight: 1.5, fillOpacity: 0.15 }}
        />
      )}
      <PlaceMarkers places={places} onPlace={onPlace} />
    </MapContainer>
  );
}

/** Canvas can't read CSS variables: the colours are those of the theme, for each scheme. */
const COLORS = {
  light: { fillColor: '#dfe5ec', color: '#b3becb' },
  dark: { fillColor: '#2b3540', color: '#475463' },
} as const;

function CountryShapes() {
  const scheme = useComputedColorScheme('light');
  const { data } = useQuery({ queryKey: ['world-shapes'], queryFn: loadCountries, gcTime: Infinity });
  if (data === undefined) return null;
  return (
    <GeoJSON
      key={scheme}
      data={data}
      interactive={false}
      style={{ ...COLORS[scheme], weight: 0.7, fillOpacity: 1 }}
    />
  );
}

/** Leaflet follows the window's size only; a panel that opens beside the map changes it too. */
function KeepSize() {
  const map = useMap();
  useEffect(() => {
    const observer = new ResizeObserver(() => map.invalidateSize({ pan: false }));
    observer.observe(map.getContainer());
    return () => observer.disconnect();
  }, [map]);
  return null;
}

function Attribution({ texts }: { texts: readonly string[] }) {
  return (
    <>
      <AttributionControl position="bottomright" prefix={false} />
      <AttributionTexts texts={texts} />
    </>
  );
}

/** One sentence instead of one entry a database: Leaflet would join them with commas. */
function AttributionTexts({ texts }: { texts: readonly string[] }) {
  const map = useMap();
  useEffect(() => {
    const control = map.attributionControl;
    const html = attributionHtml(texts);
    control.addAttribution(html);
    return () => {
      control.removeAttribution(html);
    };
  }, [map, texts]);
  return null;
}
