import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { ipClasses } from '../../../src/engine/query/codes.ts';
import { keyText } from '../../../src/engine/query/key-bytes.ts';
import { giveBack } from '../../../src/engine/store/care/give-back.ts';
import { newest, openWriter } from '../../../src/engine/store/database.ts';
import { unpackTelling, type Telling } from '../../../src/engine/store/finding-telling.ts';
import { createRandom } from '../../../src/demo/random.ts';
import { migrations } from '../../../src/engine/store/migrations/migrations.ts';
import { temporaryDir, testStore } from '../../support/data-dir.ts';
import { REAL_KEY, writeFirstSchema } from '../../support/first-schema.ts';
import { expectTalliesToBeRight, lookInto } from '../../support/recount.ts';
import { storedObservations } from '../../support/stored-observations.ts';

/** How to make a database of each version that there ever was, rows included. */
const earlier: Readonly<Record<number, (dataDir: string) => void>> = {
  10: writeFirstSchema,
  ...Object.fromEntries(
    migrations
      .map(({ version }) => version)
      .filter((version) => version > 10 && version < newest())
      .map((version) => [version, (dataDir: string) => writeSchema(dataDir, version)]),
  ),
};

/** A file of the first version, brought as far as `version`. */
function writeSchema(dataDir: string, version: number): void {
  writeFirstSchema(dataDir);
  const steps = migrations.filter((step) => step.version <= version);
  openWriter(join(dataDir, 'sessionscope.db'), steps).close();
}

/** Tables whose rows no migration may touch. */
const KEPT = [
  'source',
  'listing',
  'sweep',
  'user',
  'ip',
  'agent',
  'device',
  'place',
  'network',
  'session_alias',
];
const KEPT_WHOLE = ['observation', 'finding', 'finding_session', 'revocation', 'revocation_item', 'audit'];

function made(version: number): string {
  const dataDir = temporaryDir();
  const write = earlier[version];
  if (write === undefined) throw new Error(`there is no database of version ${version}`);
  write(dataDir);
  return dataDir;
}

/** The columns that version 10 had, of every row. */
function rowsOf(db: Database.Database, table: string): unknown[] {
  const isPacked = Number(db.pragma('user_version', { simple: true })) >= 30;
  const columns = (firstColumns[table] ?? '*').replace(
    isPacked ? 'title, explanation, evidence' : '',
    isPacked ? 'telling' : '',
  );
  return db.prepare<[], Row>(`SELECT ${columns} FROM ${table}`).all().map(inWords).toSorted(byText);
}

type Row = Record<string, unknown>;
const byText = (a: Row, b: Row) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** A row as whoever asks sees it, whatever is stored for that. */
function inWords({ key, class: ipClass, telling, evidence, public_id: id, ...rest }: Row): Row {
  return {
    ...(id === undefined ? {} : { public_id: Buffer.isBuffer(id) ? id.toString('hex') : id }),
    ...(key === undefined ? {} : { key: Buffer.isBuffer(key) ? keyText(key) : key }),
    ...(ipClass === undefined ? {} : { class: typeof ipClass === 'number' ? ipClasses[ipClass] : ipClass }),
    ...(Buffer.isBuffer(telling) ? inPlainWords(unpackTelling(telling)) : {}),
    ...(typeof evidence === 'string' ? { evidence: JSON.parse(evidence) as unknown } : {}),
    ...rest,
  };
}

const inPlainWords = ({ words, evidence }: Telling) => ({ ...words, evidence });

const firstColumns: Readonly<Record<string, string>> = {
  source: `id, name, config, is_demo, can_revoke_one, id_reconnects, lists_everybody, reports_events, last_attempt_at,
    last_complete_at, problem_code, problem_message, rejected_rows, rejected_examples`,
  user: 'id, external_id, external_id_folded, name, name_folded, email, email_folded, person_id',
  place: 'id, identity, country, city, lat, lon, origin',
  observation: `session_id, n, at, not_before, state, last_seen_at, expires_at, ip_id, place_id, network_id, agent_id,
    device_id, is_own_poll`,
  finding:
    'id, public_id, user_id, rule, severity, at, title, explanation, evidence, state, verdict, suppressed_by',
  session: `id, key, user_id, state, started_at, started_quality, first_observed_at, last_observed_at, ended_at, ip_id,
    place_id, network_id, agent_id, device_id, hint, observations`,
};

