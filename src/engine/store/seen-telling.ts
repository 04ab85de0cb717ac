import type { Finding } from '../../contract/finding.ts';
import type { RuleId } from '../../contract/rules.ts';
import type { RuleFinding, Sighting } from '../detect/facts.ts';
import { sightingEvidence } from '../detect/evidence.ts';
import { eventOutcomes, codeOf, valueOf } from '../query/codes.ts';
import { keyBytes, keyText } from '../query/key-bytes.ts';
import { evidenceLines, isStorable, storedValue, toldValue, type EvidenceField } from './evidence-lines.ts';
import type { EntryNumbers } from './person-rows.ts';
import { sightingOf } from './sighting-of.ts';
import { nowhere, StoredSighting, type Moment, type Where } from './stored-sighting.ts';

/**
 * What a finding tells that is about one sighting, in half of the bytes: where it was and with what are numbers of dictionary
 * entries, which stand in the finding's row, and its evidence is a line of values without names.
 */
export type SeenTelling = { readonly bytes: Buffer; readonly entries: EntryNumbers };

/** Whose finding it is and when: what the sighting shares with it is not stored again. */
export type SeenBy = { readonly source: string; readonly userId: string; readonly atMs: number };

/** Begins what is stored so: a block of a kind that deflate does not know, and not that of `finding-telling.ts`. */
const SEEN = 0b111;
const HEAD_BYTES = 2;
const MOST_KEY_BYTES = 255;

/** As codes: a kind's place never changes. */
const kinds = ['start', 'activity', 'login'] as const satisfies Sighting['kind'][];

/** The moment of a sighting beside what its finding knows: kind, how long before its end it began, and what else its id is made of. */
type MomentLine = readonly [kind: number, lastsMs: number | null, ...named: (number | null)[]];
type Line = readonly [line: number, moment: MomentLine, ...values: unknown[]];

/** Of several lines of a rule the last. */
const lineOf: ReadonlyMap<RuleId, number> = new Map(evidenceLines.map(([rule], at) => [rule, at]));

/**
 * The telling of a finding whose evidence is that of one of the person's sightings, and has the shape its rule's line says.
 *
 * @param sightings the person's, in order
 * @returns null where it is anything else
 */
export function seenTelling(finding: RuleFinding, sightings: readonly StoredSighting[]): SeenTelling | null {
  const { rule, words, evidence } = finding;
  const line = lineOf.get(rule);
  const fields = line === undefined ? undefined : evidenceLines[line]?.[1];
  if (line === undefined || fields === undefined || words !== null || !isOfShape(evidence, fields))
    return null;
  const sighting = sightingOf(finding, sightings);
  if (sighting === null) return null;
  const key = sighting.session.key === null ? Buffer.alloc(0) : keyBytes(sighting.session.key);
  if (key.length > MOST_KEY_BYTES) return null;
  const values = fields.map(({ name, as }) => storedValue(evidence[name], as, finding.atMs));
  const text: Line = [line, momentLine(sighting), ...values];
  return {
    bytes: Buffer.concat([Buffer.of(SEEN, key.length), key, Buffer.from(JSON.stringify(text))]),
    entries: sighting.where.numbers,
  };
}

export function isSeenTelling(telling: Uint8Array): boolean {
  return telling[0] === SEEN;
}

/** The evidence that `seenTelling` stored; `where` is what the numbers in the finding's row stand for. */
export function seenEvidence(
  telling: Buffer,
  by: SeenBy,
  where: Omit<Where, 'numbers'>,
): Finding['evidence'] {
  const keyEnd = HEAD_BYTES + (telling[1] ?? 0);
  const key = keyEnd === HEAD_BYTES ? null : keyText(telling.subarray(HEAD_BYTES, keyEnd));
  const [number, line, ...values] = JSON.parse(telling.toString('utf8', keyEnd)) as Line;
  const fields = evidenceLines[number]?.[1];
  if (fields === undefined)
    throw new Error('A finding has evidence of a shape that this version does not know.');
  const { moment, content } = momentOf(line, by.atMs);
  const who = { source: by.source, userId: by.userId, idReconnects: false };
  const sighting = new StoredSighting(moment, { who, key, content }, { ...nowhere, ...where });
  const others = fields.map(({ name, as }, at) => [name, toldValue(values[at], as, by.atMs)] as const);
  // Plain values: evidence is what JSON can say.
  return Object.fromEntries([['sighting', sightingEvidence(sighting)], ...others]) as Finding['evidence'];
}

function isOfShape(evidence: RuleFinding['evidence'], fields: readonly EvidenceField[]): boolean {
  const [sighting, ...names] = Object.keys(evidence);
  return (
    sighting === 'sighting' &&
    names.length === fields.length &&
    fields.every(({ name, as }, at) => name === names[at] && isStorable(evidence[name], as))
  );
}

function momentLine({ kind, fromMs, toMs, number, outcome, session }: StoredSighting): MomentLine {
  const begins = [kinds.indexOf(kind), fromMs === null ? null : toMs - fromMs] as const;
  switch (kind) {
    case 'start':
      return begins;
    case 'activity':
      return [...begins, number];
    case 'login':
      return [...begins, codeOf(eventOutcomes, outcome), session.content ?? null];
  }
}

/** Of what evidence does not show, whatever is there. */
const UNSHOWN = { quality: 'derived', isOwnPoll: false } as const;

function momentOf(
  [code, lastsMs, ...named]: MomentLine,
  toMs: number,
): { moment: Moment; content: number | null } {
  const kind = valueOf(kinds, code);
  const [first = null, second = null] = named;
  const fromMs = lastsMs === null ? null : toMs - lastsMs;
  const outcome = kind === 'login' ? valueOf(eventOutcomes, first ?? -1) : 'success';
  const moment = { kind, fromMs, toMs, outcome, number: first ?? 0, ...UNSHOWN };
  return { moment, content: second };
}
