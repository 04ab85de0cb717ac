import type { CheckedQuery } from '../query/check.ts';
import type { Sort } from '../query/field.ts';
import { indexedQuery, type IndexedQuery } from '../query/indexed-query.ts';
import type { LookUpPlan, SqlCondition } from '../query/to-sql.ts';
import { Candidates, intersected } from './candidates.ts';
import type { Db } from './database.ts';
import { conjuncts, createNaming, fewFirst } from './filter.ts';
import { findCandidates } from './find-candidates.ts';
import type { PageMemory } from './page-memory.ts';
import { termsToSql, withOf, type Kind } from './page-sql.ts';
import { ALL_ROWS, RowSet } from './row-set.ts';

/** What is asked of rows of one kind. */
type Asked = {
  readonly kind: Kind;
  readonly query: CheckedQuery;
  readonly sort: Sort;
  readonly isDescending: boolean;
  readonly nowMs: number;
  readonly effort: Effort;
  readonly memory: PageMemory;
};

/** The same with what was found out about it; kept for the whole page. */
export type Search = Asked & {
  /** How look-ups are made. */
  readonly plan: LookUpPlan;
  /** What indexes can tell of the filter, if anything. */
  readonly indexed: IndexedQuery | null;
  /** The numbers of all rows that pass the filter, or null where no index knows that they are few. */
  readonly few: () => readonly number[] | null;
  /** What indexes know of the rows that pass, of conditions that at most so many meet; less of it where the way is short. */
  readonly candidates: (most: number, isShort: boolean) => readonly Candidates[];
  /** The same, with the listed rows in the place of those that they are related to, where these are not too many. */
  readonly listed: (candidates: readonly Candidates[]) => readonly Candidates[];
  /** Less what an index knows to be of another kind. */
  readonly ofKind: (rows: RowSet) => RowSet;
};

/** Where one way of answering gives way to another; the answer is the same. */
export type Effort = {
  /** Of this many rows or fewer all are looked at and sorted. */
  readonly collected: number;
  /** Rows asked one after the other along the order, before something else is tried. */
  readonly walked: number;
  /** Rows after which a rate tells that it is worth finding out which pass. */
  readonly glance: number;
  /** Rows after which a rate means something where more pass than that. */
  readonly look: number;
  /** Up to this many entries of a dictionary are found once and named; beyond, each row is asked. */
  readonly named: number;
  /** Numbers of candidates that are read for each condition. */
  readonly listed: number;
  /** Of this many candidates or fewer the listed rows that are related to them are found out; beyond, listed rows are asked at first. */
  readonly related: number;
  /** Candidates looked at before every row is. */
  readonly checked: number;
  /** Of them in vain, before those of other kinds are left out: to read which they are takes as long as some thousands. */
  readonly vain: number;
  /** Numbers read along the order at first. */
  readonly stride: number;
};

/** Found by trying on a million sessions; what came of it is in docs/benchmarks.md (`lists`). */
export const usualEffort: Effort = {
  collected: 4_000,
  walked: 4_000,
  glance: 250,
  look: 1_000,
  named: 10_000,
  listed: 100_000,
  related: 20_000,
  checked: 8_000,
  vain: 1_000,
  stride: 4_000,
};

export function createSearch(db: Db, asked: Asked): Search {
  const { kind, query, nowMs, effort, memory } = asked;
  // The dearer it is to ask a listed row, the more related rows are worth naming.
  const related = Math.ceil(effort.collected * kind.cost);
  const naming = createNaming(db, memory, { entries: effort.named, related });
  const plan = fewFirst(naming);
  const indexed = indexedQuery(query);
  const candidates = (most: number) =>
    indexed === null ? [] : findCandidates(db, indexed, { listed: kind, nowMs, memory, naming, most });
  return {
    ...asked,
    plan,
    indexed,
    few: once(() => {
      const ids = idsOf(db, asked, effort.collected) ?? fewest(db, candidates(effort.collected));
      return ids === null ? null : passing(db, asked, plan, ids);
    }),
    candidates: (most, isShort) => {
      const all = candidates(most);
      // What narrows less than what is known already is not worth reading, and nothing is for a short way.
      const worthReading = isShort || all.length === 0 ? 0 : Math.min(...all.map(({ size }) => size));
      const ids = worthReading === 0 ? null : idsOf(db, asked, worthReading);
      const known = ids === null ? all : intersected([...all, Candidates.of(RowSet.of(ids))]);
      // Where nothing narrows them down to so many, not being of another kind is something to go by.
      const isOpen = known.length === 0 && most < ALL_ROWS && kind.others !== undefined;
      return (isOpen ? [Candidates.of(ofKind(db, asked, everyRow(db, kind)))] : known).map((each) =>
        each.related <= effort.related ? each.listed(db) : each,
      );
    },
    listed: (all) => intersected(all.map((each) => (each.related <= effort.listed ? each.listed(db) : each))),
    ofKind: (rows) => ofKind(db, asked, rows),
  };
}

/** The listed rows that the smallest set of candidates leaves; null where there is none. */
function fewest(db: Db, candidates: readonly Candidates[]): readonly number[] | null {
  const [smallest] = candidates.toSorted((a, b) => a.size - b.size);
  return smallest === undefined ? null : smallest.listed(db).own.ids();
}

function everyRow(db: Db, { table }: Kind): RowSet {
  return RowSet.upTo(db.prepare<[], number | null>(`SELECT max(id) FROM ${table}`).pluck().get() ?? 0);
}

function ofKind(db: Db, { kind: { others }, memory }: Asked, rows: RowSet): RowSet {
  if (others === undefined) return rows;
  return rows.without(
    memory(`others: ${others}`, () => RowSet.of(db.prepare<[], number>(others).pluck().all())),
  );
}

/** All rows of a kind whose rows are fewer than those of the table; null when they are more than `most`. */
function idsOf(db: Db, { kind, nowMs }: Asked, most: number): readonly number[] | null {
  if (kind.ids === undefined) return null;
  const ids = db
    .prepare<[{ now: number }], number>(`${withOf(kind)} ${kind.ids} LIMIT ${most + 1}`)
    .pluck()
    .all({ now: nowMs });
  return ids.length > most ? null : ids;
}

function passing(db: Db, { kind, query, nowMs }: Asked, plan: LookUpPlan, ids: readonly number[]): number[] {
  if (ids.length === 0) return [];
  const filter = termsToSql(conjuncts(query), nowMs, plan);
  return db
    .prepare<[SqlCondition['values']], number>(
      `${withOf(kind)} SELECT ${kind.alias}.id FROM json_each(@ids) AS few
       CROSS JOIN ${kind.table} AS ${kind.alias} NOT INDEXED ${kind.join ?? ''}
       WHERE ${kind.alias}.id = few.value AND ${kind.only} AND ${filter.sql}`,
    )
    .pluck()
    .all({ ...filter.values, ids: JSON.stringify(ids) });
}

function once<T>(find: () => T): () => T {
  let found: { readonly value: T } | null = null;
  return () => (found ??= { value: find() }).value;
}