/** What an analyst saw of an event, in the words of the list. */
function seenEvents(db: Database.Database, version = newest()): readonly Seen[] {
  return db
    .prepare<[], Seen>(
      `SELECT coalesce(session.key, event.session_key) AS session, event.at, event.kind, event.origin,
         user.external_id AS userId, ip.address AS ip, place.city, agent.text AS userAgent, network.asn
       FROM event JOIN user ON user.id = event.user_id LEFT JOIN session ON session.id = event.session_id
       LEFT JOIN ip ON ip.id = event.ip_id LEFT JOIN place ON place.id = event.place_id
       LEFT JOIN agent ON agent.id = event.agent_id LEFT JOIN network ON network.id = event.network_id
       ${version < 20 ? '' : told}`,
    )
    .all()
    .map((seen) => ({
      ...seen,
      session: Buffer.isBuffer(seen.session) ? keyText(seen.session) : seen.session,
      kind: KINDS[Number(seen.kind)] ?? '',
      origin: ORIGINS[Number(seen.origin)] ?? '',
    }));
}
/** Since version 20 sessions tell of events too: of their login (0) and of their end (3). */
const told = [
  ['started_at', 0, 'tells_login'],
  ['ended_at', 3, 'tells_end'],
]
  .map(
    ([
      at,
      kind,
      flag,
    ]) => `UNION ALL SELECT session.key, ${at}, ${kind}, 1, user.external_id, ip.address, place.city, agent.text,
       network.asn FROM session JOIN user ON user.id = session.user_id LEFT JOIN ip ON ip.id = session.ip_id
       LEFT JOIN place ON place.id = session.place_id LEFT JOIN agent ON agent.id = session.agent_id
       LEFT JOIN network ON network.id = session.network_id WHERE ${flag} = 1`,
  )
  .join(' ');
const KINDS = ['login', 'failure', 'refresh', 'end'];
const ORIGINS = ['reported', 'synthesised'];
type Seen = {
  session: string | null;
  at: number;
  kind: string;
  origin: string;
  userId: string;
  ip: string | null;
  city: string | null;
  userAgent: string | null;
  asn: number | null;
};

const inOrder = (events: readonly Seen[]) => events.map((event) => JSON.stringify(event)).sort();

it('who linked or parted users by hand, and when, is read from the audit that told of it', async () => {
  const dataDir = made(100);
  const db = openWriter(
    join(dataDir, 'sessionscope.db'),
    migrations.filter((step) => step.version <= 100),
  );
  const names = db
    .prepare<[], { source: string; userId: string }>(
      `SELECT source.name AS source, external_id AS userId FROM user JOIN source ON source.id = user.source_id
       ORDER BY user.id LIMIT 2`,
    )
    .all();
  const [one, two] = names;
  db.exec('UPDATE user SET is_person_by_hand = 1 WHERE id IN (SELECT id FROM user ORDER BY id LIMIT 2)');
  const told = db.prepare("INSERT INTO audit VALUES (?, ?, ?, ?, ?, 'x', ?)");
  told.run(2, '2026-11-20T08:00:00.250Z', 'ann', 'persons.linked', JSON.stringify({ users: names }), 'y');
  told.run(3, '2026-11-20T09:00:00.000Z', 'bob', 'persons.unlinked', JSON.stringify({ user: two }), 'z');
  db.close();
  const store = await testStore({ dataDir });
  const { rows } = await store.read.users({ query: '', sort: null, limit: 99, cursor: null });
  const by = ({ source, userId } = { source: '', userId: '' }) => {
    const user = rows.find((each) => each.source === source && each.userId === userId);
    return [user?.personFrom, user?.personBy, user?.personAt];
  };
  expect(by(one)).toEqual(['parted', 'ann', '2026-11-20T08:00:00.250Z']);
  expect(by(two)).toEqual(['parted', 'bob', '2026-11-20T09:00:00.000Z']);
});

it('every observation is kept, most of them with the one they repeat', () => {
  const dataDir = made(140);
  const steps = migrations.filter((step) => step.version <= 140);
  const before = openWriter(join(dataDir, 'sessionscope.db'), steps);
  const random = createRandom(150);
  const oneOf = <T>(...values: readonly T[]): T | undefined =>
    values[Math.floor(random.next() * values.length)];
  before.exec('DELETE FROM observation');
  const add = before.prepare(
    `INSERT INTO observation VALUES (${Array.from({ length: 13 }, () => '?').join()})`,
  );
  for (let session = 1; session <= 9; session += 1) {
    for (let n = 1; n <= 200; n += 1) {
      const at = n * 3_600_000 + Math.floor(random.next() * 3) * 60_000;
      const times = [
        at,
        oneOf(null, at - 3_600_000, at - 1),
        0,
        oneOf(at, at, at - 7, null),
        oneOf(1, 1, null),
      ];
      add.run(session, n, ...times, oneOf(1, 1, 1, 1, 2), oneOf(1, null), null, 1, 1, 0);
    }
  }
  const rows = before.prepare('SELECT * FROM observation ORDER BY session_id, n').all();
  before.close();
  openWriter(join(dataDir, 'sessionscope.db')).close();
  lookInto(dataDir, (db) => {
    expect(storedObservations(db)).toEqual(rows);
    expect(db.prepare('SELECT count(*) FROM observation').pluck().get()).toBeLessThan(rows.length * 0.9);
  });
});

it('there is a database of every earlier version to migrate', () => {
  const versions = migrations.map(({ version }) => version).filter((version) => version < newest());
  expect(Object.keys(earlier).map(Number)).toEqual(versions);
});

