import type { Sighting } from './facts.ts';
import { lowerBound } from './sorted-times.ts';
import type { DetectSettings } from './settings.ts';

const DAY_MS = 86_400_000;

/** When something was seen, and when with a phone; both ascending. */
type Seen = { readonly all: number[]; readonly phones: number[] };

/**
 * Tells whether a network acts like a mobile carrier for one person: its phones are there, and other devices elsewhere. No
 * table knows every carrier, and carriers let traffic out hundreds of kilometres away. It says nothing of people who use phones
 * everywhere, and of a network all of whose visits are one.
 *
 * What was seen up to the beginning of the day (UTC), within the look-back, counts: nobody becomes a carrier in one night, and
 * a network costs one count a day. O(n) once, when first asked.
 *
 * @param teachers what the person is learned from, in time order
 */
export function learnCarriers(
  teachers: () => readonly Sighting[],
  settings: DetectSettings,
): (sighting: Sighting) => boolean {
  const lastAnswer = new Map<number, { readonly day: number; readonly isCarrier: boolean }>();
  let tables: ReturnType<typeof seenByNetwork> | null = null;
  return ({ network, toMs }) => {
    const asn = network?.asn ?? null;
    if (asn === null) return false;
    const day = Math.floor(toMs / DAY_MS);
    const last = lastAnswer.get(asn);
    if (last?.day === day) return last.isCarrier;
    tables ??= seenByNetwork(teachers());
    const here = tables.byNetwork.get(asn);
    const isCarrier = here !== undefined && isLikeCarrier(here, tables.everywhere, day * DAY_MS, settings);
    lastAnswer.set(asn, { day, isCarrier });
    return isCarrier;
  };
}

function seenByNetwork(teachers: readonly Sighting[]) {
  const everywhere: Seen = { all: [], phones: [] };
  const byNetwork = new Map<number, Seen>();
  for (const { network, device, toMs } of teachers) {
    const asn = network?.asn ?? null;
    if (asn === null || device === null) continue;
    const here = byNetwork.get(asn) ?? { all: [], phones: [] };
    byNetwork.set(asn, here);
    for (const seen of [here, everywhere]) {
      seen.all.push(toMs);
      if (device.kind === 'mobile') seen.phones.push(toMs);
    }
  }
  return { everywhere, byNetwork };
}

function isLikeCarrier(
  here: Seen,
  everywhere: Seen,
  beforeMs: number,
  { learning, carrier }: DetectSettings,
): boolean {
  // Most networks have too few phones ever.
  if (here.phones.length < carrier.minSightings * carrier.minPhoneShare) return false;
  const sinceMs = beforeMs - learning.lookBackMs;
  const count = (times: readonly number[]) => lowerBound(times, beforeMs) - lowerBound(times, sinceMs);
  const [seen, phones] = [count(here.all), count(here.phones)];
  const [others, otherPhones] = [count(everywhere.all) - seen, count(everywhere.phones) - phones];
  return (
    seen >= carrier.minSightings &&
    phones >= carrier.minPhoneShare * seen &&
    others > 0 &&
    otherPhones <= carrier.maxPhoneShareElsewhere * others
  );
}
