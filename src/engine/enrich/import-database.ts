import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { EngineError } from '../errors.ts';
import { attributionOf, roleOf, type GeoDatabase } from './geo-database.ts';
import { heldBytes } from './mmdb/file-bytes.ts';
import { Mmdb } from './mmdb/mmdb.ts';
import { networkReaderOf } from './network.ts';
import { placeOf } from './place.ts';
import { probe } from './probe.ts';

/** The largest databases sold are a few hundred megabytes; they are held in memory. */
const MAX_BYTES = 1024 ** 3;
/** A database may hold a bad record; one in twenty is a bad database. */
const MAX_BROKEN_SHARE = 0.05;

/**
 * Checks an analyst's `.mmdb` and keeps a copy in `folder`: a later one of the same role and families replaces it.
 * Throws `invalid-input` with a sentence when the file can't be used; the folder is then as it was.
 */
export async function adoptDatabase(file: string, folder: string): Promise<void> {
  const shownName = basename(file);
  const bytes = await readWhole(file, shownName);
  const database = checkDatabase(bytes, shownName);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // The very bytes that were checked are written, whatever happens to the analyst's file meanwhile.
  const target = join(folder, `${slotOf(database)}.mmdb`);
  const partial = `${target}.part`;
  try {
    const handle = await open(partial, 'w', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, target);
  } finally {
    await rm(partial, { force: true });
  }
}

/** What was adopted before. A file that no longer passes the check is a problem in a sentence, not an error. */
export async function openAdopted(folder: string): Promise<{ databases: GeoDatabase[]; problems: string[] }> {
  const databases: GeoDatabase[] = [];
  const problems: string[] = [];
  for (const name of await mmdbFilesIn(folder)) {
    try {
      databases.push(checkDatabase(await readWhole(join(folder, name), name), name));
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      problems.push(`An imported database is left out. ${error.message}`);
    }
  }
  return { databases, problems };
}

/** The latest import first: it is the one that wins. */
async function mmdbFilesIn(folder: string): Promise<string[]> {
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.mmdb')).sort();
    const files = await Promise.all(
      names.map(async (name) => ({ name, changedAtMs: (await stat(join(folder, name))).mtimeMs })),
    );
    return files.sort((a, b) => b.changedAtMs - a.changedAtMs).map(({ name }) => name);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

async function readWhole(file: string, shownName: string): Promise<Buffer> {
  try {
    const { size, isFile } = await stat(file).then((stats) => ({ size: stats.size, isFile: stats.isFile() }));
    if (!isFile) throw unusable(shownName, 'is not a file', 'Name the .mmdb file itself.');
    if (size > MAX_BYTES) throw unusable(shownName, 'is larger than 1 GiB', 'Use a smaller edition.');
    return await readFile(file);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const why = hasCode(error, 'ENOENT') ? 'does not exist' : 'cannot be read';
    throw unusable(shownName, why, 'Check the path and the permissions.', error);
  }
}

function checkDatabase(bytes: Buffer, shownName: string): GeoDatabase {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    throw unusable(shownName, 'is compressed', 'Unpack it and import the .mmdb file inside.');
  }
  const mmdb = openOrRefuse(bytes, shownName);
  const role = roleOf(mmdb.type);
  if (role === null) {
    const type = mmdb.type === '' ? 'no stated type' : `type "${mmdb.type.slice(0, 60)}"`;
    const next = 'Import a city, country, ASN, ISP, Anonymous-IP or Connection-Type database.';
    throw unusable(shownName, `is a database of ${type}, which Sessionscope has no use for`, next);
  }
  const reader = role === 'city' || role === 'country' ? placeOf : networkReaderOf(mmdb.type);
  const { ipVersions, readable, broken } = probe(mmdb, reader);
  if (readable === 0 || broken > (readable + broken) * MAX_BROKEN_SHARE) {
    const why = `is damaged: of ${readable + broken} records tried, ${broken} could not be read`;
    throw unusable(shownName, why, 'Download it again from its maker.');
  }
  return {
    name: mmdb.type,
    role,
    origin: 'imported',
    ipVersions,
    attribution: attributionOf(mmdb.type),
    mmdb,
  };
}

function openOrRefuse(bytes: Buffer, shownName: string): Mmdb {
  try {
    return new Mmdb(heldBytes(bytes));
  } catch (error) {
    const next = 'Choose a file that ends in .mmdb and was downloaded completely.';
    throw unusable(shownName, 'is not a MaxMind database', next, error);
  }
}

/** `city-ipv4-ipv6`; two databases of one role that cover different families stand side by side. */
function slotOf({ role, ipVersions, mmdb }: GeoDatabase): string {
  const edition = /residential.?proxy/i.test(mmdb.type) ? 'residential-proxy' : role;
  return [edition, ...ipVersions.map((version) => `ipv${version}`)].join('-');
}

function unusable(shownName: string, why: string, next: string, cause?: unknown): EngineError {
  return new EngineError('invalid-input', `"${shownName}" ${why}. ${next}`, { field: 'file', cause });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
