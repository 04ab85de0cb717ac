import { parseRows, sweepEnd } from '../rows.ts';
import type { Account, RejectedRow, SourcePage, SweepEnd } from '../source.ts';
import { toRow } from './transform.ts';
import { wireSession } from './wire.ts';

export type ListedPage = { readonly sessions: readonly unknown[]; readonly total: number };
/** What the sweep was already told, over both readings. */
type Yielded = { readonly ids: Set<string>; readonly rejectedAt: Set<number> };
type ReadPage = (offset: number) => Promise<ListedPage>;

/** 100,000 sessions at the server's largest page; a listing that goes on beyond is not read to its end. */
const MAX_PAGES = 1000;

/**
 * Reads a listing by offset, which a login between two pages shifts: rows come twice or not at all. So the first
 * page is read again at the end, and when the list moved, all of it is read once more; after that the sweep is
 * `incomplete`. Every row is yielded once.
 */
export async function* readListing(
  readPage: ReadPage,
  account: Account,
  listsEverybody: boolean,
): AsyncGenerator<SourcePage, SweepEnd, void> {
  const yielded: Yielded = { ids: new Set(), rejectedAt: new Set() };
  for (const isLastTry of [false, true]) {
    const pass = new Pass(account, listsEverybody, yielded);
    const outcome = yield* pass.read(readPage);
    if (outcome === 'whole') return sweepEnd(pass.rejected);
    if (outcome === 'endless') return incomplete(`it goes on after ${MAX_PAGES} pages`);
    if (isLastTry) break;
  }
  return incomplete('it moved twice while it was read');
}

function incomplete(why: string): SweepEnd {
  return {
    complete: false,
    problem: {
      code: 'incomplete',
      message: `The listing of Rocket.Chat could not be read as a whole: ${why}. No session is taken as ended; it is read again at the next poll.`,
    },
  };
}

/** One reading of the listing from its first page to its last. */
class Pass {
  readonly rejected: RejectedRow[] = [];
  readonly #account: Account;
  readonly #listsEverybody: boolean;
  readonly #yielded: Yielded;
  readonly #seen = new Set<string>();

  constructor(account: Account, listsEverybody: boolean, yielded: Yielded) {
    this.#account = account;
    this.#listsEverybody = listsEverybody;
    this.#yielded = yielded;
  }

  /** `count` in an answer echoes the question, so the position moves by the rows that came. */
  async *read(readPage: ReadPage): AsyncGenerator<SourcePage, 'whole' | 'moved' | 'endless', void> {
    const first = await readPage(0);
    let page = first;
    let offset = 0;
    for (let pages = 1; ; pages += 1) {
      const { hasNews, ...rows } = this.#take(page, offset);
      yield rows;
      offset += page.sessions.length;
      if (offset >= page.total) return pages === 1 || (await isUnmoved(readPage, first)) ? 'whole' : 'moved';
      // Fewer rows than promised, or the same ones again: whatever is missing is not known to be gone.
      if (page.sessions.length === 0 || !hasNews) return 'moved';
      if (pages === MAX_PAGES) return 'endless';
      page = await readPage(offset);
    }
  }

  #take(page: ListedPage, offset: number): SourcePage & { readonly hasNews: boolean } {
    const parsed = parseRows(
      page.sessions,
      wireSession,
      (wire) => toRow(wire, this.#account, this.#listsEverybody),
      offset,
    );
    this.rejected.push(...parsed.rejected);
    const seenBefore = this.#seen.size;
    for (const { identity } of parsed.rows) this.#seen.add(identity);
    const { ids, rejectedAt } = this.#yielded;
    const rows = parsed.rows.filter(({ identity }) => !ids.has(identity));
    for (const { identity } of rows) ids.add(identity);
    const rejected = parsed.rejected.filter(({ index }) => !rejectedAt.has(index));
    for (const { index } of rejected) rejectedAt.add(index);
    const hasNews = this.#seen.size > seenBefore || parsed.rejected.length > 0;
    return { rows, history: [], events: [], rejected, hasNews };
  }
}

/** Whether the first page still is what it was when the reading began. */
async function isUnmoved(readPage: ReadPage, first: ListedPage): Promise<boolean> {
  const again = await readPage(0);
  return again.total === first.total && firstIdOf(again) === firstIdOf(first);
}

function firstIdOf(page: ListedPage): string | null {
  const parsed = wireSession.safeParse(page.sessions[0]);
  return parsed.success ? parsed.data.sessionId : null;
}
