import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSecretStore } from '../../src/main/secrets.ts';
import { safeStorageDouble } from '../support/electron-double.ts';

let folder = '';
let file = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sessionscope-safe-'));
  file = join(folder, 'data', 'secrets.json');
});
afterEach(() => rm(folder, { recursive: true }));

describe('typed secrets in the desktop app', () => {
  it('are kept encrypted in a file of mode 600, and found again by the next start', async () => {
    const { storage } = safeStorageDouble();
    const store = await openSecretStore(storage, 'linux', file);
    expect(store.description).toBe(
      'Secrets typed here are encrypted by the operating system for your account.',
    );
    await store.answer({ verb: 'keep', id: 'k1', value: 'hunter2-token' });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).not.toContain('hunter2');

    const next = await openSecretStore(storage, 'linux', file);
    expect(await next.answer({ verb: 'read', id: 'k1' })).toEqual({ ok: true, value: 'hunter2-token' });
    await next.answer({ verb: 'forget', id: 'k1' });
    expect(await next.answer({ verb: 'read', id: 'k1' })).toEqual({ ok: true, value: null });
  });

  it('are not lost when many are kept at once', async () => {
    const store = await openSecretStore(safeStorageDouble().storage, 'darwin', file);
    const ids = Array.from({ length: 20 }, (_, n) => `k${n}`);
    await Promise.all(ids.map((id) => store.answer({ verb: 'keep', id, value: `value of ${id}` })));
    for (const id of ids) {
      expect(await store.answer({ verb: 'read', id })).toEqual({ ok: true, value: `value of ${id}` });
    }
  });

  it('stay in memory under basic_text, and the page is told that it is no encryption', async () => {
    const { storage, encrypted } = safeStorageDouble({ backend: 'basic_text' });
    const store = await openSecretStore(storage, 'linux', file);
    expect(store.description).toMatch(/\(basic_text\) is no encryption: secrets typed here stay in memory/);
    await store.answer({ verb: 'keep', id: 'k1', value: 'hunter2-token' });
    expect(await store.answer({ verb: 'read', id: 'k1' })).toEqual({ ok: true, value: 'hunter2-token' });
    expect(encrypted).toEqual([]);
    await expect(stat(file)).rejects.toThrow();
    await store.answer({ verb: 'forget', id: 'k1' });
    expect(await store.answer({ verb: 'read', id: 'k1' })).toEqual({ ok: true, value: null });
  });

  it('stay in memory where the system can not encrypt now', async () => {
    const { storage } = safeStorageDouble({ isAvailable: false });
    expect((await openSecretStore(storage, 'win32', file)).description).toMatch(/no encryption now.*memory/);
  });

  it('are encrypted again when the system changed its key', async () => {
    const double = safeStorageDouble();
    const store = await openSecretStore(double.storage, 'darwin', file);
    await store.answer({ verb: 'keep', id: 'k1', value: 'token' });
    double.rotateKey();
    await store.answer({ verb: 'read', id: 'k1' });
    expect(double.encrypted).toEqual(['token', 'token']);
  });

  it('fail with a sentence when the store is locked or its file is broken, and never with the secret', async () => {
    const double = safeStorageDouble();
    const store = await openSecretStore(double.storage, 'darwin', file);
    await store.answer({ verb: 'keep', id: 'k1', value: 'token' });
    double.lock();
    expect(await store.answer({ verb: 'read', id: 'k1' })).toEqual({
      ok: false,
      failure: 'The operating system did not open its store for secrets. Unlock it, then try again.',
    });
    await writeFile(file, '{"k1":');
    expect(await store.answer({ verb: 'forget', id: 'k1' })).toMatchObject({ ok: false });
  });
});
