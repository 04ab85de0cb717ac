import type { RejectedLine } from '../../contract/lists.ts';
import { asnEntryOf, listEntryOf, type ListEntry } from './list-entry.ts';
import { EntryPacker, type PackedEntries } from './packed-entries.ts';

/** What a file or a text of entries holds. */
export type ListFile = {
  readonly entries: PackedEntries;
  /** Lines that gave an entry; some may name the same one. */
  readonly accepted: number;
  readonly rejected: number;
  /** The first of them: which line, and why; never what it says, which may be anything. */
  readonly rejectedLines: readonly RejectedLine[];
};

/** Rejected lines that are named. */
const MAX_NAMED = 20;

/** Columns that hold an entry; the first of these that a header has is the one. */
const COLUMNS = ['cidr', 'network', 'ip', 'asn'] as const;
type Column = { readonly name: (typeof COLUMNS)[number]; readonly index: number; readonly delimiter: string };

/**
 * Reads a list line by line: one entry a line (Tor's bulk exit list, FireHOL netsets, X4BNet, Spamhaus DROP; `#` and `;`
 * begin a comment), or CSV whose first line is a header that names a column `cidr`, `network`, `ip` or `asn`. A line that is
 * none of that is rejected by its number, and the rest counts.
 */
export class ListFileReader {
  readonly #packer = new EntryPacker();
  readonly #rejectedLines: RejectedLine[] = [];
  #line = 0;
  #rejected = 0;
  #isBegun = false;
  #column: Column | null = null;

  add(text: string): void {
    this.#line += 1;
    const line = (this.#line === 1 ? text.replace(/^\uFEFF/, '') : text).trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) return;
    if (!this.#isBegun) {
      this.#isBegun = true;
      this.#column = columnOf(line);
      if (this.#column !== null) return;
    }
    const entry = this.#column === null ? plainEntry(line) : cellEntry(line, this.#column);
    if (entry !== null) this.#packer.add(entry);
    else this.#reject();
  }

  get accepted(): number {
    return this.#packer.count;
  }

  end(): ListFile {
    return {
      entries: this.#packer.packed(),
      accepted: this.#packer.count,
      rejected: this.#rejected,
      rejectedLines: this.#rejectedLines,
    };
  }

  #reject(): void {
    this.#rejected += 1;
    if (this.#rejectedLines.length === MAX_NAMED) return;
    const where = this.#column === null ? '' : ` in the column “${this.#column.name}”`;
    this.#rejectedLines.push({ line: this.#line, why: `${WHY}${where}.` });
  }
}

const WHY = 'No address, network (a prefix of at least one bit) or AS number';

function plainEntry(line: string): ListEntry | null {
  return listEntryOf(line.replace(/\s*[#;].*$/, ''));
}

function cellEntry(line: string, { name, index, delimiter }: Column): ListEntry | null {
  const cell = cellsOf(line, delimiter)[index] ?? '';
  return (name === 'asn' ? asnEntryOf(cell) : null) ?? listEntryOf(cell);
}

function columnOf(line: string): Column | null {
  const delimiter = [',', ';', '\t'].find((mark) => line.includes(mark)) ?? ',';
  const titles = cellsOf(line, delimiter).map((title) => title.toLowerCase());
  const name = COLUMNS.find((column) => titles.includes(column));
  return name === undefined ? null : { name, index: titles.indexOf(name), delimiter };
}

/** Cells may stand in quotes, with quotes in them doubled; a line break in a cell is not expected in such a file. */
function cellsOf(line: string, delimiter: string): string[] {
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim());
  const cells: string[] = [];
  let [cell, isQuoted] = ['', false];
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === delimiter && !isQuoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += character;
  }
  return [...cells, cell.trim()];
}
