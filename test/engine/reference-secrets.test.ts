import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReferenceSecrets } from '../../src/engine/reference-secrets.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sessionscope-secrets-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function secretFile(text: string, mode: number): Promise<string> {
  const path = join(folder, 'token');
  await writeFile(path, text);
  await chmod(path, mode);
  return path;
}

describe('secrets by reference', () => {
  it('come from the environment at each use, so a new value counts at once', async () => {
    const variables = new Map([['CHAT_TOKEN', 'first']]);
    const secrets = createReferenceSecrets({ env: (name) => variables.get(name) });
    expect((await secrets.resolve({ env: 'CHAT_TOKEN' })).reveal()).toBe('first');
    variables.set('CHAT_TOKEN', 'second');
    expect((await secrets.resolve({ env: 'CHAT_TOKEN' })).reveal()).toBe('second');
  });

  it('name the variable that is missing or empty', async () => {
    const secrets = createReferenceSecrets({ env: (name) => (name === 'EMPTY' ? '' : undefined) });
    for (const env of ['EMPTY', 'MISSING']) {
      await expect(secrets.resolve({ env })).rejects.toMatchObject({
        code: 'invalid-input',
        message: `The environment variable ${env} is not set. Set it where Sessionscope is started.`,
      });
    }
  });

  it('come from a file that only its owner can read, without the final line break', async () => {
    const secrets = createReferenceSecrets({ env: () => undefined });
    const file = await secretFile('to ken\n', 0o600);
    expect((await secrets.resolve({ file })).reveal()).toBe('to ken');
    await chmod(file, 0o400);
    expect((await secrets.resolve({ file })).reveal()).toBe('to ken');
  });

  // Windows has no such modes.
  it.skipIf(process.platform === 'win32').each([0o640, 0o604, 0o644, 0o620, 0o601])(
    'are refused from a file that others can reach (mode %o)',
    async (mode) => {
      const secrets = createReferenceSecrets({ env: () => undefined });
      const file = await secretFile('token', mode);
      await expect(secrets.resolve({ file })).rejects.toMatchObject({
        code: 'invalid-input',
        message: expect.stringContaining(`(mode ${mode.toString(8)}). Run chmod 600 on it.`) as string,
      });
    },
  );

  it('are refused from what is missing, empty, too large or no file', async () => {
    const secrets = createReferenceSecrets({ env: () => undefined });
    await expect(secrets.resolve({ file: join(folder, 'none') })).rejects.toThrow(/can not be read/);
    await expect(secrets.resolve({ file: await secretFile('\n', 0o600) })).rejects.toThrow(/is empty/);
    await expect(secrets.resolve({ file: await secretFile('x'.repeat(65_537), 0o600) })).rejects.toThrow(
      /too large/,
    );
    await expect(secrets.resolve({ file: folder })).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('typed in are kept in memory until they are forgotten, and the page is told so', async () => {
    const secrets = createReferenceSecrets({ env: () => undefined });
    await secrets.store('k1', 'hunter2-hunter2');
    const secret = await secrets.resolve({ stored: 'k1' });
    expect(secret.reveal()).toBe('hunter2-hunter2');
    expect(inspect(secrets, { depth: 9, showHidden: true })).not.toContain('hunter2');
    await secrets.forget('k1');
    await secrets.forget('unknown');
    await expect(secrets.resolve({ stored: 'k1' })).rejects.toMatchObject({ code: 'invalid-input' });
    expect(secrets.storeDescription).toMatch(/in memory/);
  });
});
