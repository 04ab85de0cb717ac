import { groupIncidents, type Groupable, type IncidentGroup } from '../detect/incident.ts';
import { verdict } from '../../contract/finding.ts';
import { ruleId } from '../../contract/rules.ts';
import { defaultSettings } from '../detect/settings.ts';
import { inParts } from '../in-parts.ts';
import { codeOf, findingStates, incidentStates, severities, valueOf } from '../query/codes.ts';
import type { Db } from './database.ts';
import { NewIncidents, type IncidentColumns } from './new-incidents.ts';
import type { UserNumber } from './user-number.ts';

/** Of sessions that a finding names one is a trace, and more are none: which ones does not matter. */
const SEVERAL = ['one', 'another'];

type Row = {
  id: number;
  user: UserNumber;
  rule: string;
  severity: number;
  at: number;
  state: number;
  verdict: string | null;
  prefix: string | null;
  asn: number | null;
  client: string | null;
  incident: number | null;
  session: number | null;
  sessions: number;
};

/** A finding with what it needs to be found again. */
type Member = Groupable & {
  readonly id: number;
  readonly user: UserNumber;
  readonly incident: number | null;
};

/** [finding, incident or none] that it now belongs to. */
type Move = readonly [finding: number, incident: number | null];

/**
 * People whose incidents are written together: SQLite copies every page that a statement changes in rows that refer to others,
 * to be able to take back that statement alone, so one for each person would copy most of them many times.
 */
const PEOPLE_AT_ONCE = 500;

/**
 * Makes the stored incidents of people what their findings are now; inside the transaction that changed these. An incident
 * keeps its number, assignee and notes: of several that became one the oldest stays, and when one falls apart its earliest
 * part keeps it. Groups in which nothing ever counted become none.
 */
export function groupFindings(db: Db, users: Iterable<UserNumber>): void {
  const grouping = prepareGrouping(db);
  const people = peopleOf(db, users);
  for (const some of inParts(people, PEOPLE_AT_ONCE)) {
    const asked = JSON.stringify(some.flat());
    const personOf = new Map(some.flatMap((members) => members.map((user) => [user, members] as const)));
    const findings = Map.groupBy(grouping.findings.all(asked).map(memberOf), ({ user }) =>
      personOf.get(user),
    );
    const moves = some.flatMap((members) => {
      const ofPerson = findings.get(members);
      return ofPerson === undefined ? [] : store(grouping, groupIncidents(ofPerson, defaultSettings));
    });
    grouping.fresh.write();
    grouping.move.run(JSON.stringify(moves));
    grouping.forgetEmpty.run(asked);
  }
}

/** Removes the incidents of which no finding is left, with their notes; the audit tells of these for ever. */
export function forgetEmptyIncidents(db: Db): void {
  db.exec(`DELETE FROM incident WHERE ${isEmpty}`);
}

const isEmpty = 'NOT EXISTS (SELECT 1 FROM finding WHERE incident_id = incident.id)';

type Grouping = ReturnType<typeof prepareGrouping>;

function prepareGrouping(db: Db) {
  return {
    findings: db.prepare<[string], Row>(
      `SELECT f.id, f.user_id AS user, f.rule, f.severity, f.at, f.state, f.verdict, f.prefix, f.asn, f.client,
         f.incident_id AS incident, min(named.session_id) AS session, count(named.session_id) AS sessions
       FROM finding AS f LEFT JOIN finding_session AS named ON named.finding_id = f.id
       WHERE f.user_id IN (SELECT value FROM json_each(?)) GROUP BY f.id`,
    ),
    fresh: new NewIncidents(db),
    change: db.prepare<[IncidentColumns & { id: number }]>(
      `UPDATE incident SET user_id = @user, state = @state, severity = @severity, score = @score, rank = @rank,
         is_confirmed = @isConfirmed, is_alerting = @isAlerting, first_at = @firstAtMs, last_at = @lastAtMs WHERE id = @id`,
    ),
    move: db.prepare<[string]>(
      `UPDATE finding SET incident_id = moved.value ->> 1 FROM json_each(?) AS moved WHERE finding.id = moved.value ->> 0`,
    ),
    forgetEmpty: db.prepare<[string]>(
      `DELETE FROM incident WHERE user_id IN (SELECT value FROM json_each(?)) AND ${isEmpty}`,
    ),
    /** What was written on the younger goes on in the older, unless that has its own. */
    inherit: [
      'UPDATE incident_note SET incident_id = @older WHERE incident_id = @younger',
      'UPDATE incident_alias SET incident_id = @older WHERE incident_id = @younger',
      'INSERT INTO incident_alias (id, incident_id) VALUES (@younger, @older)',
      `UPDATE incident SET (assignee, assignee_folded) = (SELECT assignee, assignee_folded FROM incident WHERE id = @younger)
       WHERE id = @older AND assignee IS NULL`,
    ].map((sql) => db.prepare<[{ older: number; younger: number }]>(sql)),
  };
}

