import type { IndexedQuery } from '../query/indexed-query.ts';
import { toSql, type SqlCondition } from '../query/to-sql.ts';
import { Candidates, intersected } from './candidates.ts';
import type { Db } from './database.ts';
import { namedOnly, type Naming } from './filter.ts';
import type { Listed } from './order.ts';
import { spelledOut, type PageMemory } from './page-memory.ts';
import { RowSet } from './row-set.ts';

/** What is asked of the indexes. */
export type CandidateSearch = {
  readonly listed: Listed;
  readonly nowMs: number;
  readonly memory: PageMemory;
  readonly naming: Naming;
  /** A condition that more rows meet than this tells nothing. */
  readonly most: number;
};

/**
 * What indexes alone know of the rows that pass: each one is among the candidates of every answer. Others may
 * be as well, so rows are still asked. Empty when no condition narrows them down.
 */
export function findCandidates(db: Db, query: IndexedQuery, search: CandidateSearch): readonly Candidates[] {
  switch (query.kind) {
    case 'rows': {
      const rows = findRowSet(db, query, search);
      if (rows === null) return [];
      return [query.relation === null ? Candidates.of(rows) : Candidates.relatedTo(rows, query.relation)];
    }
    case 'and': {
      let all: readonly Candidates[] = [];
      // What narrows less than what is known already is not worth reading.
      const most = () => Math.min(search.most, ...all.map(({ size }) => size));
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
      return all.length === 0 ? [] : [all.reduce((some, others) => some.or(others))];
    }
  }
}

/** Whether indexes alone tell that no more rows pass than `most`, without reading which. */
export function isAtMost(db: Db, query: IndexedQuery, search: Omit<CandidateSearch, 'memory'>): boolean {
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
  { listed, nowMs, naming, most }: Omit<CandidateSearch, 'memory'>,
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
