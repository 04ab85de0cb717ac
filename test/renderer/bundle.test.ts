import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import { NONCE_PLACEHOLDER } from '../../src/contract/csp.ts';

const root = join(import.meta.dirname, '../../src/renderer');
const outDir = join(import.meta.dirname, '../../.cache/renderer-bundle');

type Chunk = { readonly name: string; readonly text: string };
let chunks: readonly Chunk[] = [];
let html = '';

describe('the built page', () => {
  beforeAll(async () => {
    await build({
      configFile: false,
      root,
      logLevel: 'error',
      plugins: [react()],
      html: { cspNonce: NONCE_PLACEHOLDER },
      build: { outDir, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
    });
    html = await readFile(join(outDir, 'index.html'), 'utf8');
    const names = (await readdir(join(outDir, 'assets'))).filter((name) => name.endsWith('.js'));
    chunks = await Promise.all(
      names.map(async (name) => ({ name, text: await readFile(join(outDir, 'assets', name), 'utf8') })),
    );
  }, 60_000);

  it('holds no schemas and nothing of the engine', () => {
    for (const { name, text } of chunks) {
      expect(text.includes('ZodError'), `zod in ${name}`).toBe(false);
      expect(text.includes('initTRPC'), `the router in ${name}`).toBe(false);
      expect(text.includes('must not contain a user name or password'), `a schema in ${name}`).toBe(false);
    }
  });

  it('fetches the map and its shapes only when they are asked for', () => {
    const first = [...html.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map(([, name]) => name);
    expect(first.length).toBeGreaterThan(0);
    for (const { name, text } of chunks.filter(({ name: file }) => first.includes(file))) {
      expect(text.includes('leaflet-container'), `Leaflet in ${name}`).toBe(false);
      expect(text.includes('"Topology"'), `shapes in ${name}`).toBe(false);
    }
  });

  it('has no inline script or style that its policy would have to allow', () => {
    for (const [, attributes = '', body = ''] of html.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)) {
      expect(attributes).toContain('src=');
      expect(body.trim()).toBe('');
    }
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
    expect(html).toContain(`<meta property="csp-nonce" nonce="${NONCE_PLACEHOLDER}">`);
  });

  it('sets the colour scheme before any style', () => {
    expect(html.indexOf('color-scheme.js')).toBeGreaterThan(0);
    expect(html.indexOf('color-scheme.js')).toBeLessThan(html.indexOf('rel="stylesheet"'));
  });
});
