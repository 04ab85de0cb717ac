import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOwnAddress, resolveAppPath } from '../../src/main/app-path.ts';
import { answer, registerAppScheme } from '../../src/main/app-protocol.ts';

const root = '/opt/app/renderer';

describe('addresses of the app', () => {
  it.each([
    ['app://sessionscope/', { kind: 'page' }],
    ['app://sessionscope/?a=b#/sessions', { kind: 'page' }],
    ['app://sessionscope/index.html', { kind: 'page' }],
    ['app://sessionscope/assets/../index.html', { kind: 'page' }],
    ['app://sessionscope/assets/app-1.js', { kind: 'file', path: '/opt/app/renderer/assets/app-1.js' }],
    ['app://sessionscope/a%20b.css', { kind: 'file', path: '/opt/app/renderer/a b.css' }],
    ['app://sessionscope/%2e%2e/secret.txt', { kind: 'file', path: '/opt/app/renderer/secret.txt' }],
    ['app://sessionscope/..%2fsecret.txt', null],
    ['app://sessionscope/assets/..%2f..%2fsecret.txt', null],
    ['app://sessionscope/%2e%2e%2frenderer-old/x.js', null],
    ['app://sessionscope/..%5csecret.txt', null],
    ['app://sessionscope/x.js%00.png', null],
    ['app://sessionscope/%zz.js', null],
    ['app://evil/index.html', null],
    ['app://sessionscope.evil/index.html', null],
    ['https://sessionscope/index.html', null],
    ['file:///etc/passwd', null],
    ['nonsense', null],
  ])('%s', (address, target) => {
    expect(resolveAppPath(address, root)).toEqual(target);
  });

  it('are our own by scheme and host alone, whatever the text looks like', () => {
    expect(isOwnAddress('app://sessionscope/x')).toBe(true);
    for (const foreign of [
      'https://evil.example/app://sessionscope/',
      'app://sessionscope@evil.example/',
      'app://user@sessionscope/',
      'app://sessionscope:81/',
      'appx://sessionscope/',
      'data:text/html,app://sessionscope/',
      '',
    ]) {
      expect(isOwnAddress(foreign), foreign).toBe(false);
    }
  });
});

describe("the app's own protocol", () => {
  let folder = '';
  const files = () => ({ rendererDir: join(folder, 'renderer'), startFailure: () => null });
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sessionscope-app-'));
    await mkdir(join(folder, 'renderer/assets'), { recursive: true });
    await writeFile(join(folder, 'renderer/index.html'), '<style nonce="SESSIONSCOPE_NONCE"></style>');
    await writeFile(join(folder, 'renderer/assets/app.js'), 'export {};');
    await writeFile(join(folder, 'renderer/notes.exe'), 'x');
    await writeFile(join(folder, 'secret.txt'), 'secret');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('serves the document with a new nonce each time, never stored', async () => {
    const bodies = new Set<string>();
    for (let n = 0; n < 2; n += 1) {
      const response = await answer('app://sessionscope/', files());
      const body = await response.text();
      const nonce = /nonce="([^"]+)"/.exec(body)?.[1] ?? 'none';
      expect(response.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(response.headers.get('cache-control')).toBe('no-store');
      bodies.add(body);
    }
    expect(bodies.size).toBe(2);
  });

  it('serves files of known kinds with their type and nothing else', async () => {
    const script = await answer('app://sessionscope/assets/app.js', files());
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await script.text()).toBe('export {};');
    for (const path of ['notes.exe', 'assets', 'assets/none.js', '..%2fsecret.txt']) {
      const response = await answer(`app://sessionscope/${path}`, files());
      expect(response.status, path).toBe(404);
      expect(await response.text()).not.toContain('secret');
    }
  });

  it('shows why the engine could not start, as text, in place of the page', async () => {
    const reason = 'The file is of a newer version <img src=x onerror=alert(1)> & "more".';
    const response = await answer('app://sessionscope/', { ...files(), startFailure: () => reason });
    const body = await response.text();
    expect(body).toContain('newer version &#60;img src=x onerror=alert(1)&#62; &#38; &#34;more&#34;.');
    expect(body).not.toMatch(/<script|<img|SESSIONSCOPE_NONCE/);
    expect(body).toContain('href="app://sessionscope/"');
  });

  it('has an origin and fetch, and neither CORS nor a way around the policy', () => {
    const registered: Electron.CustomScheme[] = [];
    registerAppScheme({ registerSchemesAsPrivileged: (schemes) => void registered.push(...schemes) });
    expect(registered).toEqual([
      {
        scheme: 'app',
        privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
      },
    ]);
  });
});
