import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Finding } from '../../contract/finding.ts';
import type { RuleId } from '../../contract/rules.ts';
import type { Words } from '../detect/facts.ts';
import { ruleTellingWords } from './rule-telling-words.ts';
import { commonTellingWords, tellingWords } from './telling-words.ts';

/** What a finding tells the analyst; read whole, never searched. Without words where its rule makes them of the evidence. */
export type Telling = { readonly words: Words | null; readonly evidence: Record<string, unknown> };

/** The same as it is read: what was stored is JSON. */
export type StoredTelling = Telling & Pick<Finding, 'evidence'>;

/**
 * Begins what is packed with the words of one rule, before the number of their line. Deflate knows no block of this kind, so
 * nothing that was packed with the first words, as everything was once, begins like it.
 */
const OWN_WORDS = 0b110;

const firstWords = Buffer.from(tellingWords);
const wordsByNumber = ruleTellingWords.map(([, words]) => Buffer.from(commonTellingWords + words));
/** Of several lines of a rule the last. */
const numberOf: ReadonlyMap<RuleId, number> = new Map(ruleTellingWords.map(([rule], at) => [rule, at]));

/**
 * Most are smaller than this packed, and unpacked: larger buffers, and more memory to look back in than the words and a telling
 * have, take longer to make than a telling takes.
 */
const PACKED_BYTES = 1_024;
const UNPACKED_BYTES = 4_096;
const LOOKING_BACK = { windowBits: 13, memLevel: 6 };

/** Title, explanation and evidence as one text, or the evidence alone. */
export function tellingText({ words, evidence }: Telling): string {
  return JSON.stringify(words === null ? evidence : [words.title, words.explanation, evidence]);
}

/**
 * That text as it is stored: deflated with the words that the rule tells with.
 *
 * @param rule null: not known, as in a step from an early schema
 */
export function packTelling(rule: RuleId | null, text: string): Buffer {
  const number = rule === null ? undefined : numberOf.get(rule);
  const words = number === undefined ? undefined : wordsByNumber[number];
  const packed = deflateRawSync(text, {
    ...LOOKING_BACK,
    dictionary: words ?? firstWords,
    chunkSize: PACKED_BYTES,
  });
  return number === undefined ? packed : Buffer.concat([Buffer.of(OWN_WORDS, number), packed]);
}

/** What `packTelling` packed. */
export function unpackTelling(packed: Uint8Array): StoredTelling {
  const isOwn = packed[0] === OWN_WORDS;
  const dictionary = isOwn ? wordsByNumber[packed[1] ?? -1] : firstWords;
  if (dictionary === undefined) throw new Error('A finding refers to words that this version does not know.');
  const deflated = isOwn ? packed.subarray(2) : packed;
  const json = inflateRawSync(deflated, { dictionary, chunkSize: UNPACKED_BYTES }).toString();
  const told = JSON.parse(json) as [string, string, Finding['evidence']] | Finding['evidence'];
  if (!Array.isArray(told)) return { words: null, evidence: told };
  const [title, explanation, evidence] = told;
  return { words: { title, explanation }, evidence };
}
