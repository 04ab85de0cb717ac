import type { Relation } from '../query/field.ts';
import type { IndexedQuery } from '../query/indexed-query.ts';
import { toSql, type SqlCondition } from '../query/to-sql.ts';
import type { Db } from './database.ts';
import { namedOnly, type Naming } from './filter.ts';
import type { Listed } from './order.ts';
import { spelledOut, type PageMemory } from './page-memory.ts';
import { RowSet } from './row-set.ts';

/** Rows that may pass a filter: the listed ones themselves, or those that the listed ones are related to. */
export type Candidates = { readonly relation: Relation | null; readonly rows: RowSet };

/** What is asked of the indexes. */
export type CandidateSearch = {
  readonly listed: Listed;
  readonly nowMs: number;
  readonly memory: PageMemory;
  readonly naming: Naming;
  /** A condition that more rows meet than this tells nothing. */
  readonly most: number;
  /** More related rows than this are not worth turning into listed ones. */
  readonly listable: number;
};

/**
 * What indexes alone know of the rows that pass: each one is a candidate, or related to one, in every answer. Others may
 * be as well, so rows are still asked. Empty when no condition narrows them down.
 */
export function findCandidates(db: Db, query: IndexedQuery, search: CandidateSearch): readonly Candidates[] {
  switch (query.kind) {
    case 'rows': {
      const rows = findRowSet(db, query, search);
      return rows === null ? [] : [{ relation: query.relation, rows }];
    }
    case 'and': {
      let all: readonly Candidates[] = [];
      // What narrows less than what is known already is not worth reading.
      const most = () => Math.min(search.most, ...all.map(({ rows }) => rows.size));
      for (const part of query.parts) {
        all = intersected([...all, ...findCandidates(db, part, { ...search, most: most() })]);
      }
      return all;
    }
    case 'or': {
      const all: Candidates[] = [];
      for (const part of query.parts) {
        const [only, ...others] = findCandidates(db, part, search);
        if (only === undefined || others.length > 0) return [];
        all.push(only);
      }
      // What one part finds nothing by leaves the others, whatever they are related to.
      const telling = all.filter(({ rows }) => rows.size > 0);
      return united(db, telling.length === 0 ? all.slice(0, 1) : telling, search.listable);
    }
  }
}

/** Whether indexes alone tell that no more rows pass than `most`, without reading which. */
export function isAtMost(
  db: Db,
  query: IndexedQuery,
  search: Omit<CandidateSearch, 'memory' | 'listable'>,
): boolean {
  switch (query.kind) {
    case 'rows': {
      const known = selectOf(query, search);
      if (known === null) return false;
      const { select, values } = known;
      const count = db.prepare<[typeof values], number>(`SELECT count(*) FROM (${select})`).pluck();
      return (count.get(values) ?? 0) <= search.most;
    }
    case 'and':
      return query.parts.some((part) => isAtMost(db, part, search));
    case 'or':
      return query.parts.every((part) => isAtMost(db, part, search));
  }
}

/** One more row than are worth knowing; null where an index does not know them. */
function selectOf(
  { relation, condition }: Extract<IndexedQuery, { kind: 'rows' }>,
  { listed, nowMs, naming, most }: Omit<CandidateSearch, 'memory' | 'listable'>,
): { readonly select: string; readonly values: SqlCondition['values'] } | null {
  const { table, alias } = relation ?? listed;
  const { plan, isNamed, rows } = namedOnly(naming);
  const { sql, values } = toSql(condition, nowMs, plan);
  if (!isNamed() || sql === '1') return null;
  const select = rows() ?? `SELECT ${alias}.id FROM ${table} AS ${alias} WHERE ${sql}`;
  return { select: `${select} LIMIT ${most + 1}`, values };
}

function findRowSet(
  db: Db,
  query: Extract<IndexedQuery, { kind: 'rows' }>,
  search: CandidateSearch,
): RowSet | null {
  const known = selectOf(query, search);
  if (known === null) return null;
  const { select, values } = known;
  const { memory, most } = search;
  return memory(`rows: ${spelledOut(select, values)}`, () => {
    const ids = db.prepare<[typeof values], number>(select).pluck().all(values);
    return ids.length > most ? null : RowSet.of(ids);
  });
}

/** A listed row is one number, but may be related to many: only sets of listed rows have an intersection. */
export function intersected(all: readonly Candidates[]): readonly Candidates[] {
  const own = all.filter(({ relation }) => relation === null).map(({ rows }) => rows);
  const related = all.filter(({ relation }) => relation !== null);
  if (own.length === 0) return related;
  return [{ relation: null, rows: own.reduce((rows, other) => rows.and(other)) }, ...related];
}

/** Of several relations the listed rows are united, where they are not too many to ask for. */
function united(db: Db, all: readonly Candidates[], listable: number): readonly Candidates[] {
  const isOfOne = all.every(({ relation }) => relation === all[0]?.relation);
  if (!isOfOne && all.some(({ relation, rows }) => relation !== null && rows.size > listable)) return [];
  const [first, ...others] = isOfOne ? all : all.map((each) => listedOf(db, each));
  if (first === undefined) return [];
  return [{ ...first, rows: others.reduce((rows, other) => rows.or(other.rows), first.rows) }];
}

/** The listed rows that are candidates, or related to one. */
export function listedOf(db: Db, { relation, rows }: Candidates): Candidates {
  if (relation === null) return { relation, rows };
  const ids = db
    .prepare<[string], number>(relation.listed('SELECT value FROM json_each(?)'))
    .pluck()
    .all(JSON.stringify(rows.ids()));
  return { relation: null, rows: RowSet.of(ids) };
}
