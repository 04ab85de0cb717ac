import type { Statement } from 'better-sqlite3';
import { networkKind } from '../../../contract/place.ts';
import type { Members } from '../../report/members.ts';
import type { Db } from '../database.ts';
import { readRemovals } from '../entry-removals.ts';

/** Characters kept before all is read anew: bounds memory, whatever attackers send as user agents. */
const MAX_KEPT = 8_000_000;

type PlaceRow = {
  country: string | null;
  region: string | null;
  city: string | null;
  lat: number | null;
  lon: number | null;
  accuracyKm: number | null;
  origin: 'source' | 'database' | null;
};
type NetworkRow = { asn: number | null; org: string | null; kinds: string };
type AgentRow = { text: string };
type DeviceRow = {
  browser: string | null;
  browserVersion: string | null;
  os: string | null;
  osVersion: string | null;
  kind: string;
};
type EntryText = (id: number | null) => string;

/** What all sessions of a listing share. */
export type ListingText = { readonly text: string; readonly canRevokeOne: boolean };

/**
 * The members that sessions share, as they are written: read and encoded once for each entry of a dictionary, and then
 * copied into every line that refers to it. Users and addresses are not among them: they are nearly as many as sessions.
 */
export class EntryTexts {
  readonly place: EntryText;
  readonly network: EntryText;
  readonly agent: EntryText;
  readonly device: EntryText;
  readonly #db: Db;
  readonly #readListing: (id: number) => ListingText;
  readonly #listings = new Map<number, ListingText>();
  readonly #kept: Map<number, string>[] = [];
  #keptCharacters = 0;
  #removals = 0;

  constructor(db: Db, members: Members) {
    this.#db = db;
    this.place = this.#shared(
      db.prepare<[number], PlaceRow>(
        'SELECT country, region, city, lat, lon, accuracy_km AS accuracyKm, origin FROM place WHERE id = ?',
      ),
      placeText(members),
    );
    this.network = this.#shared(
      db.prepare<[number], NetworkRow>('SELECT asn, org, kinds FROM network WHERE id = ?'),
      networkText(members),
    );
    this.agent = this.#shared(
      db.prepare<[number], AgentRow>('SELECT text FROM agent WHERE id = ?'),
      agentText(members),
    );
    this.device = this.#shared(
      db.prepare<[number], DeviceRow>(
        `SELECT browser, browser_version AS browserVersion, os, os_version AS osVersion, kind
         FROM device WHERE id = ?`,
      ),
      deviceText(members),
    );
    this.#readListing = listingReader(db, members);
  }

  /** To be called in each read transaction, before the first text is asked for. */
  refresh(): void {
    this.#listings.clear();
    const removals = readRemovals(this.#db);
    if (removals !== this.#removals) this.#forget();
    this.#removals = removals;
  }

  listing(id: number): ListingText {
    const known = this.#listings.get(id);
    if (known !== undefined) return known;
    const listing = this.#readListing(id);
    this.#listings.set(id, listing);
    return listing;
  }

  #shared<Row>(statement: Statement<[number], Row>, textOf: (row: Row | undefined) => string): EntryText {
    const unknown = textOf(undefined);
    const kept = new Map<number, string>();
    this.#kept.push(kept);
    return (id) => {
      if (id === null) return unknown;
      const known = kept.get(id);
      if (known !== undefined) return known;
      const text = textOf(statement.get(id));
      if (this.#keptCharacters >= MAX_KEPT) this.#forget();
      kept.set(id, text);
      this.#keptCharacters += text.length;
      return text;
    };
  }

  #forget(): void {
    for (const kept of this.#kept) kept.clear();
    this.#keptCharacters = 0;
  }
}

function placeText({ text, number }: Members): (row: PlaceRow | undefined) => string {
  const [country, region, city, placeFrom] = [
    text('country'),
    text('region'),
    text('city'),
    text('placeFrom'),
  ];
  const [lat, lon, accuracyKm] = [number('lat'), number('lon'), number('accuracyKm')];
  return (row) =>
    [
      country(row?.country ?? null),
      region(row?.region ?? null),
      city(row?.city ?? null),
      lat(row?.lat ?? null),
      lon(row?.lon ?? null),
      accuracyKm(row?.accuracyKm ?? null),
      placeFrom(row?.origin ?? null),
    ].join(',');
}

function networkText({ text, number, list }: Members): (row: NetworkRow | undefined) => string {
  const [asn, org, kinds] = [number('asn'), text('org'), list('networkKinds')];
  return (row) =>
    [
      asn(row?.asn ?? null),
      org(row?.org ?? null),
      kinds(row === undefined ? [] : networkKind.array().parse(JSON.parse(row.kinds))),
    ].join(',');
}

function agentText({ text }: Members): (row: AgentRow | undefined) => string {
  const userAgent = text('userAgent');
  return (row) => userAgent(row?.text ?? null);
}

function deviceText({ text }: Members): (row: DeviceRow | undefined) => string {
  const [browser, browserVersion] = [text('browser'), text('browserVersion')];
  const [os, osVersion, kind] = [text('os'), text('osVersion'), text('deviceKind')];
  return (row) =>
    [
      browser(row?.browser ?? null),
      browserVersion(row?.browserVersion ?? null),
      os(row?.os ?? null),
      osVersion(row?.osVersion ?? null),
      kind(row?.kind ?? 'unknown'),
    ].join(',');
}

function listingReader(db: Db, { text }: Members): (id: number) => ListingText {
  const [source, account] = [text('source'), text('account')];
  const statement = db.prepare<[number], { source: string; account: string; canRevokeOne: number }>(
    `SELECT source.name AS source, listing.account, source.can_revoke_one AS canRevokeOne
     FROM listing JOIN source ON source.id = listing.source_id WHERE listing.id = ?`,
  );
  return (id) => {
    const row = statement.get(id);
    if (row === undefined) throw new RangeError(`there is no listing ${id}`);
    return {
      text: [source(row.source), account(row.account)].join(','),
      canRevokeOne: row.canRevokeOne === 1,
    };
  };
}
