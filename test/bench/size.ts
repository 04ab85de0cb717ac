import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { largest, type Benchmark, type Figure } from './benchmark.ts';

/** Bytes on disk, indexes included. */
const SESSION = { better: 'lower', floor: 400, goal: 200 } as const;
const OBSERVATION = { better: 'lower', floor: 60, goal: 30 } as const;

/** What a file takes on disk, and of it a session and an observation, with all their indexes. */
export const size: Benchmark = {
  name: 'size',
  async run(bench) {
    const figures: Figure[] = [];
    for (const sessions of bench.sizes) {
      const isTarget = sessions === largest(bench.sizes);
      figures.push(...weigh(join(await bench.database(sessions), 'sessionscope.db'), sessions, isTarget));
    }
    return figures;
  },
};

function weigh(file: string, sessions: number, isTarget: boolean): readonly Figure[] {
  const db = new Database(file, { readonly: true });
  try {
    const tables = bytesByTable(db);
    const of = (...names: readonly string[]) => names.reduce((sum, name) => sum + (tables.get(name) ?? 0), 0);
    const [stored, observations] = countedIn(db);
    const all = [...tables.values()].reduce((sum, bytes) => sum + bytes, 0);
    const perSession = (bytes: number) => bytes / stored;
    const fileBytes = statSync(file).size;
    return [
      {
        what: 'file, of what both bounds below allow together',
        sessions,
        value: fileBytes / (stored * SESSION.floor + observations * OBSERVATION.floor),
        unit: '×',
        ...(isTarget ? { target: { better: 'lower', floor: 1, goal: 0.5 } } : {}),
        detail: { fileMb: fileBytes / 1e6, sessions: stored, observations },
      },
      {
        what: 'file, less its observations, a session',
        sessions,
        value: perSession(all - of('observation')),
        unit: 'bytes',
        ...(isTarget ? { target: SESSION } : {}),
        detail: {
          sessionTable: perSession(of('session', 'session_alias')),
          addresses: perSession(of('ip', 'place', 'network')),
          users: perSession(of('user', ...shadowsOf(tables, 'user_text'))),
          findings: perSession(of('finding', 'finding_session')),
          events: perSession(of('event')),
          freePages: db.pragma('freelist_count', { simple: true }) as number,
        },
      },
      {
        what: 'an observation',
        sessions,
        value: of('observation') / observations,
        unit: 'bytes',
        ...(isTarget ? { target: OBSERVATION } : {}),
      },
    ];
  } finally {
    db.close();
  }
}

/** Pages of a table and its indexes, in bytes, by the table's name. */
function bytesByTable(db: Database.Database): ReadonlyMap<string, number> {
  const rows = db
    .prepare<[], { name: string; bytes: number }>(
      `SELECT ifnull(entry.tbl_name, stat.name) AS name, sum(stat.pgsize) AS bytes
       FROM dbstat AS stat LEFT JOIN sqlite_schema AS entry ON entry.name = stat.name
       WHERE stat.aggregate = TRUE GROUP BY 1`,
    )
    .all();
  return new Map(rows.map(({ name, bytes }) => [name, bytes]));
}

/** The tables in which a full-text index keeps itself. */
function shadowsOf(tables: ReadonlyMap<string, number>, name: string): readonly string[] {
  return [...tables.keys()].filter((each) => each.startsWith(`${name}_`));
}

/** A row of observations may tell of many. */
function countedIn(db: Database.Database): readonly [sessions: number, observations: number] {
  const count = db.prepare<[], [number, number]>('SELECT count(*), total(observations) FROM session').raw();
  return count.get() ?? [0, 0];
}
