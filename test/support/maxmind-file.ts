import { fileURLToPath } from 'node:url';
import { Mmdb } from '../../src/engine/enrich/mmdb/mmdb.ts';
import { PagedFile } from '../../src/engine/enrich/mmdb/paged-file.ts';

/** Path of one of MaxMind's test databases, by its name without `.mmdb`. */
export function maxmindFile(name: string): string {
  return fileURLToPath(new URL(`../fixtures/maxmind/${name}.mmdb`, import.meta.url));
}

export function openMaxmind(name: string): Mmdb {
  return new Mmdb(new PagedFile(maxmindFile(name)));
}
