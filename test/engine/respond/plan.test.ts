import { describe, expect, it } from 'vitest';
import { planRevocation } from '../../../src/engine/respond/plan.ts';
import type { Session } from '../../../src/contract/session.ts';
import type { Capabilities } from '../../../src/contract/source.ts';
import { aSession, someCapabilities } from '../../support/session.ts';

function plan(
  sessions: readonly Session[],
  over: { include?: string[]; capabilities?: Partial<Capabilities>; unknown?: string[] } = {},
) {
  return planRevocation({
    sessions,
    unknownKeys: over.unknown ?? [],
    includeCurrent: new Set(over.include ?? []),
    capabilities: new Map([['app', someCapabilities(over.capabilities)]]),
  });
}

describe('planning a revocation', () => {
  it('freezes an explicit list with who each session belongs to', () => {
    const { items, counts } = plan([aSession({ key: 'k1', hint: 'wxyz' })]);
    expect(items).toEqual([
      {
        session: 'k1',
        source: 'app',
        userId: 'u1',
        userName: 'ann',
        hint: 'wxyz',
        state: 'planned',
        why: null,
      },
    ]);
    expect(counts).toEqual({ planned: 1 });
  });

  it("leaves the operator's own session out unless it is named", () => {
    const own = aSession({ key: 'own', current: true });
    expect(plan([own]).items[0]).toMatchObject({
      state: 'skipped',
      why: expect.stringContaining('Sessionscope itself'),
    });
    const named = plan([own], { include: ['own'] });
    expect(named.items[0]).toMatchObject({ state: 'planned', why: null });
    expect(named.warnings.join(' ')).toContain('may be your own sign-in');
  });

  it('leaves sessions of the own account out where the current one is unknown, and says so', () => {
    const maybe = aSession({ key: 'maybe', current: null, userId: 'admin' });
    const other = aSession({ key: 'other', current: null, userId: 'eve' });
    const { items, warnings } = plan([maybe, other]);
    expect(items.map(({ state }) => state)).toEqual(['skipped', 'planned']);
    expect(warnings).toContainEqual(expect.stringContaining('does not tell which session is your own'));
  });

  it.each(['ended', 'revoked', 'expired'] as const)('skips a session that is %s', (state) => {
    expect(plan([aSession({ state })]).items[0]).toMatchObject({
      state: 'skipped',
      why: expect.stringContaining(state),
    });
  });

  it('skips what the API can not end, and what is no longer configured', () => {
    expect(plan([aSession()], { capabilities: { canRevokeOne: false } }).items[0]?.why).toContain(
      'no way to end a session',
    );
    expect(plan([aSession({ source: 'gone' })]).items[0]?.why).toContain('no longer configured');
  });

  it('says how long ended sessions may still be accepted, and which names are unknown', () => {
    const { warnings } = plan([aSession()], {
      capabilities: { revokeLatencyMs: 300_000 },
      unknown: ['nope'],
    });
    expect(warnings).toEqual([
      expect.stringContaining('up to 5 more minutes'),
      expect.stringContaining('1 of the named sessions do not exist: nope'),
    ]);
  });

  it('counts the waits that a budget forces into the estimate', () => {
    const sessions = Array.from({ length: 25 }, (_, index) => aSession({ key: `k${index}` }));
    const rate = [{ max: 10, windowMs: 60_000, per: 'ip' as const }];
    expect(plan(sessions, { capabilities: { rate } }).estimatedSeconds).toBeGreaterThanOrEqual(120);
    expect(plan(sessions).estimatedSeconds).toBeLessThan(30);
  });
});
