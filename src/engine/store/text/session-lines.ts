import { membersOf } from '../../report/members.ts';
import type { TextFormat } from '../../report/text-format.ts';
import { codeOf, ipClasses, sessionStates, timeQualities, valueOf } from '../../query/codes.ts';
import { keyText } from '../../query/key-bytes.ts';
import { lastObserved } from '../../query/fields/sessions.ts';
import type { Session } from '../../../contract/session.ts';
import type { Db } from '../database.ts';
import { EntryTexts } from './entry-texts.ts';
import { InstantText } from './instant-text.ts';

/** A session as it is read for a line, by `lineColumns`. */
export type LineRow = [
  id: number,
  key: Buffer,
  listing: number,
  userId: string,
  userName: string | null,
  personId: string | null,
  state: number,
  isCurrent: number | null,
  startedAt: number | null,
  startedQuality: number,
  lastSeenAt: number | null,
  expiresAt: number | null,
  firstObservedAt: number,
  lastObservedAt: number,
  endedAt: number | null,
  address: string | null,
  ipClass: number | null,
  place: number | null,
  network: number | null,
  agent: number | null,
  device: number | null,
  impersonatedBy: string | null,
  hint: string,
  isNamed: number,
];

/** Of `session AS s`, joined with its `user` and its `ip`. */
export const lineColumns = `s.id, s.key, s.listing_id, user.external_id, user.name, user.person_id, s.state,
  s.is_current, s.started_at, s.started_quality, s.last_seen_at, s.expires_at, s.first_observed_at, ${lastObserved},
  s.ended_at, ip.address, ip.class, s.place_id, s.network_id, s.agent_id, s.device_id, s.impersonated_by, s.hint,
  EXISTS (SELECT 1 FROM finding_session WHERE session_id = s.id)`;

const EXPIRED = codeOf(sessionStates, 'expired');

/** Writes sessions as lines of a format, each the same as that of the `Session` that the lists read. */
export class SessionLines {
  readonly #entries: EntryTexts;
  readonly #lineOf: (row: LineRow, nowMs: number) => string;

  constructor(db: Db, format: TextFormat) {
    this.#entries = new EntryTexts(db, membersOf(format));
    this.#lineOf = lineWriter(format, this.#entries, rulesReader(db));
  }

  /** To be called in each read transaction, before its first line. */
  refresh(): void {
    this.#entries.refresh();
  }

  /** `nowMs` decides what has expired. */
  of(row: LineRow, nowMs: number): string {
    return this.#lineOf(row, nowMs);
  }
}

function lineWriter(
  format: TextFormat,
  entries: EntryTexts,
  rulesOf: (session: number) => readonly string[],
) {
  const { begin, end } = format;
  const { text, flag, list, clean } = membersOf(format);
  const [key, userId, userName, personId] = [text('key'), text('userId'), text('userName'), text('personId')];
  const address = text('ip');
  const classText = closedList(ipClasses, text('ipClass'));
  const noClass = text('ipClass')(null);
  const [actor, lastCharacters] = [text('impersonatedBy'), text('hint')];
  const [current, revocable] = [flag('current'), flag('revocable')];
  const findings = list('findings');
  const noFindings = findings([]);
  const stateText = closedList(sessionStates, text('state'));
  const qualityText = closedList(timeQualities, text('startedAtQuality'));
  const moment = momentWriter(clean);
  const [started, seen, expires] = [moment('startedAt'), moment('lastSeenAt'), moment('expiresAt')];
  const [first, last, ended] = [moment('firstObservedAt'), moment('lastObservedAt'), moment('endedAt')];

  return (row: LineRow, nowMs: number): string => {
    const listing = entries.listing(row[2]);
    const state = row[6] < EXPIRED && row[11] !== null && row[11] <= nowMs ? EXPIRED : row[6];
    return (
      `${begin}${key(keyText(row[1]))},${listing.text},${userId(row[3])},${userName(row[4])},${personId(row[5])},` +
      `${stateText(state)},${current(row[7] === null ? null : row[7] === 1)},${started(row[8])},` +
      `${qualityText(row[9])},${seen(row[10])},${expires(row[11])},${first(row[12])},${last(row[13])},` +
      `${ended(row[14])},${address(row[15])},${row[16] === null ? noClass : classText(row[16])},${entries.place(row[17])},` +
      `${entries.network(row[18])},${entries.agent(row[19])},${entries.device(row[20])},${actor(row[21])},` +
      `${lastCharacters(row[22])},${revocable(state < EXPIRED && listing.canRevokeOne)},` +
      `${row[23] === 0 ? noFindings : findings(rulesOf(row[0]))}${end}`
    );
  };
}

function closedList(values: readonly string[], textOf: (value: string) => string): (code: number) => string {
  const texts = values.map(textOf);
  return (code) => valueOf(texts, code);
}

function momentWriter(clean: (key: keyof Session) => (value: string | null) => string) {
  const instants = new InstantText();
  return (key: keyof Session) => {
    const textOf = clean(key);
    return (ms: number | null) => textOf(ms === null ? null : instants.of(ms));
  };
}

/** Rules of the findings that name a session and were neither suppressed nor closed. Few sessions have any. */
function rulesReader(db: Db): (session: number) => readonly string[] {
  const statement = db
    .prepare<[number], string>(
      `SELECT DISTINCT f.rule FROM finding_session AS named JOIN finding AS f ON f.id = named.finding_id
       WHERE named.session_id = ? AND f.state < 2 ORDER BY f.rule`,
    )
    .pluck();
  return (session) => statement.all(session);
}
