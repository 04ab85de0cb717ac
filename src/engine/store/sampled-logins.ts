import type { Sighting } from '../detect/facts.ts';
import { loginsOf } from '../detect/days/score-logins.ts';
import { inParts } from '../in-parts.ts';
import type { PersonReader, Reach } from './person-facts.ts';
import type { UserNumber } from './user-number.ts';

const USERS_A_READ = 40;
/** Kept before they are read anew: some 10 MB. */
const MAX_KEPT = 50_000;

/**
 * The logins of users that are sampled on one day after another. The sample is by name, so that most of them are on every day they log in:
 * each is read once, over all these days and what they look back on.
 */
export class SampledLogins {
  readonly #people: PersonReader;
  readonly #reach: Reach;
  readonly #logins = new Map<UserNumber, readonly Sighting[]>();
  #kept = 0;

  /** @param reach from the look-back of the first of the days to the end of the last */
  constructor(people: PersonReader, reach: Reach) {
    this.#people = people;
    this.#reach = reach;
  }

  /** Of each of these users, in time order, those before a moment. */
  before(toMs: number, users: readonly UserNumber[]): readonly (readonly Sighting[])[] {
    this.#read(users);
    return users.map((user) => (this.#logins.get(user) ?? []).filter((login) => login.toMs < toMs));
  }

  #read(users: readonly UserNumber[]): void {
    if (this.#kept > MAX_KEPT) {
      this.#logins.clear();
      this.#kept = 0;
    }
    const unknown = users.filter((user) => !this.#logins.has(user));
    for (const part of inParts(unknown, USERS_A_READ)) {
      const some = new Set(part);
      for (const person of this.#people.read([...some], this.#reach)) {
        for (const member of person.users.filter(({ user }) => some.has(user))) {
          const logins = loginsOf(person, member);
          this.#logins.set(member.user, logins);
          this.#kept += logins.length;
        }
      }
    }
  }
}
