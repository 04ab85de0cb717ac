import { describe, expect, it } from 'vitest';
import { utcDay } from '../../../src/engine/detect/days/utc-day.ts';
import { Judged } from '../../../src/engine/poll/judged.ts';
import { FEW_USERS, Reconsidering } from '../../../src/engine/poll/reconsidering.ts';
import type { Reconsidered } from '../../../src/engine/store/judgement.ts';
import { NOON_MS } from '../../support/records.ts';

const HOUR_MS = 3_600_000;
const today = utcDay(NOON_MS);
const many = Array.from({ length: FEW_USERS + 1 }, (_, user) => user);

function since(fromDay: number, revision = 1): Reconsidered {
  return { fromDay, days: [{ source: 'chat', fromDay, revision }] };
}

function reconsidering(stored: Reconsidered, { users = [1, 2, 3], isQuiet = true } = {}) {
  const read = { reconsidered: async () => stored, usersSince: async () => users };
  return new Reconsidering({ read, isQuiet: () => isQuiet });
}

function judgedOnly(user: number): Judged {
  const judged = new Judged();
  judged.add({ users: [user], days: [{ source: 'chat', day: today }] });
  return judged;
}

describe('what rests on days that were counted', () => {
  it('is judged again, apart from what was judged knowing them', async () => {
    const due = await reconsidering(since(today - 1)).due(since(today - 1), judgedOnly(2), NOON_MS);
    expect(due?.toJudge).toEqual({ users: [1, 3], days: [{ source: 'chat', day: today - 1 }] });
  });

  it('is judged again whole when days were counted meanwhile', async () => {
    const due = await reconsidering(since(today - 1, 2)).due(since(today - 1, 1), judgedOnly(2), NOON_MS);
    expect(due?.toJudge.users).toEqual([1, 2, 3]);
    expect(due?.toJudge.days).toHaveLength(2);
  });

  it('waits for quiet where it may be many, and for an hour at most', async () => {
    const late = reconsidering(since(today - 1), { isQuiet: false });
    const dueAt = (nowMs: number) => late.due(since(today - 1), new Judged(), nowMs);
    expect(await dueAt(NOON_MS)).toBeNull();
    expect(await dueAt(NOON_MS + HOUR_MS - 1)).toBeNull();
    expect(await dueAt(NOON_MS + HOUR_MS)).not.toBeNull();
  });

  it('does not wait where it is of today', async () => {
    const ofToday = reconsidering(since(today), { users: many, isQuiet: false });
    expect((await ofToday.due(since(today), new Judged(), NOON_MS))?.toJudge.users).toHaveLength(many.length);
  });

  it('comes once an hour where it is many', async () => {
    const late = reconsidering(since(today - 1), { users: many });
    const dueAt = (nowMs: number) => late.due(since(today - 1), new Judged(), nowMs);
    expect(await dueAt(NOON_MS)).not.toBeNull();
    expect(await dueAt(NOON_MS + HOUR_MS - 1)).toBeNull();
    expect(await dueAt(NOON_MS + HOUR_MS)).not.toBeNull();
  });
});
