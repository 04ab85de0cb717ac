import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);

/** The folder of bundled databases as the build makes it; made once, shared by all tests that only read it. */
export function packedGeoip(): string {
  const folder = fileURLToPath(new URL('.cache/test-geoip', root));
  packGeoip(folder);
  return folder;
}

/** Runs the build's packer and answers what it printed. */
export function packGeoip(folder: string): string {
  const script = fileURLToPath(new URL('scripts/pack-asn.mjs', root));
  return execFileSync(process.execPath, [script, folder], { encoding: 'utf8' });
}
