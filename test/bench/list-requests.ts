import { createRandom } from '../../src/demo/random.ts';
import type { ListName, QueryField } from '../../src/contract/system.ts';
import type { EngineCaller } from '../../src/link/in-process.ts';

/** One list, one filter, one order: what a person can ask for by clicking. */
export type ListQuestion = {
  readonly list: ListName;
  readonly query: string;
  /** A field, `-` for descending; null is the list's own order. */
  readonly sort: string | null;
};

export const lists = ['sessions', 'users', 'events', 'findings'] as const satisfies ListName[];

type Value = string | number | boolean;
type Row = Readonly<Record<string, unknown>>;

const SAMPLED_KEYS = 2_000;
/** As many keys as fit into the longest query. */
const KEYS_PER_QUERY = 120;

/**
 * Every order in both directions × no filter and a common and a rare value of every field, in an order by chance, so
 * that any beginning of it is a fair sample. `keys`: of sessions spread over the whole table; values are taken from them.
 */
export async function listQuestions(
  call: EngineCaller,
  list: ListName,
  keys: readonly string[],
): Promise<readonly ListQuestion[]> {
  const fields = await call.system.queryFields({ list });
  const own = await sampleOf(call, list, keys);
  const ofSessions = list === 'sessions' ? own : await sampleOf(call, 'sessions', keys);
  const filters = fields.flatMap((field) => {
    const values = valuesOf(own, field);
    return conditionsOn(field, values.length > 0 ? values : valuesOf(ofSessions, field));
  });
  const sortable = fields.filter((field) => field.sortable).map(({ name }) => name);
  const sorts = [null, ...sortable.flatMap((name) => [name, `-${name}`])];
  const questions = ['', ...filters, ...across(list)].flatMap((query) =>
    sorts.map((sort) => ({ list, query, sort })),
  );
  return createRandom(list).shuffled(questions);
}

/** What is asked of several fields, or of none by name. */
function across(list: ListName): readonly string[] {
  const everywhere = [
    'berlin',
    'nobodyatall',
    'ip:10.0.0.0/8',
    '-country:US',
    'country:DE,FR (browser:Firefox OR os:Linux)',
  ];
  return list === 'sessions' ? [...everywhere, 'state:active country:US', 'user:*berg*'] : everywhere;
}

/** Rows of the list that belong to these sessions. */
async function sampleOf(
  call: EngineCaller,
  list: ListName,
  keys: readonly string[],
): Promise<readonly Row[]> {
  if (list === 'findings') return (await call.findings.list({ limit: 500, total: false })).rows;
  if (list === 'incidents') return (await call.incidents.list({ limit: 500, total: false })).rows;
  if (list === 'users') return (await call.users.list({ limit: 500, total: false })).rows;
  const rows: Row[] = [];
  for (let at = 0; at < Math.min(keys.length, SAMPLED_KEYS); at += KEYS_PER_QUERY) {
    const query = `${list === 'sessions' ? 'key' : 'session'}:${keys.slice(at, at + KEYS_PER_QUERY).join(',')}`;
    rows.push(...(await call[list].list({ query, limit: 500, total: false })).rows);
  }
  return rows;
}

/** The values of a field, rarest first. */
function valuesOf(rows: readonly Row[], { name }: QueryField): readonly Value[] {
  const counts = new Map<Value, number>();
  for (const row of rows) {
    for (const value of [row[name === 'user' ? 'userName' : name]].flat()) {
      const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
      if (isPlain && value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return [...counts].sort(([, a], [, b]) => a - b).map(([value]) => value);
}

/** A condition that many rows meet and one that few or none do. */
function conditionsOn(field: QueryField, values: readonly Value[]): readonly string[] {
  const { name, type } = field;
  const rare = values[0];
  const common = values.at(-1);
  switch (type) {
    case 'boolean':
      return [`${name}:true`, `${name}:false`];
    case 'enum': {
      const never = field.values.find((value) => !values.includes(value));
      return [`${name}:${common ?? field.values[0] ?? '*'}`, `${name}:${never ?? rare ?? '*'}`];
    }
    case 'number':
    case 'time': {
      if (common === undefined || rare === undefined) return [`${name}:*`];
      const middle = inOrder(values)[Math.floor(values.length / 2)] ?? common;
      const text = (value: Value) => (type === 'time' ? String(value).slice(0, 10) : value);
      return [`${name}:>=${text(middle)}`, `${name}:${text(rare)}`];
    }
    case 'text':
    case 'ip':
      if (common === undefined || rare === undefined) return [`${name}:*`, `${name}:nobodyatall`];
      return [`${name}:${quoted(common)}`, `${name}:${quoted(rare)}`];
  }
}

function inOrder(values: readonly Value[]): readonly Value[] {
  return values.toSorted((a, b) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1,
  );
}

function quoted(value: Value): string {
  return `"${String(value).replaceAll(/["\\*]/g, '')}"`;
}
