import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { EngineError } from '../errors.ts';
import { attributionOf, roleOf, type GeoDatabase } from './geo-database.ts';
import { Mmdb } from './mmdb/mmdb.ts';
import { PagedFile } from './mmdb/paged-file.ts';
import { networkReaderOf } from './network.ts';
import { placeOf } from './place.ts';
import { probe } from './probe.ts';

/** The largest databases sold are a few hundred megabytes. */
const MAX_BYTES = 1024 ** 3;
/** A database may hold a bad record; one in twenty is a bad database. */
const MAX_BROKEN_SHARE = 0.05;

/** The analyst's databases in use, the latest import first: it is the one that wins. */
export type Adopted = {
  readonly databases: readonly GeoDatabase[];
  readonly problems: readonly string[];
  /** Lets go of the files; nothing can be looked up afterwards. */
  close(): void;
};

/** A copy of an analyst's file that passed the check and is to take its place. */
export type CheckedCopy = { readonly partial: string; readonly target: string };

/**
 * Copies an analyst's `.mmdb` into `folder` and checks the copy, whatever happens to the file meanwhile. Throws
 * `invalid-input` with a sentence when it can't be used; the folder is then as it was.
 */
export async function copyChecked(file: string, folder: string): Promise<CheckedCopy> {
  const shownName = basename(file);
  requireFile(file, shownName);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const partial = join(folder, 'import.part');
  try {
    await copy(file, partial, shownName);
    const { database, bytes } = openChecked(partial, shownName);
    bytes.close();
    return { partial, target: join(folder, `${slotOf(database)}.mmdb`) };
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/**
 * Puts a checked copy into its place: an earlier one of the same role and families is replaced, and must be closed. Does not
 * wait, so that no look-up comes in between.
 */
export function putInPlace({ partial, target }: CheckedCopy): void {
  try {
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { force: true });
    throw new EngineError(
      'conflict',
      `The database "${basename(target)}" is in use and can't be replaced. Close other programs that read it, and import again.`,
      { cause: error },
    );
  }
}

/** What was adopted before. A file that no longer passes the check is a problem in a sentence, not an error. */
export function openAdopted(folder: string): Adopted {
  const databases: GeoDatabase[] = [];
  const files: PagedFile[] = [];
  const problems: string[] = [];
  for (const name of mmdbFilesIn(folder)) {
    try {
      const path = join(folder, name);
      requireFile(path, name);
      const { database, bytes } = openChecked(path, name);
      databases.push(database);
      files.push(bytes);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      problems.push(`An imported database is left out. ${error.message}`);
    }
  }
  return { databases, problems, close: () => files.forEach((file) => file.close()) };
}

function mmdbFilesIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.mmdb'));
    const files = names.sort().map((name) => ({ name, changedAtMs: statSync(join(folder, name)).mtimeMs }));
    return files.sort((a, b) => b.changedAtMs - a.changedAtMs).map(({ name }) => name);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

function requireFile(file: string, shownName: string): void {
  const stats = readable(shownName, () => statSync(file));
  if (!stats.isFile()) throw unusable(shownName, 'is not a file', 'Name the .mmdb file itself.');
  if (stats.size > MAX_BYTES) throw unusable(shownName, 'is larger than 1 GiB', 'Use a smaller edition.');
}

async function copy(file: string, partial: string, shownName: string): Promise<void> {
  const source = await open(file).catch((error: unknown) => {
    throw unreadable(shownName, error);
  });
  try {
    const handle = await open(partial, 'w', 0o600);
    try {
      await handle.writeFile(source.createReadStream({ autoClose: false }));
      await handle.sync();
    } finally {
      await handle.close();
    }
  } finally {
    await source.close();
  }
}

/** The database in a file, which stays open; closed again when it can't be used. */
function openChecked(path: string, shownName: string): { database: GeoDatabase; bytes: PagedFile } {
  const bytes = readable(shownName, () => new PagedFile(path));
  try {
    return { database: checkDatabase(bytes, shownName), bytes };
  } catch (error) {
    bytes.close();
    throw error;
  }
}

function checkDatabase(bytes: PagedFile, shownName: string): GeoDatabase {
  if (isGzip(bytes)) {
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

function openOrRefuse(bytes: PagedFile, shownName: string): Mmdb {
  try {
    return new Mmdb(bytes);
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

function isGzip(bytes: PagedFile): boolean {
  if (bytes.byteLength < 2) return false;
  const at = bytes.locate(0, 2);
  return bytes.view.readUInt16BE(at) === 0x1f8b;
}

function readable<T>(shownName: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw unreadable(shownName, error);
  }
}

function unreadable(shownName: string, error: unknown): EngineError {
  const why = hasCode(error, 'ENOENT') ? 'does not exist' : 'cannot be read';
  return unusable(shownName, why, 'Check the path and the permissions.', error);
}

function unusable(shownName: string, why: string, next: string, cause?: unknown): EngineError {
  return new EngineError('invalid-input', `"${shownName}" ${why}. ${next}`, { field: 'file', cause });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
