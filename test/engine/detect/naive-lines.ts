import type { PersonFacts, Sighting } from '../../../src/engine/detect/facts.ts';
import { prefixOfSighting as prefixOf } from '../../../src/engine/detect/features.ts';
import { asnOf, DAY, provenOf } from './naive-person.ts';

export { prefixOf };

/**
 * By what it is known that a sighting on a network of the person's was on another line: the sightings of one network and address
 * version fall into stays in one block, this stay took less than a day, the ones around it were in the same block, and no block
 * came back in the 90 days before.
 */
export function lineBackOf(person: PersonFacts, sighting: Sighting): Sighting | null {
  const line = provenOf(person).filter((each) => {
    return lineOf(each) !== null && lineOf(each) === lineOf(sighting) && prefixOf(each) !== null;
  });
  const stays = staysOf(line);
  const hasReturn = (at: number) => isReturn(stays, at);
  for (const [at, stay] of stays.entries()) {
    const [left, next] = [stays[at - 1], stays[at + 1]];
    const [first, last] = [stay[0], stay.at(-1)];
    const back = next?.[0];
    if (first === undefined || last === undefined || back === undefined || left === undefined) continue;
    const isThen = first.toMs <= sighting.toMs && sighting.toMs <= last.toMs;
    if (!isThen || prefixOf(first) !== prefixOf(sighting)) continue;
    const ownSinceMs = ownSince(stays.slice(0, at + 1).flat(), prefixOf(back));
    const isHabit = stays.slice(0, at + 1).some(([begin], index) => {
      const isRecent = begin !== undefined && begin.toMs >= first.toMs - 90 * DAY;
      return isRecent && hasReturn(index) && stays[index - 1]?.[0]?.isQuarantined !== true;
    });
    const isShort = last.toMs - first.toMs < DAY;
    const isAround = left[0] !== undefined && prefixOf(left[0]) === prefixOf(back);
    const isStray = isShort && isAround && !isHabit && hasReturn(at + 1) && ownSinceMs <= first.toMs - DAY;
    if (isStray) return back;
  }
  return null;
}

function lineOf(sighting: Sighting): string | null {
  const { ip } = sighting;
  return ip === null || asnOf(sighting) === null ? null : `${asnOf(sighting)} ${ip.includes(':')}`;
}

function staysOf(line: readonly Sighting[]): readonly (readonly Sighting[])[] {
  const stays: Sighting[][] = [];
  for (const sighting of line) {
    const last = stays.at(-1);
    if (last?.[0] !== undefined && prefixOf(last[0]) === prefixOf(sighting)) last.push(sighting);
    else stays.push([sighting]);
  }
  return stays;
}

/** Whether a stay begins in a block that was seen in the 90 days before, attacks apart. */
function isReturn(stays: readonly (readonly Sighting[])[], at: number): boolean {
  const begin = stays[at]?.[0];
  if (begin === undefined) return false;
  return stays
    .slice(0, at)
    .flat()
    .some((each) => isTaught(each, prefixOf(begin)) && each.toMs >= begin.toMs - 90 * DAY);
}

/** Since when a block was seen without a pause of 90 days. */
function ownSince(line: readonly Sighting[], prefix: string | null): number {
  const times = line.filter((each) => isTaught(each, prefix)).map(({ toMs }) => toMs);
  let sinceMs = times.at(-1) ?? Infinity;
  for (const time of times.toReversed()) {
    if (sinceMs - time > 90 * DAY) break;
    sinceMs = time;
  }
  return sinceMs;
}

function isTaught(sighting: Sighting, prefix: string | null): boolean {
  return sighting.isQuarantined !== true && prefixOf(sighting) === prefix;
}
