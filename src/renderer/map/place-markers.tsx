import { useCallback, useMemo, useState } from 'react';
import { useMap, useMapEvents } from 'react-leaflet';
import type { MapPlace } from '../../contract/map.ts';
import { placeClusters, type Spot } from './place-clusters.ts';
import { placeKey } from './place-name.ts';
import { SpotMarker } from './spot-marker.tsx';

/** Beyond the view's edge, so that markers don't pop in while the map is moved. */
const PADDING = 0.25;

type Props = { places: readonly MapPlace[]; onPlace: (place: MapPlace) => void };

/** Counts on the map: a cluster is opened by zooming into it, a place by choosing it. */
export function PlaceMarkers({ places, onPlace }: Props) {
  const map = useMap();
  const [view, setView] = useState(() => viewOf(map));
  useMapEvents({ moveend: () => setView(viewOf(map)), resize: () => setView(viewOf(map)) });
  const clusters = useMemo(() => placeClusters(places), [places]);
  const spots = useMemo(() => clusters.spots(view.bounds, view.zoom), [clusters, view]);
  const open = useCallback(
    (spot: Spot) => {
      if (spot.kind === 'place') onPlace(spot.place);
      else map.flyTo([spot.lat, spot.lon], clusters.zoomInto(spot.id), { duration: 0.4 });
    },
    [map, clusters, onPlace],
  );

  return spots.map((spot) => (
    <SpotMarker
      key={spot.kind === 'cluster' ? `cluster ${spot.id}` : placeKey(spot.place)}
      spot={spot}
      onOpen={open}
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
