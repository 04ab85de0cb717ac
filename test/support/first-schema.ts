import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { first } from '../../src/engine/store/migrations/0010-first.ts';
import { chatConfig } from './data-dir.ts';
import { NOON_MS } from './records.ts';

const HOUR_MS = 3_600_000;
/** `hours` before noon. */
const ago = (hours: number) => NOON_MS - hours * HOUR_MS;

type Where = {
  ip: number | null;
  place: number | null;
  network: number | null;
  agent: number | null;
  device: number;
};
const home: Where = { ip: 1, place: 1, network: 1, agent: 1, device: 1 };
const away: Where = { ip: 2, place: 2, network: null, agent: 1, device: 1 };
const inside: Where = { ip: 3, place: null, network: null, agent: 1, device: 1 };
const nowhere: Where = { ip: null, place: null, network: null, agent: null, device: 2 };

type Session = {
  readonly key: string;
  readonly user: number;
  readonly state: number;
  readonly startedAt: number | null;
  readonly quality: number;
  readonly endedAt: number | null;
  readonly where: Where;
};

const ACTIVE = 0;
const ENDED = 3;
const REVOKED = 4;
const REPORTED = 0;
const DERIVED = 1;

/** A key as the program makes them; the others are words, so that tests can be read. */
export const REAL_KEY = 'mr4ucu5verj7bgftggy3yvdjv7';
/** And a later one of a session that got a new id. */
const REAL_ALIAS = '3homvtdcomlrl6jlhqlpdz4mjj';

/** Sessions in every situation that version 10 told apart. */
const sessions: readonly Session[] = [
  { key: 'stays', user: 1, state: ACTIVE, startedAt: ago(9), quality: REPORTED, endedAt: null, where: home },
  { key: 'moved', user: 1, state: ACTIVE, startedAt: ago(8), quality: REPORTED, endedAt: null, where: away },
  { key: 'over', user: 1, state: ENDED, startedAt: ago(7), quality: REPORTED, endedAt: ago(2), where: home },
  {
    key: 'came-back',
    user: 2,
    state: ACTIVE,
    startedAt: ago(6),
    quality: REPORTED,
    endedAt: null,
    where: home,
  },
  {
    key: 'over-twice',
    user: 2,
    state: ENDED,
    startedAt: ago(6),
    quality: REPORTED,
    endedAt: ago(1),
    where: home,
  },
  {
    key: 'revoked',
    user: 2,
    state: REVOKED,
    startedAt: ago(5),
    quality: REPORTED,
    endedAt: ago(3),
    where: away,
  },
  {
    key: 'resumed',
    user: 2,
    state: ACTIVE,
    startedAt: ago(4),
    quality: DERIVED,
    endedAt: null,
    where: nowhere,
  },
  { key: 'no-start', user: 3, state: ENDED, startedAt: null, quality: 3, endedAt: ago(1), where: nowhere },
  { key: REAL_KEY, user: 3, state: ACTIVE, startedAt: null, quality: 3, endedAt: null, where: inside },
];

/** Events as version 10 stored them: session, kind (0 login, 1 failure, 3 end), moment, origin (1: follows from it), where. */
const events: readonly (readonly [string | null, number, number, number, Where])[] = [
  ['stays', 0, ago(9), 1, home],
  // It was at home when it began and is away now.
  ['moved', 0, ago(8), 1, home],
  ['over', 0, ago(7), 1, home],
  ['over', 3, ago(2), 1, home],
  ['came-back', 0, ago(6), 1, home],
  ['came-back', 3, ago(4), 1, home],
  ['over-twice', 0, ago(6), 1, home],
  ['over-twice', 3, ago(4), 1, home],
  ['over-twice', 3, ago(1), 1, home],
  ['revoked', 0, ago(5), 1, away],
  ['revoked', 3, ago(3), 1, away],
  ['no-start', 3, ago(1), 1, nowhere],
  // What a source reported stays what it is, at the same moment or without a session.
  ['over', 1, ago(7), 0, away],
  [null, 0, ago(9), 0, home],
  [null, 1, ago(8), 0, nowhere],
];

/** The database of a data directory as version 10 left it: rows through SQL, in the words it used then. */
export function writeFirstSchema(dataDir: string): void {
  const file = join(dataDir, 'sessionscope.db');
  writeFileSync(join(dataDir, 'identity.key'), Buffer.alloc(32, 7), { mode: 0o600 });
  const db = new Database(file);
  chmodSync(file, 0o600);
  db.pragma('journal_mode = WAL');
  db.pragma('foreign_keys = ON');
  db.pragma('application_id = 1397052243');
  db.exec(first);
  db.pragma('user_version = 10');
  db.transaction(() => {
    fillSource(db);
    fillDictionaries(db);
    fillSessions(db);
    fillEvents(db);
    fillFindings(db);
  })();
  db.close();
}

function fillSource(db: Database.Database): void {
  db.prepare(
    `INSERT INTO source (id, name, config, is_demo, can_revoke_one, id_reconnects, lists_everybody, reports_events,
       last_attempt_at, last_complete_at) VALUES (1, 'chat', ?, 0, 1, 0, 1, 0, ?, ?)`,
  ).run(JSON.stringify(chatConfig()), ago(0), ago(0));
  db.prepare(
    "INSERT INTO listing (id, source_id, scope, account, account_folded, last_complete_at) VALUES (1, 1, '*', 'Admin', 'admin', ?)",
  ).run(ago(0));
  db.prepare('INSERT INTO sweep (listing_id, started_at, finished_at, is_complete) VALUES (1, ?, ?, 1)').run(
    ago(0),
    ago(0),
  );
  const user = db.prepare(
    `INSERT INTO user (id, source_id, external_id, external_id_folded, name, name_folded, email, email_folded)
     VALUES (?, 1, ?, ?, ?, ?, ?, ?)`,
  );
  user.run(1, 'u-Ann', 'u-ann', 'Ann', 'ann', 'ann@example.test', 'ann@example.test');
  user.run(2, 'u-bob', 'u-bob', 'Bob', 'bob', null, null);
  user.run(3, 'u-3', 'u-3', null, null, 'ÉMILE@Example.test', 'émile@example.test');
}

