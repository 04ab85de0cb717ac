import type { IpFacts } from '../enrich/enricher.ts';
import type { Device, Network, Place } from '../whereabouts.ts';
import { codeOf, ipClasses } from '../query/codes.ts';
import { fold } from '../query/fold.ts';
import { ipSortKey } from '../query/ip-range.ts';
import type { Db } from './database.ts';

/** Entries remembered per dictionary before it is forgotten and filled anew: bounds memory, not the file. */
const MAX_REMEMBERED = 20_000;

/** Numbers of what repeats: each distinct value is stored once and found from memory after that. Writer's side only. */
export class Dictionaries {
  readonly #ip: Numbering<IpFacts>;
  readonly #agent: Numbering<string>;
  readonly #device: Numbering<Device>;
  readonly #place: Numbering<{ place: Place; origin: 'source' | 'database' }>;
  readonly #network: Numbering<Network>;

  constructor(db: Db) {
    this.#ip = ipNumbering(db);
    this.#agent = agentNumbering(db);
    this.#device = deviceNumbering(db);
    this.#place = placeNumbering(db);
    this.#network = networkNumbering(db);
  }

  ip(facts: IpFacts | null): number | null {
    return facts === null ? null : this.#ip.of(facts.address, facts);
  }

  agent(userAgent: string | null): number | null {
    return userAgent === null ? null : this.#agent.of(userAgent, userAgent);
  }

  device(device: Device): number {
    const { browser, browserVersion, os, osVersion, kind } = device;
    return this.#device.of(JSON.stringify([browser, browserVersion, os, osVersion, kind]), device);
  }

  place(place: Place | null, placeFrom: 'source' | 'database' | null): number | null {
    if (place === null) return null;
    const origin = placeFrom ?? 'database';
    const { country, region, city, lat, lon, accuracyKm } = place;
    const identity = JSON.stringify([origin, country, region, city, lat, lon, accuracyKm]);
    return this.#place.of(identity, { place, origin });
  }

  network(network: Network | null): number | null {
    if (network === null) return null;
    const identity = JSON.stringify([network.asn, network.org, network.kinds.toSorted()]);
    return this.#network.of(identity, network);
  }

  /** Forgets the numbers in memory: after a transaction that was rolled back they may name rows that never were. */
  forget(): void {
    for (const numbering of [this.#ip, this.#agent, this.#device, this.#place, this.#network]) {
      numbering.forget();
    }
  }

  /** Removes what no session, observation, event or finding uses any more. Scans them all: for removing a source. */
  static purge(db: Db): void {
    for (const name of ['ip', 'place', 'network', 'agent', 'device']) {
      db.exec(`DELETE FROM ${name} WHERE id NOT IN (
        SELECT ${name}_id FROM session WHERE ${name}_id IS NOT NULL
        UNION SELECT ${name}_id FROM observation WHERE ${name}_id IS NOT NULL
        UNION SELECT ${name}_id FROM event WHERE ${name}_id IS NOT NULL
        UNION SELECT ${name}_id FROM finding WHERE ${name}_id IS NOT NULL)`);
    }
  }
}

/** One dictionary: memory first, then the table, then a new row. */
class Numbering<T> {
  readonly #numbers = new Map<string, number>();
  readonly #find: (identity: string) => number | undefined;
  readonly #insert: (identity: string, value: T) => number;

  constructor(
    find: (identity: string) => number | undefined,
    insert: (identity: string, value: T) => number,
  ) {
    this.#find = find;
    this.#insert = insert;
  }

  of(identity: string, value: T): number {
    const remembered = this.#numbers.get(identity);
    if (remembered !== undefined) return remembered;
    const number = this.#find(identity) ?? this.#insert(identity, value);
    if (this.#numbers.size >= MAX_REMEMBERED) this.#numbers.clear();
    this.#numbers.set(identity, number);
    return number;
  }

  forget(): void {
    this.#numbers.clear();
  }
}

function ipNumbering(db: Db): Numbering<IpFacts> {
  const bySortKey = db.prepare<[Buffer], number>('SELECT id FROM ip WHERE sort_key = ?').pluck();
  const byText = db
    .prepare<[string], number>('SELECT id FROM ip WHERE sort_key IS NULL AND address = ?')
    .pluck();
  const insert = db.prepare('INSERT INTO ip (address, sort_key, class) VALUES (?, ?, ?)');
  const find = (address: string) => {
    const sortKey = ipSortKey(address);
    return sortKey === null ? byText.get(address) : bySortKey.get(sortKey);
  };
  return new Numbering(find, (address, facts) =>
    rowNumber(insert.run(address, ipSortKey(address), codeOf(ipClasses, facts.class))),
  );
}

function agentNumbering(db: Db): Numbering<string> {
  const insert = db.prepare('INSERT INTO agent (text, folded) VALUES (?, ?)');
  return new Numbering(finder(db, 'SELECT id FROM agent WHERE text = ?'), (text) =>
    rowNumber(insert.run(text, fold(text))),
  );
}

function deviceNumbering(db: Db): Numbering<Device> {
  const insert = db.prepare(`INSERT INTO device (identity, browser, browser_folded, browser_version,
    browser_version_folded, os, os_folded, os_version, os_version_folded, kind)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  return new Numbering(finder(db, 'SELECT id FROM device WHERE identity = ?'), (identity, device) => {
    const texts = [device.browser, device.browserVersion, device.os, device.osVersion];
    return rowNumber(insert.run(identity, ...texts.flatMap(withFolded), device.kind));
  });
}

function placeNumbering(db: Db): Numbering<{ place: Place; origin: 'source' | 'database' }> {
  const insert =
    db.prepare(`INSERT INTO place (identity, country, country_folded, region, region_folded, city,
    city_folded, lat, lon, accuracy_km, origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  return new Numbering(
    finder(db, 'SELECT id FROM place WHERE identity = ?'),
    (identity, { place, origin }) => {
      const texts = [place.country, place.region, place.city].flatMap(withFolded);
      return rowNumber(insert.run(identity, ...texts, place.lat, place.lon, place.accuracyKm, origin));
    },
  );
}

function networkNumbering(db: Db): Numbering<Network> {
  const insert = db.prepare(
    'INSERT INTO network (identity, asn, org, org_folded, kinds) VALUES (?, ?, ?, ?, ?)',
  );
  return new Numbering(finder(db, 'SELECT id FROM network WHERE identity = ?'), (identity, network) => {
    const kinds = JSON.stringify(network.kinds.toSorted());
    return rowNumber(insert.run(identity, network.asn, ...withFolded(network.org), kinds));
  });
}

function finder(db: Db, sql: string): (identity: string) => number | undefined {
  const statement = db.prepare<[string], { id: number }>(sql);
  return (identity) => statement.get(identity)?.id;
}

function withFolded(text: string | null): [string | null, string | null] {
  return [text, text === null ? null : fold(text)];
}

function rowNumber({ lastInsertRowid }: { lastInsertRowid: number | bigint }): number {
  return Number(lastInsertRowid);
}
