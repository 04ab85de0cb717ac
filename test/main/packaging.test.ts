import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import electronVite from '../../electron.vite.config.ts';
import { createTerminalHost } from '../../src/cli/host.ts';

const config = parse(readFileSync('electron-builder.yml', 'utf8')) as Record<string, unknown>;
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  main: string;
  dependencies: Record<string, string>;
};

describe('the packaging configuration', () => {
  it('sets every fuse that SECURITY.md promises', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
      loadBrowserProcessSpecificV8Snapshot: false,
    });
  });

  it('packs the built app into an archive, native modules beside it and the databases outside', () => {
    expect(config).toMatchObject({
      asar: true,
      asarUnpack: ['**/*.node'],
      npmRebuild: false,
      publish: null,
      extraResources: [{ from: 'out/geoip', to: 'geoip' }],
    });
    expect(config.files).toEqual(
      expect.arrayContaining(['out/main/**', 'out/preload/**', 'out/renderer/**']),
    );
    expect(manifest.main).toBe('out/main/index.js');
    expect(existsSync(String(config.icon))).toBe(true);
  });

  it('keeps the thread of the store in the archive that is checked, where both hosts look for it', () => {
    const input = { 'store-thread': resolve('src/engine/store/threads/store-thread.ts') };
    const built = { input, output: { entryFileNames: '[name].js' } };
    expect(electronVite).toMatchObject({ main: { build: { outDir: 'out/main', rollupOptions: built } } });
    // Electron reads archives in worker threads too; a file beside the archive would be run unchecked.
    const unpacked = config.asarUnpack as readonly string[];
    expect(unpacked.filter((pattern) => !pattern.endsWith('.node'))).toEqual([]);
    expect(readFileSync('src/main/index.ts', 'utf8')).toContain(
      "storeThread: join(import.meta.dirname, 'store-thread.js')",
    );
    const host = createTerminalHost('web', { dataDir: '/data', verbose: false, threads: true });
    expect(host.paths.storeThread).toBe(resolve('out/main/store-thread.js'));
  });

  it('ships what the main process requires at run time as dependencies', () => {
    expect(Object.keys(manifest.dependencies)).toEqual(
      expect.arrayContaining(['better-sqlite3', '@trpc/server', 'env-paths', 'zod']),
    );
  });
});