function fillDictionaries(db: Database.Database): void {
  const ip = db.prepare('INSERT INTO ip (id, address, sort_key, class) VALUES (?, ?, ?, ?)');
  ip.run(1, '198.51.100.7', Buffer.from([4, 198, 51, 100, 7]), 'public');
  ip.run(2, '203.0.113.9', Buffer.from([4, 203, 0, 113, 9]), 'public');
  const local = [0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7];
  ip.run(3, 'fd00::7', Buffer.from([6, ...local]), 'unique-local');
  db.exec(`
    INSERT INTO agent (id, text, folded) VALUES (1, 'Mozilla/5.0 Firefox/145.0', 'mozilla/5.0 firefox/145.0');
    INSERT INTO device (id, identity, browser, browser_folded, os, os_folded, kind) VALUES
      (1, '["Firefox",null,"Linux",null,"desktop"]', 'Firefox', 'firefox', 'Linux', 'linux', 'desktop'),
      (2, '[null,null,null,null,"unknown"]', NULL, NULL, NULL, NULL, 'unknown');
    INSERT INTO place (id, identity, country, country_folded, city, city_folded, lat, lon, origin) VALUES
      (1, 'berlin', 'DE', 'de', 'Berlin', 'berlin', 52.52, 13.405, 'database'),
      (2, 'sydney', 'AU', 'au', 'Sydney', 'sydney', -33.87, 151.21, 'database');
    INSERT INTO network (id, identity, asn, org, org_folded, kinds) VALUES
      (1, 'cable', 64500, 'Example Cable', 'example cable', '["fixed"]');`);
}

function fillSessions(db: Database.Database): void {
  const insert = db.prepare(
    `INSERT INTO session (id, key, source_id, listing_id, user_id, state, is_current, started_at, started_quality,
       first_observed_at, last_observed_at, ended_at, ip_id, place_id, network_id, agent_id, device_id, is_own_poll,
       is_user_gone, hint, observations)
     VALUES (@id, @key, 1, 1, @user, @state, 0, @startedAt, @quality, @seen, @seen, @endedAt, @ip, @place, @network,
       @agent, @device, 0, 0, @key, 1)`,
  );
  const observe = db.prepare(
    `INSERT INTO observation (session_id, n, at, state, ip_id, place_id, network_id, agent_id, device_id, is_own_poll)
     VALUES (@id, 1, @seen, 0, @ip, @place, @network, @agent, @device, 0)`,
  );
  for (const [index, { where, ...session }] of sessions.entries()) {
    const row = { id: index + 1, seen: ago(4), ...session, ...where };
    insert.run(row);
    observe.run(row);
  }
  db.exec(`INSERT INTO session_alias (key, session_id) VALUES ('resumed-again', 7), ('${REAL_ALIAS}', 7)`);
}

function fillEvents(db: Database.Database): void {
  const insert = db.prepare(
    `INSERT INTO event (user_id, at, kind, outcome, origin, session_id, session_key, ip_id, place_id, network_id,
       agent_id, device_id)
     VALUES (@user, @at, @kind, @outcome, @origin, @session, @sessionKey, @ip, @place, @network, @agent, @device)`,
  );
  for (const [key, kind, at, origin, where] of events) {
    const index = sessions.findIndex((one) => one.key === key);
    insert.run({
      ...where,
      user: sessions[index]?.user ?? 1,
      at,
      kind,
      outcome: kind === 1 ? 1 : 0,
      origin,
      session: index < 0 ? null : index + 1,
      sessionKey: index < 0 ? `unheard-of-${kind}` : null,
    });
  }
}

/** From nothing to more than the buffer that it is unpacked into. */
function evidenceOf(index: number): Record<string, unknown> {
  if (index === 0) return {};
  const from = { session: 'moved', ip: '198.51.100.7', city: null, networkKinds: [], lat: 52.52 };
  return { from, distanceKm: 16_092.5, suppression: 'ü'.repeat(5_000 * (index - 1)) };
}

function fillFindings(db: Database.Database): void {
  const insert = db.prepare(
    `INSERT INTO finding (public_id, user_id, rule, severity, score, at, title, explanation, evidence, state)
     VALUES (?, ?, 'impossible-travel', 3, 70, ?, 'Berlin to Sydney', '“Ann” was too fast… 🚀', ?, ?)`,
  );
  for (const [index, state] of [0, 0, 2, 3].entries())
    insert.run(`${index}`.repeat(26), 1 + (index % 2), ago(8), JSON.stringify(evidenceOf(index)), state);
  // There were more findings once; their numbers stay theirs.
  db.exec("UPDATE sqlite_sequence SET seq = 9 WHERE name = 'finding'");
  db.exec(`
    INSERT INTO finding_session (finding_id, session_id) VALUES (1, 2), (2, 4), (3, 1);
    INSERT INTO revocation (number, id, state, reason, created_at) VALUES (1, 'job', 'done', 'incident 42', ${ago(3)});
    INSERT INTO revocation_item VALUES (1, 0, 'revoked', 'chat', 'u-bob', 'Bob', 'ab12', 'verified', NULL);
    INSERT INTO audit VALUES (1, '2026-11-20T08:00:00.000Z', 'ann', 'source.added', '{}', '${'0'.repeat(64)}', 'x');`);
}
