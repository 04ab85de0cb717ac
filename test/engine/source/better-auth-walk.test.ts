import { describe, expect, it } from 'vitest';
import { walkUsers } from '../../../src/engine/source/better-auth/walk.ts';

const user = { id: 'robot', name: 'Robot', email: 'robot@example.test' };
const context = { currentId: 'own', nowMs: Date.parse('2026-11-20T12:00:00Z') };

function sessionOf(index: number) {
  const at = new Date(context.nowMs - index * 1_000).toISOString();
  return {
    id: `s${index}`,
    token: `t${index}`,
    userId: user.id,
    createdAt: at,
    updatedAt: at,
    expiresAt: '2027-01-01T00:00:00.000Z',
    ipAddress: '198.51.100.7',
    userAgent: 'curl/8.0',
  };
}

describe('walking the users of better-auth', () => {
  it('makes pages of a bounded size of a user with very many sessions', async () => {
    const elements = Array.from({ length: 150_000 }, (_, index) => sessionOf(index));
    const pages = walkUsers(
      {
        users: () => Promise.resolve({ users: [user], total: 1 }),
        sessionsOf: () => Promise.resolve(elements),
        atOnce: 4,
      },
      context,
    );
    let largest = 0;
    const seen = new Set<string>();
    for (;;) {
      const step = await pages.next();
      if (step.done === true) {
        expect(step.value).toEqual({ complete: true });
        break;
      }
      largest = Math.max(largest, step.value.rows.length);
      for (const { identity } of step.value.rows) seen.add(identity);
    }
    expect(seen.size).toBe(elements.length);
    expect(largest).toBeLessThanOrEqual(1_000);
  });
});
