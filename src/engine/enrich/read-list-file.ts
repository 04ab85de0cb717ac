import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { EngineError } from '../errors.ts';
import { ListFileReader, type ListFile } from './list-file.ts';

/** A million networks of IPv6 take 40 MB of text. */
const MAX_BYTES = 256 * 1024 ** 2;
/** Entries of one list, at most: what its readers hold in memory stays below 60 MB. */
const MAX_ENTRIES = 2_000_000;
/** No entry is longer; what has no line breaks for so long is no list. */
const MAX_LINE = 65_536;

/** Reads a list from a file, a piece at a time. Throws `invalid-input` with a sentence when nothing can be taken from it. */
export async function readListFile(file: string): Promise<ListFile> {
  const name = basename(file);
  await requireReadable(file, name);
  const reader = new ListFileReader();
  let rest = '';
  try {
    for await (const piece of createReadStream(file, { encoding: 'utf8' })) {
      const text = String(piece);
      if (text.includes('\0')) throw unusable(name, 'is not a text file', unpackIt);
      const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      if (rest.length > MAX_LINE) throw unusable(name, 'has no lines', 'Give a file with one entry a line.');
      for (const line of lines) reader.add(line);
      if (reader.accepted > MAX_ENTRIES) throw unusable(name, 'has more than 2,000,000 entries', 'Split it.');
    }
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw unusable(name, 'cannot be read', 'Check the permissions.', error);
  }
  if (rest !== '') reader.add(rest);
  return requireEntries(reader.end(), `"${name}"`);
}

/** The same for entries that somebody typed. */
export function readListText(text: string): ListFile {
  const reader = new ListFileReader();
  for (const line of text.split(/\r\n|\n|\r/)) reader.add(line);
  return requireEntries(reader.end(), 'The text');
}

const unpackIt = 'Unpack it, and import the list inside.';

async function requireReadable(file: string, name: string): Promise<void> {
  const found = await stat(file).catch((error: unknown) => {
    throw unusable(name, 'does not exist or cannot be read', 'Check the path and the permissions.', error);
  });
  if (!found.isFile()) throw unusable(name, 'is not a file', 'Name the file itself.');
  if (found.size > MAX_BYTES) throw unusable(name, 'is larger than 256 MiB', 'Split it.');
}

/** A list that suddenly is empty is a failed download, not the end of Tor. */
function requireEntries(list: ListFile, what: string): ListFile {
  if (list.accepted > 0) return list;
  throw new EngineError(
    'invalid-input',
    `${what} names no address, network or AS number. Nothing was changed: give one a line, or CSV with a column “cidr”, “network”, “ip” or “asn”.`,
    { field: 'from' },
  );
}

function unusable(name: string, why: string, next: string, cause?: unknown): EngineError {
  return new EngineError('invalid-input', `"${name}" ${why}. ${next}`, { field: 'from', cause });
}
