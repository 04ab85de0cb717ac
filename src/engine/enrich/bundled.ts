import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openAsnTable, type AsnTable } from './asn-table.ts';
import { BUNDLED_ATTRIBUTION, type GeoDatabase } from './geo-database.ts';
import { Mmdb } from './mmdb.ts';

/** What ships with the app, or as much of it as is there. */
export type Bundled = {
  readonly cities: readonly GeoDatabase[];
  readonly asnTable: AsnTable | null;
  readonly problems: readonly string[];
};

/** Opens the folder that scripts/pack-asn.mjs fills. Without it the app works, only without places. */
export async function openBundled(folder: string): Promise<Bundled> {
  const problems: string[] = [];
  const attempt = async <T>(file: string, what: string, open: (bytes: Buffer) => T): Promise<T | null> => {
    try {
      return open(await readFile(join(folder, file)));
    } catch {
      problems.push(
        `The bundled ${what} (${file}) is missing or damaged. Build or install Sessionscope again.`,
      );
      return null;
    }
  };
  const city = (version: 4 | 6) =>
    attempt(`dbip-city-ipv${version}.mmdb`, `city database for IPv${version}`, (bytes): GeoDatabase => ({
      name: `DB-IP City Lite, IPv${version}`,
      role: 'city',
      origin: 'bundled',
      ipVersions: [version],
      attribution: BUNDLED_ATTRIBUTION.city,
      mmdb: new Mmdb(bytes),
    }));
  const [city4, city6, asnTable] = await Promise.all([
    city(4),
    city(6),
    attempt('asn.bin', 'network table', openAsnTable),
  ]);
  return { cities: [city4, city6].filter((each) => each !== null), asnTable, problems };
}
