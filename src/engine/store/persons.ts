import type { Person, UserRef } from '../../contract/person.ts';
import { EngineError } from '../errors.ts';
import type { Db } from './database.ts';
import { groupFindings } from './group-findings.ts';
import type { AuditDraft } from './audit-draft.ts';
import { isoOrNull } from './instant.ts';
import type { UserNumber } from './user-number.ts';

type Row = {
  person: string;
  source: string;
  userId: string;
  userName: string | null;
  email: string | null;
  byHand: number;
  by: string | null;
  at: number | null;
};

/** Who decides that users are one, or are not, and when. */
type Decider = Pick<AuditDraft, 'actor' | 'at'>;

/** Persons told at once, by their ids; `users personId:*` lists every user of all. */
const MAX_PERSONS = 1_000;

export function readPersons(db: Db): readonly Person[] {
  const rows = db
    .prepare<[number], Row>(
      `SELECT u.person_id AS person, source.name AS source, u.external_id AS userId, u.name AS userName, u.email,
         u.is_person_by_hand AS byHand, u.person_by AS "by", u.person_at AS at
       FROM user AS u JOIN source ON source.id = u.source_id
       WHERE u.person_id IN (SELECT DISTINCT person_id FROM user WHERE person_id IS NOT NULL ORDER BY person_id LIMIT ?)
       ORDER BY u.person_id, source.name, u.external_id`,
    )
    .all(MAX_PERSONS);
  const people = Map.groupBy(rows, ({ person }) => person);
  return [...people].map(([id, members]) => ({
    id,
    users: members.map(({ person: _, byHand, at, ...user }) => ({
      ...user,
      byHand: byHand === 1,
      at: isoOrNull(at),
    })),
  }));
}

/** Makes users one person, with whoever was linked to one of them before. Answers everybody whom it concerns. */
export function linkUsers(db: Db, refs: readonly UserRef[], decider: Decider): readonly UserNumber[] {
  const named = refs.map((ref) => numberOf(db, ref));
  if (new Set(named).size < 2)
    throw new EngineError('invalid-input', 'Name at least two different users.', { field: 'users' });
  const everybody = withMates(db, named);
  db.prepare('UPDATE user SET person_id = ? WHERE id IN (SELECT value FROM json_each(?))').run(
    newPerson(db),
    JSON.stringify(everybody),
  );
  settleByHand(db, named, decider);
  groupFindings(db, everybody);
  return everybody;
}

/** Parts a user from its person, and for good: an equal e-mail does not join it again. Answers everybody whom it concerns. */
export function unlinkUser(db: Db, ref: UserRef, decider: Decider): readonly UserNumber[] {
  const user = numberOf(db, ref);
  const everybody = withMates(db, [user]);
  if (everybody.length < 2)
    throw new EngineError('refused', `The user "${ref.userId}" at "${ref.source}" is linked to nobody.`);
  leavePerson(db, user, everybody);
  settleByHand(db, [user], decider);
  return everybody;
}

/** Takes a user out of its person; of two that leaves none. */
export function leavePerson(db: Db, user: UserNumber, everybody: readonly UserNumber[]): void {
  // Incidents that were of both stay with the others; what is the user's alone goes along.
  db.prepare(
    `UPDATE finding SET incident_id = NULL WHERE user_id = @user AND incident_id IN (
       SELECT incident_id FROM finding WHERE user_id IN (SELECT value FROM json_each(@all)) AND user_id <> @user)`,
  ).run({ user, all: JSON.stringify(everybody) });
  const others = everybody.filter((each) => each !== user);
  const left = others.length > 1 ? [user] : everybody;
  db.prepare('UPDATE user SET person_id = NULL WHERE id IN (SELECT value FROM json_each(?))').run(
    JSON.stringify(left),
  );
  groupFindings(db, everybody);
}

/** The id of a person that nobody is yet. */
export function newPerson(db: Db): string {
  return `p${db.prepare('INSERT INTO person DEFAULT VALUES').run().lastInsertRowid}`;
}

function settleByHand(db: Db, users: readonly UserNumber[], { actor, at }: Decider): void {
  db.prepare(
    `UPDATE user SET is_person_by_hand = 1, person_by = @actor, person_at = @at
     WHERE id IN (SELECT value FROM json_each(@users))`,
  ).run({ actor, at: Date.parse(at), users: JSON.stringify(users) });
}

/** Users with everybody who is one person with one of them. */
export function withMates(db: Db, users: readonly UserNumber[]): readonly UserNumber[] {
  return db
    .prepare<[string], UserNumber>(
      `WITH asked AS MATERIALIZED (SELECT id, person_id FROM user WHERE id IN (SELECT value FROM json_each(?)))
       SELECT id FROM asked UNION SELECT id FROM user WHERE person_id IN (SELECT person_id FROM asked)`,
    )
    .pluck()
    .all(JSON.stringify(users));
}

/** Throws `not-found`. */
export function numberOf(db: Db, { source, userId }: UserRef): UserNumber {
  const number = db
    .prepare<[string, string], UserNumber>(
      'SELECT user.id FROM user JOIN source ON source.id = user.source_id WHERE source.name = ? AND user.external_id = ?',
    )
    .pluck()
    .get(source, userId);
  if (number === undefined)
    throw new EngineError('not-found', `There is no user "${userId}" at "${source}"; "users" lists them.`);
  return number;
}
