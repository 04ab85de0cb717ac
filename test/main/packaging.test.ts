import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

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

  it('ships what the main process requires at run time as dependencies', () => {
    expect(Object.keys(manifest.dependencies)).toEqual(
      expect.arrayContaining(['better-sqlite3', '@trpc/server', 'env-paths', 'zod']),
    );
  });
});
