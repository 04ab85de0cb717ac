import type { Judgement } from '../store/judgement.ts';
import type { StoreReader } from '../store/store-reader.ts';
import type { UserNumber } from '../store/user-number.ts';

/** Users that are judged before what was found of them is written. */
const USERS_A_PORTION = 200;
/** As many as there are readers that judge (`store/lanes.ts`). */
const PORTIONS_AT_ONCE = 2;

/** What is to be written. */
export type News = Pick<Judgement, 'found' | 'withdrawn'>;

/**
 * Judges users in portions, two at once, and has written what was found while the next ones are judged: reading and writing
 * have threads of their own. What is written comes in the order of the users, because incidents are numbered in that order, and no
 * portion is begun before all but the last two are written.
 */
export async function judgeUsers(
  read: Pick<StoreReader, 'judge'>,
  users: readonly UserNumber[],
  save: (news: News) => Promise<void>,
): Promise<void> {
  const portions = portionsOf(users);
  let written: Promise<void> = Promise.resolve();
  const work = async () => {
    for (const portion of portions) {
      const before = written;
      const judged = judgePortion(read, portion);
      written = Promise.all([judged, before]).then(([news]) => save(news));
      // Awaited below, and with the next portion but one; until then nobody else takes note of a fault.
      written.catch(() => undefined);
      await judged;
      await before;
    }
  };
  await Promise.all(Array.from({ length: PORTIONS_AT_ONCE }, work));
  await written;
}

function* portionsOf(users: readonly UserNumber[]): Generator<readonly UserNumber[]> {
  for (let at = 0; at < users.length; at += USERS_A_PORTION) yield users.slice(at, at + USERS_A_PORTION);
}

/** The store answers for as many users as one answer should take. */
async function judgePortion(read: Pick<StoreReader, 'judge'>, portion: readonly UserNumber[]): Promise<News> {
  const answers: Judgement[] = [];
  for (let next = 0; next < portion.length;) {
    const answer = await read.judge(portion.slice(next));
    answers.push(answer);
    next += answer.users;
  }
  return {
    found: answers.flatMap(({ found }) => found),
    withdrawn: answers.flatMap(({ withdrawn }) => withdrawn),
  };
}
