import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openAsnTable, type AsnTable } from './asn-table.ts';
import { BUNDLED_ATTRIBUTION, type GeoDatabase } from './geo-database.ts';
import { Mmdb } from './mmdb/mmdb.ts';
import { PagedFile } from './mmdb/paged-file.ts';

/** What ships with the app, or as much of it as is there. */
export type Bundled = {
  readonly cities: readonly GeoDatabase[];
  readonly asnTable: AsnTable | null;
  readonly problems: readonly string[];
  /** Lets go of the files; nothing can be looked up afterwards. */
  close(): void;
};

/**
 * Opens the folder that scripts/pack-asn.mjs fills. Without it the app works, only without places. The databases of cities
 * are not read: look-ups read the pages they need.
 */
export async function openBundled(folder: string): Promise<Bundled> {
  const problems: string[] = [];
  const files: PagedFile[] = [];
  const attempt = async <T>(
    file: string,
    what: string,
    open: (path: string) => T | Promise<T>,
  ): Promise<T | null> => {
    try {
      return await open(join(folder, file));
    } catch {
      problems.push(
        `The bundled ${what} (${file}) is missing or damaged. Build or install Sessionscope again.`,
      );
      return null;
    }
  };
  const city = (version: 4 | 6) =>
    attempt(`dbip-city-ipv${version}.mmdb`, `city database for IPv${version}`, (path): GeoDatabase => {
      const file = new PagedFile(path);
      files.push(file);
      return {
        name: `DB-IP City Lite, IPv${version}`,
        role: 'city',
        origin: 'bundled',
        ipVersions: [version],
        attribution: BUNDLED_ATTRIBUTION.city,
        mmdb: new Mmdb(file),
      };
    });
  const [city4, city6, asnTable] = await Promise.all([
    city(4),
    city(6),
    attempt('asn.bin', 'network table', async (path) => openAsnTable(await readFile(path))),
  ]);
  const close = () => files.forEach((file) => file.close());
  return { cities: [city4, city6].filter((each) => each !== null), asnTable, problems, close };
}
