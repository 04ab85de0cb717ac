import { divIcon, type DivIcon } from 'leaflet';
import { useMemo, useState } from 'react';
import { Marker, useMap, useMapEvents } from 'react-leaflet';
import type { MapPlace } from '../../contract/map.ts';
import classes from './map.module.css';
import { placeClusters, type Spot } from './place-clusters.ts';
import { placeKey, placeName } from './place-name.ts';

/** Beyond the view's edge, so that markers don't pop in while the map is moved. */
const PADDING = 0.3;

type Props = { places: readonly MapPlace[]; onPlace: (place: MapPlace) => void };

/** Counts on the map: a cluster is opened by zooming into it, a place by choosing it. */
export function PlaceMarkers({ places, onPlace }: Props) {
  const map = useMap();
  const [view, setView] = useState(() => viewOf(map));
  useMapEvents({ moveend: () => setView(viewOf(map)), resize: () => setView(viewOf(map)) });
  const clusters = useMemo(() => placeClusters(places), [places]);
  const spots = useMemo(() => clusters.spots(view.bounds, view.zoom), [clusters, view]);

  return spots.map((spot) => (
    <Marker
      key={spot.kind === 'cluster' ? `cluster ${spot.id}` : placeKey(spot.place)}
      position={[spot.lat, spot.lon]}
      icon={iconOf(spot)}
      title={titleOf(spot)}
      alt={titleOf(spot)}
      // The worst on top.
      zIndexOffset={spot.flagged > 0 ? 1000 : 0}
      eventHandlers={{
        click: () => {
          if (spot.kind === 'place') onPlace(spot.place);
          else map.flyTo([spot.lat, spot.lon], clusters.zoomInto(spot.id), { duration: 0.4 });
        },
      }}
    />
  ));
}

function viewOf(map: ReturnType<typeof useMap>): { bounds: [number, number, number, number]; zoom: number } {
  const bounds = map.getBounds().pad(PADDING);
  return {
    bounds: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()],
    zoom: map.getZoom(),
  };
}

/** Only numbers and our own class names become markup here. */
function iconOf(spot: Spot): DivIcon {
  const size = Math.round(Math.min(48, 22 + 9 * Math.log10(spot.sessions)));
  const tone = spot.flagged > 0 && spot.worst !== null ? spot.worst : 'calm';
  return divIcon({
    className: `${classes.marker} ${classes[tone]} ${spot.kind === 'cluster' ? classes.cluster : ''}`,
    html: shortNumber(spot.sessions),
    iconSize: [size, size],
  });
}

function titleOf(spot: Spot): string {
  const name = spot.kind === 'place' ? placeName(spot.place) : 'Several places';
  const flagged = spot.flagged === 0 ? '' : `, ${spot.flagged} flagged, at worst ${spot.worst ?? 'info'}`;
  return `${name}: ${spot.sessions.toLocaleString()} sessions${flagged}`;
}

function shortNumber(count: number): string {
  if (count < 1_000) return String(count);
  return count < 10_000 ? `${(count / 1_000).toFixed(1)}k` : `${Math.round(count / 1_000)}k`;
}
