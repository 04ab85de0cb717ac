import { describe, expect, it } from 'vitest';
import type { RevocationItem, RevocationItemState } from '../../../src/contract/revocation.ts';
import { EngineError } from '../../../src/engine/errors.ts';
import type { LiveSession } from '../../../src/engine/poll/listed-sessions.ts';
import type { Sweep } from '../../../src/engine/poll/sweep.ts';
import { runSource, type Target } from '../../../src/engine/respond/run-source.ts';
import type { RevokeAnswer } from '../../../src/engine/source/source.ts';
import { testClock } from '../../support/clock.ts';
import { listedSessions } from '../../support/listed-sessions.ts';

/** A far side with sessions; `answer` decides what a request does and says. */
class FarSide implements Target {
  readonly sessions = new Map<string, LiveSession>();
  listed: ReadonlyMap<string, LiveSession> = new Map();
  requests: string[] = [];
  sweeps = 0;
  failingSweeps = 0;
  answer: (key: string) => RevokeAnswer = (key) => {
    this.sessions.delete(key);
    return { outcome: 'accepted', note: null };
  };

  constructor(...keys: string[]) {
    for (const key of keys) this.sessions.set(key, { native: key, userId: 'u1' });
  }

  async sweep(): Promise<Sweep> {
    this.sweeps += 1;
    const isComplete = this.failingSweeps === 0;
    if (!isComplete) this.failingSweeps -= 1;
    else this.listed = new Map(this.sessions);
    const error = isComplete ? null : { code: 'server-error' as const, message: 'The source answered 500.' };
    const report = {
      source: 'app',
      ok: isComplete,
      complete: isComplete,
      sessions: 0,
      new: 0,
      ended: 0,
      observations: 0,
      findings: 0,
      error,
    };
    const live = listedSessions(isComplete ? this.listed : []);
    return { report, live, retryAfterMs: null, isFault: !isComplete };
  }

  live(key: string) {
    return this.listed.get(key);
  }

  async revoke({ native }: LiveSession) {
    this.requests.push(String(native));
    return this.answer(String(native));
  }
}

async function run(
  far: FarSide,
  items: (string | [string, RevocationItemState])[],
  stopping = new AbortController().signal,
) {
  const clock = testClock();
  const steps = new Map<string, string[]>();
  const whys = new Map<string, string | null>();
  const done = runSource(
    {
      target: far,
      clock,
      stopping,
      record: async (session, state, why) => {
        steps.set(session, [...(steps.get(session) ?? []), state]);
        whys.set(session, why);
      },
    },
    items.map((item) => (typeof item === 'string' ? anItem(item, 'planned') : anItem(item[0], item[1]))),
  );
  for (let hour = 0; hour < 20; hour += 1) await clock.advance(3_600_000);
  await done;
  return { steps: Object.fromEntries(steps), whys: Object.fromEntries(whys) };
}

function anItem(session: string, state: RevocationItemState): RevocationItem {
  return { session, source: 'app', userId: 'u1', userName: null, hint: '', state, why: null };
}

function refusal(code: 'rate-limited' | 'timeout' | 'forbidden', retryAfterMs: number | null = null): never {
  throw new EngineError(code, `The source said ${code}.`, { retryAfterMs });
}

