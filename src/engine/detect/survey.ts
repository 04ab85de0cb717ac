import type { IpClass, NetworkKind } from '../../contract/place.ts';
import type { Network, Place } from '../whereabouts.ts';
import type { Sighting } from './facts.ts';
import { listedNetworks } from './listed-network.ts';
import { noLists, type ListMatch, type NetworkLists } from './network-lists.ts';
import { detourReason, reasonByIpClass } from './not-evaluable.ts';
import { remembered } from './remembered.ts';
import type { DetectSettings } from './settings.ts';
import { isContradictory, spreadOf, type Spread } from './spread.ts';
import { lineOf, type Line } from './travel.ts';

/** Where a record puts a person. One object per record and version, so that the same place is told by identity. */
export type Position = {
  readonly spread: Spread;
  /** The place to about 10 km: where databases differ by less, it is the same. */
  readonly spot: string;
};

/**
 * What the records of places and networks say under given settings. Each record is looked into once, whoever was seen
 * there: the store hands out one object per record, and a survey serves any number of people.
 */
export type Survey = {
  readonly settings: DetectSettings;
  /**
   * Why the place of a sighting says nothing about where the person was (detections 3.4), as a sentence that is the same
   * for all sightings of a kind; null when it does. Such a sighting is never the reference for another one.
   */
  unplaceableReason(sighting: Sighting): string | null;
  /** Null when the record names neither coordinates nor a country. */
  position(place: Place, ip: string | null): Position | null;
  /** Only a code of two letters: what else a source may call a country has no end. */
  country(place: Place | null): string | null;
  /** The city with its region and country as one text; null where the record names none. */
  city(place: Place | null): string | null;
  line(sighting: Sighting): Line;
  /** What the network is known as, by databases, the source and the analyst's lists. */
  kinds(sighting: Sighting): readonly NetworkKind[];
  /** Entries of the analyst's lists that the sighting falls under. */
  listed(sighting: Sighting): readonly ListMatch[];
};

export function createSurvey(settings: DetectSettings, lists: NetworkLists = noLists): Survey {
  const placeNotes = remembered((place: Place) => noteOnPlace(place, settings));
  const networkNotes = remembered((network: Network) => ({
    detour: detourReason(network),
    line: lineOf(network),
  }));
  const isPlaceless = (ipClass: IpClass) =>
    ipClass !== 'public' && !(ipClass === 'documentation' && settings.documentationHasPlace);
  const networkOf = listedNetworks(lists);
  return {
    settings,
    unplaceableReason(sighting) {
      const { ipClass, place } = sighting;
      if (ipClass !== null && isPlaceless(ipClass)) return reasonByIpClass[ipClass];
      const network = networkOf(sighting);
      const detour = network === null ? null : networkNotes(network).detour;
      if (detour !== null) return detour;
      return place === null ? 'No place is known for the address.' : placeNotes(place).contradiction;
    },
    position: (place, ip) => placeNotes(place).positions[ipVersionOf(ip)],
    country: (place) => (place === null ? null : placeNotes(place).country),
    city: (place) => (place === null ? null : placeNotes(place).city),
    line(sighting) {
      const network = networkOf(sighting);
      return network === null ? lineOf(null) : networkNotes(network).line;
    },
    kinds: (sighting) => networkOf(sighting)?.kinds ?? [],
    listed: (sighting) => lists.of(sighting),
  };
}

function noteOnPlace(place: Place, settings: DetectSettings) {
  const { country, region, city } = place;
  return {
    contradiction: isContradictory(place, settings)
      ? 'The coordinates lie far outside the country that the same record names.'
      : null,
    positions: { 4: positionOf(spreadOf(place, 4, settings)), 6: positionOf(spreadOf(place, 6, settings)) },
    country: country !== null && /^[A-Z]{2}$/.test(country) ? country : null,
    city: city === null ? null : JSON.stringify([country, region, city]),
  };
}

function positionOf(spread: Spread | null): Position | null {
  return spread === null ? null : { spread, spot: `${spread.lat.toFixed(1)},${spread.lon.toFixed(1)}` };
}

/** Without an address the coarser version is assumed. */
function ipVersionOf(ip: string | null): 4 | 6 {
  return ip !== null && !ip.includes(':') ? 4 : 6;
}
