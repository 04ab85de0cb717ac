import { inParts } from '../in-parts.ts';
import type { DayOfSources, News, TouchedDay } from '../store/judgement.ts';
import type { StoreReader } from '../store/store-reader.ts';
import type { UserNumber } from '../store/user-number.ts';

/** Judged before what was found is written: the more at once, the less often the same page of an index. */
export const USERS_A_PORTION = 800;
/** Of all their sources. Each looks back on the day before, which the reader still knows when it judged that one for the same answer. */
const DAYS_A_PORTION = 10;
/** As many as there are readers that judge (`store/lanes.ts`). */
const PORTIONS_AT_ONCE = 2;
/**
 * Portions begun and not yet written, one or two more where both readers ask at once: some 4 MB each, by what half as many users take. With as few as are judged at
 * once, a reader would wait whenever the other one has the people with most to judge.
 */
const UNWRITTEN_AT_MOST = 4;

export type ToJudge = { readonly days: readonly TouchedDay[]; readonly users: readonly UserNumber[] };

type Reads = Pick<StoreReader, 'judge' | 'judgeDays'>;
type Portion = () => Promise<News>;
type Save = (news: News) => Promise<boolean>;

/**
 * Judges days and users in portions, two at once, and has written what was found while the next ones are judged: reading and
 * writing have threads of their own. What is written comes in the order given, days first, because incidents are numbered in that order;
 * where the writer is slower, the readers wait for it.
 *
 * @param save answers false where it can't be written any more, because what it refers to changed: then it is judged again
 */
export async function judgePortions(read: Reads, toJudge: ToJudge, save: Save): Promise<void> {
  const portions = portionsOf(read, toJudge);
  const writes: Promise<void>[] = [];
  const work = async () => {
    for (const portion of portions) {
      const judged = portion();
      const written = Promise.all([judged, writes.at(-1)]).then(([news]) => saveJudged(news, portion, save));
      // Awaited below, or some portions later; until then nobody else takes note of a fault.
      written.catch(() => undefined);
      writes.push(written);
      await judged;
      await writes.at(-UNWRITTEN_AT_MOST);
    }
  };
  await Promise.all(Array.from({ length: PORTIONS_AT_ONCE }, work));
  await writes.at(-1);
}

async function saveJudged(news: News, portion: Portion, save: Save): Promise<void> {
  for (let judged = news; !(await save(judged));) judged = await portion();
}

function* portionsOf(read: Reads, { days, users }: ToJudge): Generator<Portion> {
  for (const some of inParts(sourcesByDay(days), DAYS_A_PORTION)) yield () => judgeDays(read, some);
  for (const some of inParts(users, USERS_A_PORTION)) yield () => judgeUsers(read, some);
}

/** Days in order, because each looks back on the one before. */
function sourcesByDay(days: readonly TouchedDay[]): readonly DayOfSources[] {
  return [...Map.groupBy(days, ({ day }) => day)]
    .map(([day, touched]): DayOfSources => ({ day, sources: touched.map(({ source }) => source) }))
    .sort((a, b) => a.day - b.day);
}

/** The store answers for as many days, or users, as one answer should take. */
async function judgeDays(read: Reads, days: readonly DayOfSources[]): Promise<News> {
  const answers: News[] = [];
  for (let next = 0; next < days.length;) {
    const answer = await read.judgeDays(days.slice(next));
    answers.push(answer);
    next += answer.days;
  }
  return joined(answers);
}

async function judgeUsers(read: Reads, users: readonly UserNumber[]): Promise<News> {
  const answers: News[] = [];
  for (let next = 0; next < users.length;) {
    const answer = await read.judge(users.slice(next));
    answers.push(answer);
    next += answer.users;
  }
  return joined(answers);
}

/** As of the earliest answer: what was removed after it was removed since. */
function joined(news: readonly News[]): News {
  const asOf = news.flatMap(({ entriesAsOf }) => entriesAsOf ?? []);
  return {
    ...(asOf.length === 0 ? {} : { entriesAsOf: Math.min(...asOf) }),
    found: news.flatMap(({ found }) => found),
    withdrawn: news.flatMap(({ withdrawn }) => withdrawn),
  };
}
