import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Finding } from '../../contract/finding.ts';
import { tellingWords } from './telling-words.ts';

/** What a finding tells the analyst; read whole, never searched. */
export type Telling = Pick<Finding, 'title' | 'explanation'> & { readonly evidence: Record<string, unknown> };

const dictionary = Buffer.from(tellingWords);
/** Most are 1 to 2 KB: a larger buffer takes longer to make than they take to unpack. */
const UNPACKED_BYTES = 4_096;

/** Title, explanation and evidence as they are stored: JSON, deflated with the words that most of them share. */
export function packTelling({ title, explanation, evidence }: Telling): Buffer {
  return deflateRawSync(JSON.stringify([title, explanation, evidence]), { dictionary });
}

/** What `packTelling` packed. */
export function unpackTelling(packed: Buffer): Pick<Finding, 'title' | 'explanation' | 'evidence'> {
  const json = inflateRawSync(packed, { dictionary, chunkSize: UNPACKED_BYTES }).toString();
  const [title, explanation, evidence] = JSON.parse(json) as [string, string, Finding['evidence']];
  return { title, explanation, evidence };
}
