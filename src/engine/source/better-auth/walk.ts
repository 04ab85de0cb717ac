import type { z } from 'zod';
import { readAhead } from '../read-ahead.ts';
import { parseRows, sweepEnd } from '../rows.ts';
import type { RejectedRow, Row, SourcePage, SweepEnd } from '../source.ts';
import { toRow, toUser, type RowContext } from './transform.ts';
import { wireSession, type wireUserPage } from './wire.ts';

export type Reads = {
  users(offset: number, limit: number): Promise<z.infer<typeof wireUserPage>>;
  sessionsOf(userId: string): Promise<readonly unknown[]>;
  /** Users whose sessions are asked for at the same time. */
  readonly atOnce: number;
};

const USERS_PER_PAGE = 100;
/** Rows of a page, which is written as one: a single user may have a million sessions. */
const MAX_ROWS = 1_000;
/** 99,000 users; a walk that goes on beyond is not read to its end. */
const MAX_PAGES = 1000;

/**
 * Everybody's sessions: there is no list of all, so the users are walked and each one's sessions listed. Yields a
 * page for each page of users, or more where these have many.
 *
 * Users come oldest first, so that new ones only lengthen the list. Each page begins with the last user of the one
 * before: when another stands there, a deletion shifted the rest, and the sweep is `incomplete`.
 */
export async function* walkUsers(
  reads: Reads,
  context: Omit<RowContext, 'user'>,
): AsyncGenerator<SourcePage, SweepEnd, void> {
  let rejected: RejectedRow[] = [];
  let lastId: string | null = null;
  let offset = 0;
  let listed = 0;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const { users, total } = await reads.users(offset, USERS_PER_PAGE);
    if (lastId !== null && users[0]?.id !== lastId) return incomplete('users were deleted while it was read');
    const fresh = lastId === null ? users : users.slice(1);
    let rows: Row[] = [];
    let refused: RejectedRow[] = [];
    for await (const [user, elements] of readAhead(fresh, reads.atOnce, ({ id }) => reads.sessionsOf(id))) {
      const rowContext = { ...context, user: toUser(user) };
      const parsed = parseRows(elements, wireSession, (wire) => toRow(wire, rowContext), listed);
      listed += elements.length;
      for (const row of parsed.rows) {
        rows.push(row);
        if (rows.length < MAX_ROWS) continue;
        yield { rows, history: [], events: [], rejected: [] };
        rows = [];
      }
      refused = refused.concat(parsed.rejected);
    }
    rejected = rejected.concat(refused);
    yield { rows, history: [], events: [], rejected: refused };

    lastId = users.at(-1)?.id ?? null;
    offset += Math.max(0, users.length - 1);
    if (offset + 1 >= total) return sweepEnd(rejected);
    if (fresh.length === 0) return incomplete('it ends before its promised number of users');
  }
  return incomplete(`it goes on after ${MAX_PAGES} pages of users`);
}

function incomplete(why: string): SweepEnd {
  return {
    complete: false,
    problem: {
      code: 'incomplete',
      message: `The users of better-auth could not be walked as a whole: ${why}. No session is taken as ended; they are walked again at the next poll.`,
    },
  };
}
