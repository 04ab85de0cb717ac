import { ipClasses, valueOf } from '../query/codes.ts';
import type { Db } from './database.ts';
import type { IpEntry } from './stored-sighting.ts';

/**
 * Most addresses belong to one person. Kept any longer than that person is read, they would outlive the young generation
 * and pile up as garbage until the next full collection.
 */
const MAX_KEPT = 1_000;

type Row = readonly [id: number, address: string, code: number];

/** Addresses by number, one object for each as long as it is kept. Reader's side. */
export class SharedAddresses {
  readonly #rows;
  readonly #kept = new Map<number, IpEntry>();

  constructor(db: Db) {
    this.#rows = db
      .prepare<[string], Row>(
        `SELECT ip.id, ip.address, ip.class FROM json_each(?) AS asked CROSS JOIN ip ON ip.id = asked.value`,
      )
      .raw();
  }

  /** Reads those of them that are not kept, all at once; may forget others. */
  expect(ids: Iterable<number | null>): void {
    if (this.#kept.size > MAX_KEPT) this.#kept.clear();
    const missing = new Set<number>();
    for (const id of ids) if (id !== null && !this.#kept.has(id)) missing.add(id);
    if (missing.size === 0) return;
    for (const [id, address, code] of this.#rows.all(JSON.stringify([...missing])))
      this.#kept.set(id, { address, ipClass: valueOf(ipClasses, code) });
  }

  /** Null where there is no such address. */
  of(id: number): IpEntry | null {
    const known = this.#kept.get(id);
    if (known !== undefined) return known;
    this.expect([id]);
    return this.#kept.get(id) ?? null;
  }

  clear(): void {
    this.#kept.clear();
  }
}