describe.each(Object.keys(earlier).map(Number))('a database of version %s', (version) => {
  it('loses no row on the way to the newest', async () => {
    const dataDir = made(version);
    const tables = [...KEPT, ...KEPT_WHOLE, 'session'];
    const before = lookInto(dataDir, (db) => tables.map((table) => [table, rowsOf(db, table)]));
    openWriter(join(dataDir, 'sessionscope.db')).close();

    const after = lookInto(dataDir, (db) => {
      expect(db.pragma('user_version', { simple: true })).toBe(newest());
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(db.pragma('foreign_key_check')).toEqual([]);
      expect(db.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'finding'").pluck().get()).toBe(9);
      return tables.map((table) => [table, rowsOf(db, table)]);
    });
    expect(after).toEqual(before);
    expectTalliesToBeRight(dataDir);
  });

  it('shows the same logins and ends as before, each once', async () => {
    const dataDir = made(version);
    const before = lookInto(dataDir, (db) => seenEvents(db, version));
    const store = await testStore({ dataDir });

    const { rows, next } = await store.read.events({ query: '', sort: null, limit: 100, cursor: null });
    expect(next).toBeNull();
    const after = rows.map(({ session, at, kind, origin, userId, ip, city, userAgent, asn }) => {
      return { session, at: Date.parse(at), kind, origin, userId, ip, city, userAgent, asn };
    });
    expect(inOrder(after)).toEqual(inOrder(before));
    expect(await store.read.count('events', '')).toBe(before.length);
  });

  it('tells of logins and ends through the sessions that still say them, and keeps the others as events', () => {
    const dataDir = made(version);
    openWriter(join(dataDir, 'sessionscope.db')).close();
    const tells = lookInto(dataDir, (db) =>
      db
        .prepare<[], [Buffer, number, number]>('SELECT key, tells_login, tells_end FROM session ORDER BY id')
        .raw()
        .all()
        .map(([key, login, end]) => [keyText(key), login, end]),
    );
    expect(tells).toEqual([
      ['stays', 1, 0],
      ['moved', 0, 0],
      ['over', 1, 1],
      ['came-back', 1, 0],
      ['over-twice', 1, 1],
      ['revoked', 1, 1],
      ['resumed', 0, 0],
      ['no-start', 0, 1],
      [REAL_KEY, 0, 0],
    ]);
    const stored = lookInto(dataDir, (db) => seenEvents(db, 10)).filter(
      ({ origin }) => origin === 'synthesised',
    );
    expect(stored.map(({ session, kind }) => `${session ?? ''} ${kind}`).sort()).toEqual([
      'came-back end',
      'moved login',
      'over-twice end',
    ]);
  });

  it('can be searched by the words it held already', async () => {
    const store = await testStore({ dataDir: made(version) });
    const found = async (query: string) =>
      (await store.read.sessions({ query, sort: null, limit: 100, cursor: null })).rows
        .map(({ key }) => key)
        .sort();
    expect(await found('fireFOX -key:mr4u*')).toEqual([
      'came-back',
      'moved',
      'over',
      'over-twice',
      'revoked',
      'stays',
    ]);
    expect(await found('bob')).toEqual(['came-back', 'over-twice', 'resumed', 'revoked']);
    const users = await store.read.users({ query: 'email:*mile@ex*', sort: 'email', limit: 9, cursor: null });
    expect(users.rows.map(({ email }) => email)).toEqual(['ÉMILE@Example.test']);
    expect(await found(`key:${REAL_KEY}`)).toEqual([REAL_KEY]);
    expect(await found('key:mr4u*,stay*')).toEqual([REAL_KEY, 'stays']);
    expect(await found('ip:fd00:*')).toEqual([REAL_KEY]);
    expect(await found('ipClass:unique-local')).toEqual([REAL_KEY]);
    expect(await found('city:sydney')).toEqual(['moved', 'revoked']);
  });

  it('can give pages back to the disk afterwards', () => {
    const dataDir = made(version);
    const before = lookInto(dataDir, (db) => db.pragma('auto_vacuum', { simple: true }));
    expect(before).toBe(version < 20 ? 0 : 2);
    const db = openWriter(join(dataDir, 'sessionscope.db'));
    try {
      const insert = db.prepare('INSERT INTO agent (text, folded) VALUES (?, ?)');
      for (let n = 0; n < 200; n += 1) insert.run(`text ${n} ${'x'.repeat(2_000)}`, '');
      const pages = Number(db.pragma('page_count', { simple: true }));
      db.exec("DELETE FROM agent WHERE text LIKE 'text %'");
      expect(giveBack(db, 10_000)).toMatchObject({ done: true });
      expect(Number(db.pragma('page_count', { simple: true }))).toBeLessThan(pages - 90);
      expect(Number(db.pragma('freelist_count', { simple: true }))).toBe(0);
    } finally {
      db.close();
    }
  });
});
