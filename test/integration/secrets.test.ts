import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planted, startSixApis, type SixApis } from '../support/six-apis.ts';
import { poll, startEngine, type TestEngine } from '../support/engine.ts';

let far: SixApis;
let near: TestEngine;
beforeEach(async () => {
  far = await startSixApis();
  near = await startEngine({ env: far.env, sources: far.sources });
});
afterEach(async () => {
  await near.close();
  await far.close();
});

/** Everything below the data directory, byte by byte. */
function everyByteWritten(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return Buffer.concat(files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file)));
}

describe('live tokens', () => {
  it('reach no database, log, answer, report or audit, whatever happens', async () => {
    const answers: unknown[] = [];
    answers.push([...(await poll(near)).values()]);
    const plan = await near.call.revocations.plan({ query: 'source:app,panel,chat,files' });
    const { id } = await near.call.revocations.start({ planId: plan.id, reason: 'incident 42' });
    for await (const summary of await near.call.revocations.watch({ id })) answers.push(summary);
    for (const api of Object.values(far.apis)) api.faults.inject('unauthorized');
    answers.push([...(await poll(near)).values()]);
    for (const api of Object.values(far.apis)) api.faults.clear();
    for (const api of Object.values(far.apis)) api.faults.inject('truncated');
    answers.push([...(await poll(near)).values()]);
    for await (const step of await near.call.reports.create({ format: 'csv' })) answers.push(step);
    for await (const step of await near.call.reports.create({ format: 'jsonl' })) answers.push(step);
    answers.push(
      await near.call.revocations.get({ id }),
      await near.call.sessions.list({}),
      await near.call.events.list({}),
    );
    answers.push(
      await near.call.findings.list({}),
      await near.call.users.list({}),
      await near.call.sources.list(),
    );
    answers.push(await near.call.audit.list({}));

    const text = JSON.stringify(answers) + near.log.join('\n');
    const bytes = everyByteWritten(near.dataDir);
    expect(bytes.length).toBeGreaterThan(100_000);
    for (const secret of Object.values(planted)) {
      expect(text.includes(secret), `${secret} in an answer or log`).toBe(false);
      expect(bytes.includes(secret), `${secret} on disk`).toBe(false);
    }
    // The search itself works: what may be written is found in both.
    expect(text).toContain('incident 42');
    expect(bytes.includes('incident 42')).toBe(true);
  });
});
