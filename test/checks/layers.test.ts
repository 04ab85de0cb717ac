import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkLayers } from '../../checks/layers.ts';
import type { Zone } from '../../checks/layer-rules.ts';

const zones: readonly Zone[] = [
  { files: 'src/contract/', paths: [], packages: ['zod'] },
  { files: 'src/engine/source/*/', ownFolderOnly: true, paths: ['src/engine/source/http.ts'], packages: [] },
  { files: 'src/engine/', paths: ['src/contract/'], packages: ['node:'] },
];

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'layers-'));
  // What every rule allows is used once, so that only the planted violation is reported.
  plant('src/contract/session.ts', `import { z } from 'zod'; export const session = z;`);
  plant(
    'src/engine/source/http.ts',
    `import 'node:http'; import type { session } from '../../contract/session.ts';`,
  );
  plant('src/engine/source/okta/source.ts', `import '../http.ts'; import './wire.ts';`);
  plant('src/engine/source/okta/wire.ts', `export {};`);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const violations = () => checkLayers(root, zones).violations;

describe('the layer check', () => {
  it('passes a tree that keeps the rules, and says how much it saw', () => {
    expect(checkLayers(root, zones)).toEqual({ files: 4, imports: 5, violations: [] });
  });

  it.each([
    ['a static import', `import { app } from 'electron';`],
    ['an import type', `import type { App } from 'electron';`],
    ['a re-export', `export { app } from 'electron';`],
    ['a dynamic import', `await import('electron');`],
    ['an import type expression', `export type A = import('electron').App;`],
    ['a require', `const e = require('electron');`],
    ['a deep path of a package', `import 'electron/main';`],
  ])('reports a forbidden package in %s', (_how, text) => {
    plant('src/engine/poll.ts', text);
    expect(violations()).toEqual([expect.stringContaining('src/engine/poll.ts:1: "electron')]);
  });

  it('reports a path into another layer, with a query behind it or not', () => {
    plant(
      'src/contract/event.ts',
      `import '../engine/source/http.ts'; import '../engine/source/http.ts?modulePath';`,
    );
    expect(violations()).toEqual([
      expect.stringContaining('src/engine/source/http.ts is out of bounds'),
      expect.stringContaining('src/engine/source/http.ts is out of bounds'),
    ]);
  });

  it('reports one vendor importing another', () => {
    plant('src/engine/source/auth0/source.ts', `import '../okta/wire.ts';`);
    expect(violations()).toEqual([
      expect.stringContaining('src/engine/source/okta/wire.ts is out of bounds'),
    ]);
  });

  it('reports a computed import, which nobody can check', () => {
    plant('src/engine/poll.ts', `const name = 'elec' + 'tron'; await import(name);`);
    expect(violations()).toEqual([expect.stringContaining('computed import')]);
  });

  it('reports a file that no zone covers', () => {
    plant('src/misc/helper.ts', `export {};`);
    expect(violations()).toEqual([expect.stringContaining('no zone covers it')]);
  });

  it('reports an import cycle', () => {
    plant('src/engine/a.ts', `import './b.ts';`);
    plant('src/engine/b.ts', `import './a.ts';`);
    expect(violations()).toEqual([
      expect.stringContaining('src/engine/a.ts → src/engine/b.ts → src/engine/a.ts'),
    ]);
  });

  it('reports a rule that nothing uses any more', () => {
    plant('src/contract/session.ts', `export const session = 1;`);
    expect(violations()).toEqual([expect.stringContaining('nothing in src/contract/ uses "zod" any more')]);
  });
});
