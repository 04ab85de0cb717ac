import type { Db } from './database.ts';
import { groupFindings } from './group-findings.ts';
import { leavePerson, newPerson, withMates } from './persons.ts';
import type { UserNumber } from './user-number.ts';

/** More users than this on one address share a mailbox by mistake, or by malice: they stay as they are. */
const MAX_USERS = 20;

type Mate = { id: UserNumber; person: string | null };

/**
 * Joins a user with those of the same verified e-mail address (adapters keep no other), unless somebody linked or parted
 * one by hand. An address that changes takes the user out of the person that the old one made.
 */
export class PersonsByEmail {
  readonly #db: Db;
  readonly #mates;
  readonly #byHand;
  readonly #join;

  constructor(db: Db) {
    this.#db = db;
    this.#mates = db.prepare<[string, UserNumber], Mate>(
      `SELECT id, person_id AS person FROM user
       WHERE email_folded = ? AND id <> ? AND is_person_by_hand = 0 LIMIT ${MAX_USERS}`,
    );
    this.#byHand = db
      .prepare<[UserNumber], number>('SELECT is_person_by_hand FROM user WHERE id = ?')
      .pluck();
    this.#join = db.prepare<[string, string]>(
      'UPDATE user SET person_id = ? WHERE id IN (SELECT value FROM json_each(?))',
    );
  }

  /** Called when a user is first told of, and when its address has changed. */
  join(user: UserNumber, emailFolded: string | null, isNew: boolean): void {
    if (!isNew && this.#byHand.get(user) === 1) return;
    if (!isNew) this.#leave(user);
    const mates = emailFolded === null ? [] : this.#mates.all(emailFolded, user);
    if (mates.length === 0 || mates.length >= MAX_USERS) return;
    const person = mates.find((mate) => mate.person !== null)?.person ?? newPerson(this.#db);
    const everybody = [user, ...mates.map(({ id }) => id)];
    this.#join.run(person, JSON.stringify(everybody));
    // Of a new user there is no finding yet.
    if (!isNew) groupFindings(this.#db, everybody);
  }

  #leave(user: UserNumber): void {
    const everybody = withMates(this.#db, [user]);
    if (everybody.length > 1) leavePerson(this.#db, user, everybody);
  }
}
