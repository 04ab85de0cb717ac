import type { Statement } from 'better-sqlite3';
import { deviceKind, networkKind } from '../../contract/place.ts';
import type { Device, Network, Place } from '../whereabouts.ts';
import type { Db } from './database.ts';
import { readRemovals } from './entry-removals.ts';
import type { EntryNumbers } from './person-rows.ts';
import { SharedAddresses } from './shared-addresses.ts';
import { nowhere, type Where } from './stored-sighting.ts';

/** Entries kept per dictionary before it is filled anew: some 20 MB if all are full of long texts. */
const MAX_KEPT = 20_000;

/**
 * Dictionary entries by number, read once and handed out as the same object ever after: millions of rows refer to a few
 * thousand of them. Reader's side; entries never change, and when some were removed all are forgotten.
 */
export class SharedEntries {
  readonly #addresses: SharedAddresses;
  readonly #agent: (id: number) => string | null;
  readonly #device: (id: number) => Device | null;
  readonly #place: (id: number) => Place | null;
  readonly #network: (id: number) => Network | null;
  readonly #db: Db;
  readonly #kept: Map<number, unknown>[] = [];
  #removals = 0;
  #last: EntryNumbers = nowhere.numbers;
  #lastWhere = nowhere;

  constructor(db: Db) {
    this.#db = db;
    this.#addresses = new SharedAddresses(db);
    this.#agent = this.#shared(
      db.prepare<[number], { text: string }>('SELECT text FROM agent WHERE id = ?'),
      ({ text }) => text,
    );
    this.#device = this.#shared(
      db.prepare<[number], Omit<Device, 'kind'> & { kind: string }>(
        `SELECT browser, browser_version AS browserVersion, os, os_version AS osVersion, kind
         FROM device WHERE id = ?`,
      ),
      ({ kind, ...device }) => ({ ...device, kind: deviceKind.parse(kind) }),
    );
    this.#place = this.#shared(
      db.prepare<[number], Place>(
        'SELECT country, region, city, lat, lon, accuracy_km AS accuracyKm FROM place WHERE id = ?',
      ),
      (place) => place,
    );
    this.#network = this.#shared(
      db.prepare<[number], Omit<Network, 'kinds'> & { kinds: string }>(
        'SELECT asn, org, kinds FROM network WHERE id = ?',
      ),
      ({ asn, org, kinds }) => ({ asn, org, kinds: networkKind.array().parse(JSON.parse(kinds)) }),
    );
  }

  /** To be called in each read transaction, before the first entry is asked for. */
  refresh(): void {
    const removals = readRemovals(this.#db);
    if (removals === this.#removals) return;
    this.#removals = removals;
    for (const kept of [this.#addresses, ...this.#kept]) kept.clear();
    [this.#last, this.#lastWhere] = [nowhere.numbers, nowhere];
  }

  /** Reads the addresses of rows that are about to be asked for: one by one they take four times as long. */
  expectAddresses(ips: Iterable<number | null>): void {
    this.#addresses.expect(ips);
  }

  /** One object for numbers that follow each other, as they do in a session that stays where it is. */
  where(...[ip, place, network, agent, device]: EntryNumbers): Where {
    const last = this.#last;
    const isSame =
      ip === last[0] && place === last[1] && network === last[2] && agent === last[3] && device === last[4];
    if (isSame) return this.#lastWhere;
    this.#last = [ip, place, network, agent, device];
    this.#lastWhere = {
      ip: ip === null ? null : this.#addresses.of(ip),
      place: place === null ? null : this.#place(place),
      network: network === null ? null : this.#network(network),
      device: device === null ? null : this.#device(device),
      userAgent: agent === null ? null : this.#agent(agent),
      numbers: this.#last,
    };
    return this.#lastWhere;
  }

  device(id: number): Device | null {
    return this.#device(id);
  }

  #shared<Row, Entry>(
    statement: Statement<[number], Row>,
    entryOf: (row: Row) => Entry,
  ): (id: number) => Entry | null {
    const kept = new Map<number, Entry>();
    this.#kept.push(kept);
    return (id) => {
      const known = kept.get(id);
      if (known !== undefined) return known;
      const row = statement.get(id);
      if (row === undefined) return null;
      const entry = entryOf(row);
      if (kept.size >= MAX_KEPT) kept.clear();
      kept.set(id, entry);
      return entry;
    };
  }
}
