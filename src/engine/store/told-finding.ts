import type { RuleFinding } from '../detect/facts.ts';
import type { Identity } from './finding-identity.ts';
import { packTelling } from './finding-telling.ts';
import type { EntryNumbers } from './person-rows.ts';
import { listedTelling } from './listed-telling.ts';
import { originOf } from './sighting-of.ts';
import { seenTelling } from './seen-telling.ts';
import { nowhere, type StoredSighting } from './stored-sighting.ts';

/**
 * A finding on its way from where people are judged to where it is written: what it tells is packed already, because texts and
 * nested evidence would be copied twice between threads, and the one that writes has most to do.
 */
export type ToldFinding = Omit<RuleFinding, 'dedupeKey' | 'words' | 'evidence'> & {
  readonly publicId: string;
  readonly content: number;
  /** Its bytes as a text of one character each (latin1): many small buffers are dear to make, to copy and to collect. */
  readonly telling: string;
  /** Dictionary entries of where it came from and with what: it is found by them, and its telling may refer to them. */
  readonly entries: EntryNumbers;
};

/** @param sightings that it rests on, in order; none where they are not at hand */
export function toldFinding(
  finding: RuleFinding,
  { publicId, content, text }: Identity,
  sightings: readonly StoredSighting[],
): ToldFinding {
  const { rule, severity, source, userId, sessions, atMs, infrastructure, state, suppressedBy } = finding;
  const { bytes, entries } = seenTelling(finding, sightings) ?? {
    bytes: listedTelling(finding) ?? packTelling(rule, text),
    entries: originOf(finding, sightings)?.where.numbers ?? nowhere.numbers,
  };
  return {
    ...{ rule, severity, source, userId, sessions, atMs, infrastructure, state },
    // What its evidence says, too, is not stored twice (`findings.ts` reads it there).
    suppressedBy: finding.evidence.suppression === suppressedBy ? null : suppressedBy,
    ...{ publicId, content, entries },
    telling: bytes.toString('latin1'),
  };
}

/** What is stored of it. */
export function tellingBytes({ telling }: Pick<ToldFinding, 'telling'>): Buffer {
  return Buffer.from(telling, 'latin1');
}
