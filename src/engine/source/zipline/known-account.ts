import type { ConfigOf } from '../../../contract/source.ts';
import type { Account, Row } from '../source.ts';

/**
 * Whose sessions are listed, learned from their rows: no other call tells. The configured owner adds name and e-mail,
 * and stands in where rows name no user (as in the documentation).
 */
export class KnownAccount {
  readonly #owner: ConfigOf<'zipline'>['owner'];
  #learned: Account | null = null;

  constructor(owner: ConfigOf<'zipline'>['owner']) {
    this.#owner = owner;
  }

  /** Null until a listing with at least one row was seen. */
  get current(): Account | null {
    return this.#learned;
  }

  /** Whether these rows are of the account known so far; it is forgotten when they are not. */
  learn(rows: readonly Row[]): boolean {
    if (rows.length === 0) return true;
    const account = this.of(rows);
    const isSame = this.#learned === null || this.#learned.id === account.id;
    this.#learned = isSame ? account : null;
    return isSame;
  }

  /** The account behind these rows, as far as they and the configuration tell. */
  of(rows: readonly Row[]): Account {
    const userId = rows.find(({ user }) => user !== null)?.user?.id;
    const id = userId ?? this.#owner?.id;
    const { name = null, email = null } = this.#owner ?? {};
    return { id: id ?? 'me', name, email, known: id !== undefined };
  }
}
