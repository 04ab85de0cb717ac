import { divIcon, type DivIcon } from 'leaflet';
import { memo, useMemo } from 'react';
import { Marker } from 'react-leaflet';
import classes from './map.module.css';
import type { Spot } from './place-clusters.ts';
import { placeName } from './place-name.ts';

type Props = { spot: Spot; onOpen: (spot: Spot) => void };

/**
 * One count on the map. It is drawn again only when something of it changed: Leaflet builds a marker's element anew for each
 * new icon, and a map that is moved would do so for all of them.
 */
export const SpotMarker = memo(function SpotMarker({ spot, onOpen }: Props) {
  const title = titleOf(spot);
  const icon = useMemo(() => iconOf(spot), [spot]);
  const position = useMemo(() => ({ lat: spot.lat, lng: spot.lon }), [spot]);
  const handlers = useMemo(() => ({ click: () => onOpen(spot) }), [onOpen, spot]);
  return (
    <Marker
      position={position}
      icon={icon}
      title={title}
      alt={title}
      // The worst on top.
      zIndexOffset={spot.flagged > 0 ? 1000 : 0}
      eventHandlers={handlers}
    />
  );
}, isSame);

function isSame(before: Props, after: Props): boolean {
  const [a, b] = [before.spot, after.spot];
  return (
    before.onOpen === after.onOpen &&
    a.kind === b.kind &&
    a.lat === b.lat &&
    a.lon === b.lon &&
    a.sessions === b.sessions &&
    a.flagged === b.flagged &&
    a.worst === b.worst &&
    (a.kind === 'cluster' ? b.kind === 'cluster' && a.id === b.id : b.kind === 'place' && a.place === b.place)
  );
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
