import type { Observation } from '../../contract/session.ts';
import { deviceWords } from '../where/device-text.tsx';

/** One thing that differs between two observations, in words of far-side text. */
export type ObservationChange = {
  readonly what: string;
  readonly from: string | null;
  readonly to: string | null;
};

const watched: readonly (readonly [string, (observation: Observation) => string | null])[] = [
  ['State', ({ state }) => state],
  ['Address', ({ ip }) => ip],
  ['Place', ({ city, country }) => [city, country].filter((part) => part !== null).join(', ') || null],
  ['Network', ({ org, asn }) => org ?? (asn === null ? null : `AS${asn}`)],
  ['Device', (observation) => deviceWords(observation)],
];

/** What changed from one observation to the next; "seen again" changes nothing. */
export function observationChanges(before: Observation, after: Observation): readonly ObservationChange[] {
  return watched
    .map(([what, read]) => ({ what, from: read(before), to: read(after) }))
    .filter(({ from, to }) => from !== to);
}
