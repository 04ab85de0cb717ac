import type { FactsUser, PersonFacts, Sighting } from '../../src/engine/detect/facts.ts';
import type { Device, Network, Place } from '../../src/engine/whereabouts.ts';

export const NOW_MS = Date.parse('2026-11-20T12:00:00.000Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const city = (country: string, name: string, lat: number, lon: number): Place => {
  return { country, region: null, city: name, lat, lon, accuracyKm: 50 };
};
export const berlin = city('DE', 'Berlin', 52.52, 13.405);
export const potsdam = city('DE', 'Potsdam', 52.4, 13.06);
export const munich = city('DE', 'Munich', 48.137, 11.575);
export const tokyo = city('JP', 'Tokyo', 35.68, 139.69);
export const delhi = city('IN', 'Delhi', 28.61, 77.21);
export const paris = city('FR', 'Paris', 48.857, 2.352);

export const network = (asn: number, ...kinds: Network['kinds'][number][]): Network => {
  return { asn, org: `Network ${asn}`, kinds };
};

export const laptop: Device = {
  browser: 'Chrome',
  browserVersion: '157',
  os: 'Windows',
  osVersion: '10+',
  kind: 'desktop',
};
export const macbook: Device = {
  ...laptop,
  browser: 'Safari',
  browserVersion: '27',
  os: 'macOS',
  osVersion: '26',
};
export const phone: Device = { ...laptop, os: 'Android', osVersion: '16', kind: 'mobile' };

let count = 0;

/** What matters to a test of a sighting; `atMs` is a moment that is known exactly. */
export type SightingParts = Partial<Sighting> & { readonly atMs?: number };

/** A successful login of one known moment, from a laptop in Berlin; say only what matters to the test. */
export function aSighting(over: SightingParts = {}): Sighting {
  const { atMs = NOW_MS - DAY, ...rest } = over;
  count += 1;
  return {
    id: `s${String(count).padStart(6, '0')}`,
    kind: 'login',
    fromMs: atMs,
    toMs: atMs,
    quality: 'reported',
    outcome: 'success',
    source: 'app',
    userId: 'u1',
    sessionKey: null,
    ip: '81.2.69.142',
    ipClass: 'public',
    place: berlin,
    network: network(64_500),
    device: laptop,
    userAgent: null,
    isOwnPoll: false,
    idReconnects: false,
    ...rest,
  };
}

/** A login a day at home over `days` days that end two days ago: enough to be mature from 16 on. */
export function lifeAtHome(days = 20, over: Partial<Sighting> = {}): Sighting[] {
  return Array.from({ length: days }, (_, day) => aSighting({ atMs: NOW_MS - (day + 2) * DAY, ...over }));
}

export function factsOf(...sightings: readonly Sighting[]): PersonFacts {
  return { users: usersOf(sightings), sightings, nowMs: NOW_MS };
}

/** One person, called ann at every source. */
function usersOf(sightings: readonly Sighting[]): readonly FactsUser[] {
  const sources = new Set(['app', ...sightings.map(({ source }) => source)]);
  return [...sources].sort().map((source) => ({ source, userId: 'u1', userName: 'ann', tags: [] }));
}
