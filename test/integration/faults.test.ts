import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SourceKind } from '../../src/contract/source.ts';
import type { FaultName } from '../../src/demo/api/faults.ts';
import { eagerClock, type EagerClock } from '../support/clock.ts';
import { sourceOfKind, startSixApis, type SixApis } from '../support/six-apis.ts';
import { poll, startEngine, type TestEngine } from '../support/engine.ts';

const KINDS = [
  '7331-hapi',
  '7331-portal',
  'xyrapanel',
  'rocketchat',
  'zipline',
  'better-auth',
] as const satisfies readonly SourceKind[];
const PAGED = ['xyrapanel', 'rocketchat', 'better-auth'] as const satisfies readonly SourceKind[];

/** Which code each fault must come out as; XyraPanel's and Zipline's 401 have more than one meaning. */
const CODES: readonly (readonly [FaultName, readonly string[]])[] = [
  ['unauthorized', ['unauthorized', 'quota', 'stale-login']],
  ['forbidden', ['forbidden']],
  ['rate-limited', ['rate-limited']],
  ['server-error', ['server-error']],
  ['truncated', ['bad-answer']],
  ['cut', ['offline', 'bad-answer']],
  ['html', ['bad-answer']],
  ['redirect', ['redirected']],
];

let far: SixApis;
let near: TestEngine;
let clock: EagerClock;
beforeAll(async () => {
  far = await startSixApis();
});
afterAll(() => far.close());
beforeEach(async () => {
  clock = eagerClock();
  near = await startEngine({ env: far.env, sources: far.sources, clock });
  await poll(near);
});
afterEach(async () => {
  for (const api of Object.values(far.apis)) api.faults.clear();
  await near.close();
});

/** What a list shows of the sessions of a source, without what every sweep renews. */
async function stored(source: string) {
  const { rows } = await near.call.sessions.list({ query: `source:${source}` });
  return rows
    .map(({ key, state, endedAt, ip }) => ({ key, state, endedAt, ip }))
    .sort((a, b) => a.key.localeCompare(b.key));
}

async function expectUnharmed(source: string, codes: readonly string[]) {
  const before = await stored(source);
  const report = (await poll(near, [source])).get(source);
  expect(report).toMatchObject({ ok: false, complete: false, ended: 0 });
  expect(codes).toContain(report?.error?.code);
  expect(await stored(source)).toEqual(before);
  const shown = (await near.call.sources.list()).find(({ id }) => id === source);
  expect(shown).toMatchObject({ health: 'failing', problem: { code: report?.error?.code } });
}

describe.each(KINDS)('faults of %s', (kind) => {
  it.each(CODES)(
    '%s leaves the stored sessions as they were, marks the source, and it recovers',
    async (fault, codes) => {
      const source = sourceOfKind[kind];
      far.apis[kind].faults.inject(fault);
      await expectUnharmed(source, codes);
      far.apis[kind].faults.clear();
      clock.skip(3_600_000); // whatever wait a refusal asked for
      expect((await poll(near, [source])).get(source)).toMatchObject({ ok: true, ended: 0, error: null });
      expect((await near.call.sources.list()).find(({ id }) => id === source)).toMatchObject({
        health: 'healthy',
        problem: null,
      });
    },
  );
});

describe.each(PAGED)('a listing of %s in pages', (kind) => {
  it('ends nothing by a page that lacks rows', async () => {
    far.apis[kind].faults.inject('partial');
    const source = sourceOfKind[kind];
    const before = await stored(source);
    const report = (await poll(near, [source])).get(source);
    expect(report?.ended).toBe(0);
    // What a short page left out was either asked for again or makes the sweep incomplete.
    if (report?.complete === true) expect(report.sessions).toBe(before.length);
    expect(await stored(source)).toEqual(before);
  });
});
