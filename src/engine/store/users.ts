import { fold } from '../query/fold.ts';
import type { SourceUser } from '../source/source.ts';
import type { Db } from './database.ts';
import { PersonsByEmail } from './persons-by-email.ts';
import type { UserNumber } from './user-number.ts';
import { tellTags } from './user-tags.ts';

type StoredUser = {
  id: UserNumber;
  name: string | null;
  /** As of when the name was told, where that is not simply the last time. */
  nameAt: number | null;
  email: string | null;
  /** What the source told the user to be, apart by blanks; null: nothing. */
  told: string | null;
};

/** Users remembered per writer before they are looked up again. */
const MAX_REMEMBERED = 50_000;

/**
 * The numbers of users; a name or e-mail that a source tells later is adopted, one it stops telling is kept. What a
 * history tells has a moment: there the newest name wins, in whatever order its lines come.
 */
export class Users {
  readonly #db: Db;
  #retagged: UserNumber[] = [];
  readonly #remembered = new Map<string, StoredUser>();
  readonly #find;
  readonly #insert;
  readonly #rename;
  readonly #persons;

  constructor(db: Db) {
    this.#db = db;
    this.#persons = new PersonsByEmail(db);
    this.#find = db.prepare<[number, string], StoredUser>(
      `SELECT id, name, name_at AS nameAt, email,
         (SELECT group_concat(tag, ' ' ORDER BY tag) FROM user_tag_word WHERE user_id = user.id AND is_told = 1) AS told
       FROM user WHERE source_id = ? AND external_id = ?`,
    );
    this.#insert = db.prepare(`INSERT INTO user
      (source_id, external_id, external_id_folded, name, name_folded, name_at, email, email_folded)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#rename = db.prepare(
      'UPDATE user SET name = ?, name_folded = ?, name_at = ?, email = ?, email_folded = ? WHERE id = ?',
    );
  }

  /** `toldAtMs`: the moment as of which the name was told; null: now. */
  number(sourceNumber: number, user: SourceUser, toldAtMs: number | null = null): UserNumber {
    const identity = `${sourceNumber} ${user.id}`;
    const stored = this.#remembered.get(identity) ?? this.#find.get(sourceNumber, user.id);
    const known =
      stored === undefined ? this.#add(sourceNumber, user, toldAtMs) : this.#update(stored, user, toldAtMs);
    const current = user.tags === undefined ? known : this.#retag(known, user.tags);
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(identity, current);
    return current.id;
  }

  /** Users whom their source tells to be something else than before, since this was last asked. */
  takeRetagged(): readonly UserNumber[] {
    const retagged = this.#retagged;
    if (retagged.length > 0) this.#retagged = [];
    return retagged;
  }

  /** See `Dictionaries.forget`. */
  forget(): void {
    this.#remembered.clear();
    this.#retagged = [];
  }

  #add(sourceNumber: number, { id, name, email }: SourceUser, toldAtMs: number | null): StoredUser {
    const nameAt = name === null ? null : toldAtMs;
    const result = this.#insert.run(
      sourceNumber,
      id,
      fold(id),
      name,
      foldKnown(name),
      nameAt,
      email,
      foldKnown(email),
    );
    const number = Number(result.lastInsertRowid);
    this.#persons.join(number, foldKnown(email), true);
    return { id: number, name, nameAt, email, told: null };
  }

  #update(stored: StoredUser, user: SourceUser, toldAtMs: number | null): StoredUser {
    const isAdopted = user.name !== null && (toldAtMs === null || isNewerName(user.name, toldAtMs, stored));
    const { name, nameAt } = isAdopted ? { name: user.name, nameAt: toldAtMs } : stored;
    const email = user.email ?? stored.email;
    if (name === stored.name && nameAt === stored.nameAt && email === stored.email) return stored;
    this.#rename.run(name, foldKnown(name), nameAt, email, foldKnown(email), stored.id);
    if (email !== stored.email) this.#persons.join(stored.id, foldKnown(email), false);
    return { ...stored, name, nameAt, email };
  }

  #retag(stored: StoredUser, tags: NonNullable<SourceUser['tags']>): StoredUser {
    const told = tags.length === 0 ? null : tags.toSorted().join(' ');
    if (told === stored.told) return stored;
    tellTags(this.#db, stored.id, tags);
    this.#retagged.push(stored.id);
    return { ...stored, told };
  }
}

/** Of two names of one moment the same one wins, whichever comes first. */
function isNewerName(name: string, atMs: number, stored: StoredUser): boolean {
  if (stored.nameAt === null || atMs !== stored.nameAt) return atMs > (stored.nameAt ?? -Infinity);
  return stored.name === null || name > stored.name;
}

function foldKnown(text: string | null): string | null {
  return text === null ? null : fold(text);
}
