/** One line of a file. */
export type Line = {
  /** From 1, lines without anything on them included. */
  readonly number: number;
  /** Null: it is longer than any line may be. */
  readonly text: string | null;
};

/** Longest line that is read, in bytes: ten times what a line with the longest user agents takes. */
export const MAX_LINE_BYTES = 1_048_576;
/** Lines that are handed on together, at most. */
const LINES_A_PAGE = 1_000;
/** Bytes after which no more lines are put on a page. */
const BYTES_A_PAGE = 1_048_576;

const NEWLINE = 0x0a;

/**
 * Cuts bytes into lines of UTF-8, in pages, and keeps no more of them than a page and one line: of what is longer than a
 * line may be, nothing is kept. Blank lines are left out; a byte order mark and the `\r` of Windows are not part of a line.
 */
export async function* readLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly Line[], void, void> {
  const cutter = new LineCutter();
  for await (const chunk of chunks) {
    let from = 0;
    while (from < chunk.length) {
      const end = chunk.indexOf(NEWLINE, from);
      cutter.add(chunk.subarray(from, end === -1 ? chunk.length : end));
      from = end === -1 ? chunk.length : end + 1;
      if (end !== -1) cutter.endLine();
      if (cutter.isPageFull()) yield cutter.takePage();
    }
  }
  cutter.endLine();
  const last = cutter.takePage();
  if (last.length > 0) yield last;
}

class LineCutter {
  #parts: Buffer[] = [];
  #bytes = 0;
  #number = 1;
  #page: Line[] = [];
  #pageBytes = 0;

  add(part: Buffer): void {
    this.#bytes += part.length;
    if (this.#bytes > MAX_LINE_BYTES) this.#parts = [];
    else if (part.length > 0) this.#parts.push(part);
  }

  endLine(): void {
    const text = this.#bytes > MAX_LINE_BYTES ? null : this.#text();
    if (text !== '') this.#page.push({ number: this.#number, text });
    if (text !== null) this.#pageBytes += this.#bytes;
    this.#parts = [];
    this.#bytes = 0;
    this.#number += 1;
  }

  isPageFull(): boolean {
    return this.#page.length >= LINES_A_PAGE || this.#pageBytes >= BYTES_A_PAGE;
  }

  takePage(): readonly Line[] {
    const page = this.#page;
    this.#page = [];
    this.#pageBytes = 0;
    return page;
  }

  #text(): string {
    const text = Buffer.concat(this.#parts).toString();
    return (this.#number === 1 ? text.replace(/^\uFEFF/, '') : text).trim();
  }
}
