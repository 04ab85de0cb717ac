import type { Sighting } from '../../detect/facts.ts';
import type { ListMatch, NetworkLists } from '../../detect/network-lists.ts';
import { boundedMemo } from '../../enrich/bounded-memo.ts';
import { CidrIndexBuilder, type CidrIndex } from '../../enrich/cidr-index.ts';
import { addressWords } from '../../enrich/ip.ts';
import { listEntryText, networksAround, wordAt } from '../../enrich/list-entry.ts';
import { unpackEntries } from '../../enrich/packed-entries.ts';
import type { Db } from '../database.ts';
import { compareText } from '../../text-order.ts';
import { listsInUse, type NamedList } from './lists.ts';
import { allStretches, type Stretch } from './stretches.ts';

/** Addresses and systems whose matches are remembered; most have none, and share it. */
const REMEMBERED = 20_000;

/** A stretch without its entries. */
type Term = Pick<Stretch, 'fromMs' | 'untilMs'> & { readonly list: NamedList };

/** An entry that an address falls under at some time. */
type Hit = { readonly term: Term; readonly match: ListMatch };

const NO_HIT: readonly Hit[] = [];
const NO_MATCH: readonly ListMatch[] = [];

/**
 * The analyst's lists as the rules see them. Entries are read when lists changed since they were last, and stay in memory
 * as long as the connection: 13 bytes for an IPv4 network, 25 for one of IPv6.
 */
export class StoredLists implements NetworkLists {
  readonly #db: Db;
  readonly #revision;
  #seen = '';
  #terms: readonly Term[] = [];
  #networks: CidrIndex = new CidrIndexBuilder().build();
  #termsByAsn: ReadonlyMap<number, readonly Term[]> = new Map();
  readonly #hitsByAddress = boundedMemo(REMEMBERED, (address) => this.#hitsOnAddress(address));
  readonly #hitsByAsn = boundedMemo(REMEMBERED, (asn) => this.#hitsOnAsn(Number(asn)));

  constructor(db: Db) {
    this.#db = db;
    this.#revision = db
      .prepare<[], string | null>(
        "SELECT group_concat(id || ':' || version, ' ' ORDER BY id) FROM network_list WHERE removed_at IS NULL",
      )
      .pluck();
  }

  /** To be called in each read transaction, before the first sighting is asked about. */
  refresh(): void {
    const revision = this.#revision.get() ?? '';
    if (revision === this.#seen) return;
    this.#read();
    this.#hitsByAddress.clear();
    this.#hitsByAsn.clear();
    this.#seen = revision;
  }

  /** By the moment at which it was seen: of an interval its end. */
  of({ ip, network, toMs }: Sighting): readonly ListMatch[] {
    if (this.#terms.length === 0) return NO_MATCH;
    const onAddress = ip === null ? NO_HIT : this.#hitsByAddress.get(ip);
    const asn = network?.asn ?? null;
    const onAsn = asn === null ? NO_HIT : this.#hitsByAsn.get(String(asn));
    if (onAddress.length + onAsn.length === 0) return NO_MATCH;
    return [...onAddress, ...onAsn]
      .filter(({ term: { fromMs, untilMs } }) => fromMs <= toMs && (untilMs === null || toMs < untilMs))
      .map(({ match }) => match);
  }

  #read(): void {
    const lists = new Map(listsInUse(this.#db).map((list) => [list.id, list]));
    const terms: Term[] = [];
    const networks = new CidrIndexBuilder();
    const termsByAsn = new Map<number, Term[]>();
    for (const { listId, fromMs, untilMs, entries } of allStretches(this.#db)) {
      const list = lists.get(listId);
      if (list === undefined) continue;
      const term = { list, fromMs, untilMs };
      for (const entry of unpackEntries(entries)) {
        if (entry.low[0] !== 0) networks.add(entry, terms.length);
        else pushTo(termsByAsn, wordAt(entry.low, 1), term);
      }
      terms.push(term);
    }
    this.#terms = terms;
    this.#networks = networks.build();
    this.#termsByAsn = termsByAsn;
  }

  #hitsOnAddress(address: string): readonly Hit[] {
    const words = addressWords(address);
    if (words === null) return NO_HIT;
    const hits: Hit[] = [];
    this.#networks.around(words, (number, bits) => {
      const term = this.#terms[number];
      const entry = networksAround(address)[bits - 1];
      if (term !== undefined && entry !== undefined) hits.push(hitOf(term, listEntryText(entry)));
    });
    return hits.length === 0 ? NO_HIT : hits.sort(byListThenEntry);
  }

  #hitsOnAsn(asn: number): readonly Hit[] {
    const terms = this.#termsByAsn.get(asn);
    if (terms === undefined) return NO_HIT;
    return terms.map((term) => hitOf(term, `AS${asn}`)).sort(byListThenEntry);
  }
}

function pushTo(byAsn: Map<number, Term[]>, asn: number, term: Term): void {
  const known = byAsn.get(asn);
  if (known === undefined) byAsn.set(asn, [term]);
  else known.push(term);
}

function hitOf(term: Term, entry: string): Hit {
  const { name: list, tag } = term.list;
  return { term, match: { list, tag, entry } };
}

/** The same on every machine, whichever list came first. */
function byListThenEntry(a: Hit, b: Hit): number {
  return compareText(a.match.list, b.match.list) || compareText(a.match.entry, b.match.entry);
}