/** Every person once, as the numbers of all its users. */
function peopleOf(db: Db, users: Iterable<UserNumber>): readonly (readonly UserNumber[])[] {
  const rows = db
    .prepare<[string], { id: UserNumber; person: string | null }>(
      `WITH asked AS MATERIALIZED (SELECT id, person_id FROM user WHERE id IN (SELECT value FROM json_each(?)))
       SELECT id, person_id AS person FROM asked
       UNION SELECT id, person_id FROM user WHERE person_id IN (SELECT person_id FROM asked)`,
    )
    .all(JSON.stringify([...users]));
  const people = Map.groupBy(rows, ({ id, person }) => person ?? id);
  return [...people.values()].map((members) => members.map(({ id }) => id));
}

function memberOf(row: Row): Member {
  const { id, user, rule, severity, at, state, prefix, asn, client, incident, session, sessions } = row;
  return {
    ...{ id, user, incident, atMs: at },
    rule: ruleId.parse(rule),
    severity: valueOf(severities, severity),
    state: valueOf(findingStates, state),
    verdict: row.verdict === null ? null : verdict.parse(row.verdict),
    infrastructure: { prefix, asn, client },
    sessions: session === null ? [] : sessions === 1 ? [String(session)] : SEVERAL,
  };
}

/** Writes the incidents of a person, the new ones when all are known; answers the findings that are of another one than before. */
function store(grouping: Grouping, groups: readonly IncidentGroup<Member>[]): readonly Move[] {
  const keeps = claims(groups);
  const numbers = new Map<number, number>();
  const moves: Move[] = [];
  for (const group of groups) {
    const number = write(grouping, group, keeps.get(group) ?? null);
    for (const { id, incident } of group.findings) {
      if (incident !== number) moves.push([id, number]);
      if (incident !== null && number !== null && !numbers.has(incident)) numbers.set(incident, number);
    }
  }
  const kept = new Set(keeps.values());
  for (const [younger, older] of numbers)
    if (!kept.has(younger)) for (const statement of grouping.inherit) statement.run({ older, younger });
  return moves;
}

/** Which incident each group goes on as: its oldest that no earlier group is. */
function claims(groups: readonly IncidentGroup<Member>[]): ReadonlyMap<IncidentGroup<Member>, number> {
  const claimed = new Map<IncidentGroup<Member>, number>();
  const taken = new Set<number>();
  for (const group of groups) {
    const known = group.findings.flatMap(({ incident }) => incident ?? []).filter((id) => !taken.has(id));
    if (known.length === 0) continue;
    const oldest = Math.min(...known);
    taken.add(oldest);
    claimed.set(group, oldest);
  }
  return claimed;
}

/** Answers the number of the incident; null where the group is none. */
function write(grouping: Grouping, group: IncidentGroup<Member>, known: number | null): number | null {
  const columns = columnsOf(group);
  if (known !== null) {
    grouping.change.run({ ...columns, id: known });
    return known;
  }
  const isTold = group.findings.some(({ state }) => state === 'open' || state === 'closed');
  return isTold ? grouping.fresh.add(columns) : null;
}

function columnsOf(group: IncidentGroup<Member>): IncidentColumns {
  const { findings, score, severity, isConfirmed, isAlerting, firstAtMs, lastAtMs } = group;
  const code = ({ severity: of }: Member) => codeOf(severities, of);
  const worst = findings.reduce((a, b) => (code(b) > code(a) ? b : a));
  const isOpen = findings.some(({ state }) => state === 'open');
  return {
    user: worst.user,
    state: codeOf(incidentStates, isOpen ? 'open' : 'closed'),
    severity: codeOf(severities, severity ?? worst.severity),
    score,
    // log2 of the score at any moment, in half-lives, is this minus that moment: fading changes no order.
    rank: score === 0 ? null : Math.log2(score) * defaultSettings.incident.halfLifeMs + lastAtMs,
    isConfirmed: Number(isConfirmed),
    isAlerting: Number(isAlerting),
    firstAtMs,
    lastAtMs,
  };
}
