import { fold } from '../query/fold.ts';
import type { SourceUser } from '../source/source.ts';
import type { Db } from './database.ts';
import { PersonsByEmail } from './persons-by-email.ts';
import type { UserNumber } from './store.ts';

type StoredUser = { id: UserNumber; name: string | null; email: string | null };

/** Users remembered per writer before they are looked up again. */
const MAX_REMEMBERED = 50_000;

/** The numbers of users; a name or e-mail that a source tells later is adopted, one it stops telling is kept. */
export class Users {
  readonly #remembered = new Map<string, StoredUser>();
  readonly #find;
  readonly #insert;
  readonly #rename;
  readonly #persons;

  constructor(db: Db) {
    this.#persons = new PersonsByEmail(db);
    this.#find = db.prepare<[number, string], StoredUser>(
      'SELECT id, name, email FROM user WHERE source_id = ? AND external_id = ?',
    );
    this.#insert = db.prepare(`INSERT INTO user
      (source_id, external_id, external_id_folded, name, name_folded, email, email_folded)
      VALUES (?, ?, ?, ?, ?, ?, ?)`);
    this.#rename = db.prepare(
      'UPDATE user SET name = ?, name_folded = ?, email = ?, email_folded = ? WHERE id = ?',
    );
  }

  number(sourceNumber: number, user: SourceUser): UserNumber {
    const identity = `${sourceNumber} ${user.id}`;
    const stored = this.#remembered.get(identity) ?? this.#find.get(sourceNumber, user.id);
    const current = stored === undefined ? this.#add(sourceNumber, user) : this.#update(stored, user);
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(identity, current);
    return current.id;
  }

  /** See `Dictionaries.forget`. */
  forget(): void {
    this.#remembered.clear();
  }

  #add(sourceNumber: number, { id, name, email }: SourceUser): StoredUser {
    const result = this.#insert.run(
      sourceNumber,
      id,
      fold(id),
      name,
      foldKnown(name),
      email,
      foldKnown(email),
    );
    const number = Number(result.lastInsertRowid);
    this.#persons.join(number, foldKnown(email), true);
    return { id: number, name, email };
  }

  #update(stored: StoredUser, user: SourceUser): StoredUser {
    const name = user.name ?? stored.name;
    const email = user.email ?? stored.email;
    if (name === stored.name && email === stored.email) return stored;
    this.#rename.run(name, foldKnown(name), email, foldKnown(email), stored.id);
    if (email !== stored.email) this.#persons.join(stored.id, foldKnown(email), false);
    return { ...stored, name, email };
  }
}

function foldKnown(text: string | null): string | null {
  return text === null ? null : fold(text);
}
