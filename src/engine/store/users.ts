import { fold } from '../query/fold.ts';
import type { SourceUser } from '../source/source.ts';
import type { Db } from './database.ts';
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

  constructor(db: Db) {
    this.#find = db.prepare<[number, string], StoredUser>(
      'SELECT id, name, email FROM user WHERE source_id = ? AND external_id = ?',
    );
    // The columns that are read are `…_folded`: what is stored here, or else what lower() gives.
    this.#insert = db.prepare<[Folded & { sourceNumber: number; id: string; idFolded: string }]>(
      `INSERT INTO user (source_id, external_id, external_id_fold, name, name_fold, email, email_fold)
       VALUES (@sourceNumber, @id, nullif(@idFolded, lower(@id)), @name, nullif(@nameFolded, lower(@name)),
         @email, nullif(@emailFolded, lower(@email)))`,
    );
    this.#rename = db.prepare<[Folded & { number: number }]>(
      `UPDATE user SET name = @name, name_fold = nullif(@nameFolded, lower(@name)),
         email = @email, email_fold = nullif(@emailFolded, lower(@email)) WHERE id = @number`,
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
    const result = this.#insert.run({ sourceNumber, id, idFolded: fold(id), ...folded(name, email) });
    return { id: Number(result.lastInsertRowid), name, email };
  }

  #update(stored: StoredUser, user: SourceUser): StoredUser {
    const name = user.name ?? stored.name;
    const email = user.email ?? stored.email;
    if (name === stored.name && email === stored.email) return stored;
    this.#rename.run({ number: stored.id, ...folded(name, email) });
    return { ...stored, name, email };
  }
}

type Folded = Pick<StoredUser, 'name' | 'email'> & Record<'nameFolded' | 'emailFolded', string | null>;

function folded(name: string | null, email: string | null): Folded {
  return { name, email, nameFolded: foldKnown(name), emailFolded: foldKnown(email) };
}

function foldKnown(text: string | null): string | null {
  return text === null ? null : fold(text);
}
