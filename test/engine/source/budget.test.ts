import { describe, expect, it } from 'vitest';
import { Budget, type Spender } from '../../../src/engine/source/budget.ts';
import type { BudgetNews } from '../../../src/engine/source/http.ts';

const poll: Spender = { bucket: 'all', purpose: 'poll', isByHand: false };
const byHand: Spender = { ...poll, isByHand: true };
const revoke: Spender = { ...poll, purpose: 'revoke' };
const tenAMinute = [{ max: 10, windowMs: 60_000, per: 'ip' as const }];
const T = Date.parse('2026-11-20T12:00:00.000Z');

function budgetOf(rate = tenAMinute, silenceMeansUnlimited = false): Budget {
  return new Budget(rate, silenceMeansUnlimited, () => 0);
}

function news(told: Partial<BudgetNews>): BudgetNews {
  return { limit: null, remaining: null, resetAtMs: null, retryAfterMs: null, ...told };
}

describe('a documented budget', () => {
  it('leaves 40 % of every window to revokes', () => {
    const budget = budgetOf();
    for (let sent = 0; sent < 6; sent += 1) {
      expect(budget.waitMs(poll, T)).toBe(0);
      budget.spend('all', T);
    }
    expect(budget.waitMs(poll, T + 10_000)).toBe(50_000);
    for (let sent = 0; sent < 4; sent += 1) {
      expect(budget.waitMs(revoke, T)).toBe(0);
      budget.spend('all', T);
    }
    expect(budget.waitMs(revoke, T + 10_000)).toBe(50_000);
  });

  it('slides: what left the window is free again', () => {
    const budget = budgetOf();
    for (let sent = 0; sent < 6; sent += 1) budget.spend('all', T + sent * 1000);
    expect(budget.waitMs(poll, T + 60_000)).toBe(0);
    budget.spend('all', T + 60_000);
    expect(budget.waitMs(poll, T + 60_000)).toBe(1000);
  });

  it('always lets one poll through, however small it is', () => {
    const budget = budgetOf([{ max: 1, windowMs: 2000, per: 'ip' }]);
    expect(budget.waitMs(poll, T)).toBe(0);
    budget.spend('all', T);
    expect(budget.waitMs(poll, T + 500)).toBe(1500);
  });

  it('counts every bucket by itself', () => {
    const budget = budgetOf();
    for (let sent = 0; sent < 10; sent += 1) budget.spend('list', T);
    expect(budget.waitMs({ ...revoke, bucket: 'list' }, T)).toBe(60_000);
    expect(budget.waitMs({ ...revoke, bucket: 'end' }, T)).toBe(0);
  });

  it('does not hold back a poll ordered by hand', () => {
    const budget = budgetOf();
    for (let sent = 0; sent < 10; sent += 1) budget.spend('all', T);
    expect(budget.waitMs(byHand, T)).toBe(0);
  });
});

describe('a told budget', () => {
  it('wins over the documented one from the first answer on', () => {
    const budget = budgetOf();
    for (let sent = 0; sent < 10; sent += 1) budget.spend('all', T);
    budget.learn('all', 200, news({ limit: 100, remaining: 90, resetAtMs: T + 30_000 }), T);
    expect(budget.waitMs(poll, T)).toBe(0);
  });

  it('keeps its reserve for revokes until the told reset', () => {
    const budget = budgetOf();
    budget.learn('all', 200, news({ limit: 15, remaining: 6, resetAtMs: T + 90_000 }), T);
    expect(budget.waitMs(poll, T)).toBe(90_000);
    expect(budget.waitMs(byHand, T)).toBe(0);
    expect(budget.waitMs(revoke, T)).toBe(0);
  });

  it('stops everybody when nothing remains, a poll ordered by hand too', () => {
    const budget = budgetOf();
    budget.learn('all', 200, news({ limit: 15, remaining: 0, resetAtMs: T + 90_000 }), T);
    expect(budget.waitMs(byHand, T)).toBe(90_000);
    expect(budget.waitMs(revoke, T)).toBe(90_000);
    expect(budget.waitMs(revoke, T + 90_000)).toBe(0);
  });

  it('is not refilled by an answer that was under way when the last request went out', () => {
    const budget = budgetOf();
    const told = news({ limit: 10, remaining: 2, resetAtMs: T + 60_000 });
    budget.learn('all', 200, told, T);
    budget.spend('all', T);
    budget.spend('all', T);
    budget.learn('all', 200, told, T);
    expect(budget.waitMs(revoke, T)).toBe(60_000);
  });

  it('survives an answer that says nothing, as the first of a window may', () => {
    const budget = budgetOf();
    budget.learn('all', 200, news({ limit: 15, remaining: 0, resetAtMs: T + 90_000 }), T);
    budget.learn('all', 200, null, T);
    expect(budget.waitMs(revoke, T)).toBe(90_000);
  });

  it('believes no wait below a second or above an hour', () => {
    const soon = budgetOf();
    soon.learn('all', 200, news({ limit: 10, remaining: 0, resetAtMs: T - 5 }), T);
    expect(soon.waitMs(revoke, T)).toBe(1000);
    const never = budgetOf();
    never.learn('all', 200, news({ limit: 10, remaining: 0, resetAtMs: T + 1e12 }), T);
    expect(never.waitMs(revoke, T)).toBe(3_600_000);
  });
});

describe('a refusal', () => {
  it('closes the bucket for everybody for as long as it says', () => {
    const budget = budgetOf();
    expect(budget.refuse('all', news({ retryAfterMs: 37_000 }), T)).toBe(37_000);
    expect(budget.waitMs(byHand, T)).toBe(37_000);
    expect(budget.waitMs(revoke, T)).toBe(37_000);
    expect(budget.waitMs(poll, T + 37_000)).toBe(0);
  });

  it('that says nothing lasts for the documented window', () => {
    expect(budgetOf().refuse('all', null, T)).toBe(60_000);
  });

  it('is jittered upwards only', () => {
    const budget = new Budget(tenAMinute, false, () => 1);
    expect(budget.refuse('all', news({ retryAfterMs: 10_000 }), T)).toBe(11_000);
  });

  it('is clamped between a second and an hour', () => {
    expect(budgetOf().refuse('all', news({ retryAfterMs: 0 }), T)).toBe(1000);
    expect(budgetOf().refuse('all', news({ retryAfterMs: 1e15 }), T)).toBe(3_600_000);
  });
});

describe('silence where the limiter always speaks', () => {
  it('means that there is none, after a success', () => {
    const budget = budgetOf(tenAMinute, true);
    budget.learn('all', 200, null, T);
    for (let sent = 0; sent < 50; sent += 1) budget.spend('all', T);
    expect(budget.waitMs(poll, T)).toBe(0);
  });

  it('of an error means nothing: it may come from in front of the limiter', () => {
    const budget = budgetOf(tenAMinute, true);
    budget.learn('all', 400, null, T);
    for (let sent = 0; sent < 10; sent += 1) budget.spend('all', T);
    expect(budget.waitMs(poll, T)).toBe(60_000);
  });

  it('ends when the limiter is switched on', () => {
    const budget = budgetOf(tenAMinute, true);
    budget.learn('all', 200, null, T);
    budget.learn('all', 200, news({ limit: 10, remaining: 0, resetAtMs: T + 20_000 }), T);
    expect(budget.waitMs(poll, T)).toBe(20_000);
  });
});
