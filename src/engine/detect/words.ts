import type { Device, Network, Place } from '../whereabouts.ts';
import type { FactsUser, PersonFacts, Sighting } from './facts.ts';
import { isoTime } from './moment.ts';
import { remembered } from './remembered.ts';

const LONGEST_QUOTE = 120;
const MINUTE_MS = 60_000;
/** Made once: making one for each number costs more than the rest of a sentence. */
const numberFormat = new Intl.NumberFormat('en');
const countryNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** Text from outside, in quotation marks it can't close and cut to a readable length. It is never interpreted. */
export function quoted(text: string): string {
  const plain = text.replaceAll(/[“”]/g, '"');
  if (plain.length <= LONGEST_QUOTE) return `“${plain}”`;
  const halfCharacterAtEnd = /[\uD800-\uDBFF]$/;
  return `“${plain.slice(0, LONGEST_QUOTE).replace(halfCharacterAtEnd, '')}…”`;
}

/** `1,234 km`. */
export function kilometres(distanceKm: number): string {
  return `${numberName(Math.round(distanceKm))} km`;
}

/** `1,234`. */
export function numberName(value: number): string {
  return numberFormat.format(value);
}

/** `45 minutes`, `7.5 hours`, `12 days`: as coarse as the reader needs it. */
export function duration(ms: number): string {
  const minutes = Math.round(ms / MINUTE_MS);
  if (ms < MINUTE_MS) return 'less than a minute';
  if (minutes < 120) return plural(minutes, 'minute');
  if (minutes < 48 * 60) return plural(Math.round(minutes / 6) / 10, 'hour');
  return plural(Math.round(minutes / (24 * 60)), 'day');
}

/** `97.3 %`, never rounded up to certainty. */
export function percent(share: number): string {
  return `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
}

/** The user behind a sighting: `“Anna” at “chat”`. */
export function personName(facts: PersonFacts, user: Pick<Sighting, 'source' | 'userId'>): string {
  const { source, userId } = user;
  return userNamed({ source, userId, userName: userNameOf(facts, user) });
}

/** The same of a user whose name is known, or known to have none. */
export function userNamed({ source, userId, userName }: NamedUser): string {
  return `${quoted(userName ?? userId)} at ${quoted(source)}`;
}

type NamedUser = Pick<FactsUser, 'source' | 'userId' | 'userName'>;

/** What the facts call a user; null where they don't know. */
export function userNameOf(
  { users }: PersonFacts,
  { source, userId }: Pick<Sighting, 'source' | 'userId'>,
): string | null {
  return users.find((each) => each.source === source && each.userId === userId)?.userName ?? null;
}

/** `Germany`; what is no country code is quoted. */
export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? knownCountry(code).name : quoted(code);
}

/** The same within a sentence: `in Germany`, `in the Netherlands`. */
export function countryInText(code: string): string {
  const name = countryName(code);
  return WITH_ARTICLE.test(name) ? `the ${name}` : name;
}

/** English names of countries that are groups of something, or say what they are. */
const WITH_ARTICLE =
  /^(?:Bahamas|Comoros|Gambia|Maldives|Philippines|Seychelles|United .*|Isle of .*|.*Netherlands|.* (?:Islands|Republic|Territory|Territories))$/;

/** Asking for a name takes longer than the rest of a sentence. */
const knownCountry = remembered((code: string) => ({ name: countryNames.of(code) ?? code }));

/** `“Berlin”, Germany`. */
export function placeName(place: Pick<Place, 'country' | 'region' | 'city'> | null): string {
  const name = place?.city ?? place?.region ?? null;
  const country = place?.country ?? null;
  const parts = [name === null ? null : quoted(name), country === null ? null : countryName(country)];
  return parts.filter((part) => part !== null).join(', ') || 'a place without a name';
}

/** `AS3320 “Deutsche Telekom AG”`. */
export function networkName(network: Pick<Network, 'asn' | 'org'> | null): string {
  const asn = network?.asn == null ? null : `AS${network.asn}`;
  const org = network?.org == null ? null : quoted(network.org);
  return [asn, org].filter((part) => part !== null).join(' ') || 'an unknown network';
}

/** `“Chrome” on “Windows” (desktop)`. */
export function deviceName(device: Pick<Device, 'browser' | 'os' | 'kind'> | null): string {
  const client = device?.browser == null ? 'an unknown client' : quoted(device.browser);
  const system = device?.os == null ? '' : ` on ${quoted(device.os)}`;
  return `${client}${system}${device === null || device.kind === 'unknown' ? '' : ` (${device.kind})`}`;
}

/** `203.0.113.7, AS3320 “Deutsche Telekom AG”`. */
export function addressName({ ip, network }: Address): string {
  return [ip ?? 'no address', networkName(network)].join(', ');
}

type Address = Pick<Sighting, 'ip'> & { readonly network: Pick<Network, 'asn' | 'org'> | null };

/** `2026-11-20 12:00 UTC`. */
export function moment(atMs: number): string {
  return (isoTime(atMs) ?? 'an unknown time').replace('T', ' ').replace(/:\d\d\.\d{3}Z$/, ' UTC');
}

export function plural(count: number, unit: string): string {
  return `${numberName(count)} ${unit}${count === 1 ? '' : 's'}`;
}
