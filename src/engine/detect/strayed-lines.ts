import type { Sighting } from './facts.ts';
import { prefixOfSighting } from './features.ts';
import type { DetectSettings } from './settings.ts';

/** A line in one address block, from its first sighting there to the last before the line is elsewhere. */
type Stay = {
  readonly prefix: string;
  readonly fromMs: number;
  readonly isAttack: boolean;
  lastMs: number;
};

/** What a person has of a network: its addresses of one version. */
type Line = {
  before: Stay | null;
  stay: Stay;
  /** When a block was seen, attacks apart. */
  readonly seen: Map<string, { readonly fromMs: number; lastMs: number }>;
  /** When the line last was back in a block it had been in before. */
  backMs: number;
};

type Stray = { readonly fromMs: number; readonly lastMs: number; readonly back: Sighting };

/**
 * Tells of sightings on a network that the person uses, but on another line than the person's: the line was in one address
 * block, for less than a day in one never seen before, and then back in the first. A provider that moves somebody's line, or
 * whose new block the databases misplace, does not move it back. Who is let out through several blocks by turns (a carrier, a
 * phone that leaves the WiFi of the same provider, two homes) shows it again and again: of a line that did so in the look-back
 * nothing is told. The first block must have been known for a day, as all that is learned.
 *
 * O(n) once, for people with something to ask.
 *
 * @param proven sightings that are surely the person's, in time order
 * @returns of a stray sighting the one by which the line was back; null for all others
 */
export function strayedLines(
  proven: readonly Sighting[],
  settings: DetectSettings,
): (sighting: Sighting) => Sighting | null {
  const strays = straysOf(proven, settings);
  return (sighting) => {
    const inBlock = strays.get(blockKey(sighting)) ?? [];
    const { toMs } = sighting;
    return inBlock.find(({ fromMs, lastMs }) => fromMs <= toMs && toMs <= lastMs)?.back ?? null;
  };
}

function straysOf(
  proven: readonly Sighting[],
  settings: DetectSettings,
): ReadonlyMap<string, readonly Stray[]> {
  const lines = new Map<number, Line>();
  const strays = new Map<string, Stray[]>();
  for (const sighting of proven) {
    const [key, prefix] = [lineKey(sighting), prefixOfSighting(sighting)];
    if (key === null || prefix === null) continue;
    const stay = {
      prefix,
      fromMs: sighting.toMs,
      isAttack: sighting.isQuarantined === true,
      lastMs: sighting.toMs,
    };
    const line = lines.get(key) ?? { before: null, stay, seen: new Map(), backMs: -Infinity };
    lines.set(key, line);
    if (line.stay.prefix === prefix) {
      line.stay.lastMs = sighting.toMs;
    } else {
      const left = line.stay;
      if (isStray(line, stay, settings)) {
        const block = `${key} ${left.prefix}`;
        const inBlock = strays.get(block) ?? [];
        inBlock.push({ ...left, back: sighting });
        strays.set(block, inBlock);
      }
      if (isBack(line, stay, settings) && !left.isAttack) line.backMs = stay.fromMs;
      line.before = left;
      line.stay = stay;
    }
    if (!stay.isAttack) noteSeen(line, stay, settings);
  }
  return strays;
}

/** Whether the line was away from its block and is back in it with the stay that begins. */
function isStray(line: Line, next: Stay, settings: DetectSettings): boolean {
  const { knownAfterMs, lookBackMs } = settings.learning;
  const { before, stay, seen, backMs } = line;
  if (before?.prefix !== next.prefix || !isBack(line, next, settings)) return false;
  const isOwn = (seen.get(next.prefix)?.fromMs ?? Infinity) <= stay.fromMs - knownAfterMs;
  return isOwn && stay.lastMs - stay.fromMs < knownAfterMs && backMs < stay.fromMs - lookBackMs;
}

function isBack({ seen }: Line, { prefix, fromMs }: Stay, { learning }: DetectSettings): boolean {
  return (seen.get(prefix)?.lastMs ?? -Infinity) >= fromMs - learning.lookBackMs;
}

function noteSeen(line: Line, now: Stay, settings: DetectSettings): void {
  const known = line.seen.get(now.prefix);
  if (known !== undefined && isBack(line, now, settings)) known.lastMs = now.fromMs;
  else line.seen.set(now.prefix, { fromMs: now.fromMs, lastMs: now.fromMs });
}

function blockKey(sighting: Sighting): string {
  return `${lineKey(sighting) ?? ''} ${prefixOfSighting(sighting) ?? ''}`;
}

/** The network's number, and whether the address is of version 6. */
function lineKey({ network, ip }: Sighting): number | null {
  const asn = network?.asn ?? null;
  return asn === null || ip === null ? null : 2 * asn + (ip.includes(':') ? 1 : 0);
}
