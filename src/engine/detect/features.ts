import { prefixOf } from '../enrich/ip.ts';
import { deviceKeyOfSighting } from './device.ts';
import type { Feature, Sighting } from './facts.ts';
import { remembered } from './remembered.ts';
import type { Survey } from './survey.ts';

/** The value of a feature at a sighting, as text; null when it is not known, or says nothing of the person. */
export function featureOf(feature: Feature, sighting: Sighting, survey: Survey): string | null {
  const { network, device, ip } = sighting;
  switch (feature) {
    case 'country':
      return survey.unplaceableReason(sighting) === null ? survey.country(sighting.place) : null;
    case 'city':
      return survey.unplaceableReason(sighting) === null ? survey.city(sighting.place) : null;
    case 'asn':
      return network?.asn == null ? null : String(network.asn);
    case 'prefix':
      return ip === null ? null : knownPrefix(ip).prefix;
    case 'device':
      return deviceKeyOfSighting(sighting);
    case 'os':
      return device?.os ?? null;
    case 'browser':
      return device?.browser ?? null;
  }
}

/** Addresses repeat, and telling their prefix costs more than anything else here. */
const knownPrefix = remembered((ip: string) => ({ prefix: prefixOf(ip) }));

/** IPv4 /24 or IPv6 /48 of a sighting's address; null where there is none. */
export function prefixOfSighting({ ip }: Pick<Sighting, 'ip'>): string | null {
  return ip === null ? null : knownPrefix(ip).prefix;
}