describe('ending the sessions of one source', () => {
  it('lists first when it does not know the sessions, then asks, then proves by another listing', async () => {
    const far = new FarSide('a', 'b');
    const { steps } = await run(far, ['a']);
    expect(steps).toEqual({ a: ['requested', 'accepted', 'verified'] });
    expect(far).toMatchObject({ sweeps: 2, requests: ['a'] });
    expect([...far.sessions.keys()]).toEqual(['b']);
  });

  it('leaves what a source remarked on its success behind once that is proven', async () => {
    const far = new FarSide('a');
    far.answer = (key) => {
      far.sessions.delete(key);
      return { outcome: 'accepted', note: 'It says so for unknown ones too.' };
    };
    expect((await run(far, ['a'])).whys).toEqual({ a: null });
  });

  it('believes no success answer: what is still listed is asked again and ends as still-present', async () => {
    const far = new FarSide('a');
    far.answer = () => ({ outcome: 'accepted', note: null });
    const { steps, whys } = await run(far, ['a']);
    expect(steps.a?.at(-1)).toBe('still-present');
    expect(far.requests).toHaveLength(3);
    expect(whys.a).toContain('still listed');
  });

  it('calls it already-gone only when the listing agrees', async () => {
    const far = new FarSide('a');
    far.answer = (key) => {
      far.sessions.delete(key);
      return { outcome: 'already-gone', note: null };
    };
    expect((await run(far, ['a'])).steps.a).toEqual(['requested', 'accepted', 'already-gone']);

    const lying = new FarSide('b');
    lying.answer = () => ({ outcome: 'already-gone', note: null });
    expect((await run(lying, ['b'])).steps.b?.at(-1)).toBe('still-present');
  });

  it('asks nothing of a session that is gone when the job begins', async () => {
    const far = new FarSide('b');
    expect((await run(far, ['a'])).steps).toEqual({ a: ['already-gone'] });
    expect(far.requests).toEqual([]);
  });

  it('takes a session that nothing is known of any more for gone only when a listing agrees', async () => {
    const far = new FarSide('a', 'b');
    const accept = far.answer;
    far.answer = (key) => {
      far.listed = new Map(); // the source was set up anew
      return accept(key);
    };
    const { steps } = await run(far, ['a', 'b']);
    expect(steps).toEqual({
      a: ['requested', 'accepted', 'verified'],
      b: ['requested', 'accepted', 'verified'],
    });
    expect(far.requests).toEqual(['a', 'b']);
  });

  it('waits out a refused budget and goes on', async () => {
    const far = new FarSide('a');
    const accept = far.answer;
    let refusals = 2;
    far.answer = (key) => (refusals-- > 0 ? refusal('rate-limited', 60_000) : accept(key));
    expect((await run(far, ['a'])).steps.a).toEqual(['requested', 'accepted', 'verified']);
  });

  it('lets the listing decide when the answer was lost', async () => {
    const far = new FarSide('a');
    far.answer = (key) => {
      far.sessions.delete(key);
      return refusal('timeout');
    };
    const { steps, whys } = await run(far, ['a']);
    expect(steps.a).toEqual(['requested', 'requested', 'verified']);
    expect(whys.a).toContain('answer was lost');
  });

  it('fails an item that the source refuses, and goes on with the others', async () => {
    const far = new FarSide('a', 'b');
    const accept = far.answer;
    far.answer = (key) => (key === 'a' ? refusal('forbidden') : accept(key));
    const { steps, whys } = await run(far, ['a', 'b']);
    expect(steps).toMatchObject({ a: ['requested', 'failed'], b: ['requested', 'accepted', 'verified'] });
    expect(whys.a).toBe('The source said forbidden.');
  });

  it('leaves items unverifiable when no complete listing can be had afterwards', async () => {
    const far = new FarSide('a');
    const accept = far.answer;
    far.answer = (key) => {
      far.failingSweeps = 99;
      return accept(key);
    };
    const { steps, whys } = await run(far, ['a']);
    expect(steps.a).toEqual(['requested', 'accepted', 'unverifiable']);
    expect(whys.a).toContain('answered 500');
  });

  it('tells what was asked before an interruption from what never was, when no listing can be had', async () => {
    const far = new FarSide('a', 'b');
    far.failingSweeps = 99;
    const { steps } = await run(far, [['a', 'accepted'], 'b']);
    expect(steps).toEqual({ a: ['unverifiable'], b: ['failed'] });
  });

  it('leaves items open for a later run when it is stopped while it waits for a listing', async () => {
    const far = new FarSide('a');
    const stop = new AbortController();
    const accept = far.answer;
    far.answer = (key) => {
      far.failingSweeps = 99;
      stop.abort();
      return accept(key);
    };
    expect((await run(far, ['a'], stop.signal)).steps).toEqual({ a: ['requested', 'accepted'] });
  });

  it('repeats a listing that failed before it believes or gives up anything', async () => {
    const far = new FarSide('a');
    far.failingSweeps = 2;
    expect((await run(far, ['a'])).steps.a).toEqual(['requested', 'accepted', 'verified']);
  });

  it('credits a session that a run before the interruption had asked to end', async () => {
    const far = new FarSide('b');
    const { steps, whys } = await run(far, [
      ['a', 'requested'],
      ['b', 'accepted'],
    ]);
    expect(steps).toMatchObject({ a: ['verified'], b: ['requested', 'accepted', 'verified'] });
    expect(whys.a).toContain('before an interruption');
  });

  it('stops after the current item and still proves what it asked', async () => {
    const far = new FarSide('a', 'b');
    const stop = new AbortController();
    const accept = far.answer;
    far.answer = (key) => {
      stop.abort();
      return accept(key);
    };
    expect((await run(far, ['a', 'b'], stop.signal)).steps).toEqual({
      a: ['requested', 'accepted', 'verified'],
    });
  });
});
