import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { appSession, startAppApi } from '../support/app-session.ts';
import { eagerClock } from '../support/clock.ts';
import { poll, revoke } from '../support/engine.ts';
import { panelSession, startPanelApi } from '../support/panel-session.ts';
import { engineOn } from '../support/tethered-engine.ts';

const DAY_MS = 86_400_000;

function everyByteWritten(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return Buffer.concat(files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file)));
}

it('trap 3: writes no rotated cookie, fingerprint or token that an error echoes', async () => {
  const clock = eagerClock();
  const other = 'a-live-token-of-the-panel/+that is encoded';
  const panel = await startPanelApi({ clock, sessions: [panelSession('own'), panelSession(other)] });
  const app = await startAppApi({ clock, sessions: [appSession('one')], rotatesToken: true, freshAgeMs: 0 });
  const source = {
    ...app.source,
    kind: 'better-auth',
    mode: 'admin',
    auth: { cookie: { env: 'APP_COOKIE' } },
  } as const;
  const near = await engineOn([panel, { ...app, source }], { clock });
  await poll(near);
  clock.skip(2 * DAY_MS);
  await poll(near);
  const rotated = app.api.sessions.find(({ id }) => id === 'own')?.token ?? 'own';
  expect(rotated).not.toBe('token-of-own');
  const fingerprint = panel.api.sessions.find(({ token }) => token === 'own')?.seen?.fingerprint ?? 'none';
  expect(fingerprint).toMatch(/^[0-9a-f]{40}$/);
  // The panel's refusal repeats the address of the request, and the token stands in it.
  panel.api.faults.inject('server-error', { on: ({ method }) => method === 'DELETE' });
  const job = await revoke(near, { query: 'source:panel' });
  expect(job.counts).toMatchObject({ 'still-present': 1 });

  const told = JSON.stringify([
    job,
    await near.call.sessions.list({}),
    await near.call.sources.list(),
    await near.call.audit.list({}),
    near.log,
  ]);
  const bytes = everyByteWritten(near.dataDir);
  expect(bytes.includes('incident 42')).toBe(true);
  for (const secret of [
    rotated,
    fingerprint,
    other,
    encodeURIComponent(other),
    'token-of-own',
    'token-of-one',
  ]) {
    expect(told.includes(secret), `${secret} in an answer or log`).toBe(false);
    expect(bytes.includes(secret), `${secret} on disk`).toBe(false);
  }
});
