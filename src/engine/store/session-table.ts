import { codeOf, sessionStates } from '../query/codes.ts';
import { askedKeys, keyBytes, keyIs, keyText } from '../query/key-bytes.ts';
import type { Db } from './database.ts';
import type { Observed } from './observations.ts';
import type { UserNumber } from './user-number.ts';

/** A session's columns as ingest computes them; times in milliseconds, closed lists as codes. */
export type NewSession = Observed & {
  readonly key: string;
  readonly sourceId: number;
  readonly listingId: number;
  readonly userId: UserNumber;
  readonly isCurrent: number | null;
  readonly startedAt: number | null;
  readonly startedQuality: number;
  /** When this was observed: the first time for a new row, the latest for an update. */
  readonly observedAt: number;
  readonly isUserGone: number;
  readonly impersonatedBy: string | null;
  readonly hint: string;
};

export type StoredSession = Omit<NewSession, 'observedAt'> & {
  readonly id: number;
  readonly lastObservedAt: number;
  readonly endedAt: number | null;
  /** The row's start, and its end, are events that nobody reported: read from it, not stored. */
  readonly tellsLogin: number;
  readonly tellsEnd: number;
  /** How many observations it has. */
  readonly observations: number;
};

const ENDED = codeOf(sessionStates, 'ended');
const REVOKED = codeOf(sessionStates, 'revoked');

/** Columns whose difference makes a row worth writing; the ones that only say when it was written are not among them. */
const compared = [
  'listingId',
  'userId',
  'state',
  'isCurrent',
  'startedAt',
  'startedQuality',
  'lastSeenAt',
  'expiresAt',
  'ipId',
  'placeId',
  'networkId',
  'agentId',
  'deviceId',
  'isOwnPoll',
  'isUserGone',
  'impersonatedBy',
  'hint',
] as const satisfies (keyof NewSession & keyof StoredSession)[];

/** The writer's view of the session table. */
export class SessionTable {
  readonly #find;
  readonly #insert;
  readonly #update;
  readonly #end;
  readonly #revoke;

  constructor(db: Db) {
    this.#find = db.prepare<{ key: Buffer }, Omit<StoredSession, 'key'> & { storedKey: Buffer }>(
      `SELECT id, key AS storedKey, source_id AS sourceId, listing_id AS listingId, user_id AS userId, state,
         is_current AS isCurrent, started_at AS startedAt, started_quality AS startedQuality,
         last_seen_at AS lastSeenAt, expires_at AS expiresAt, last_observed_at AS lastObservedAt, ended_at AS endedAt, tells_login AS tellsLogin, tells_end AS tellsEnd, ip_id AS ipId,
         place_id AS placeId, network_id AS networkId, agent_id AS agentId, device_id AS deviceId,
         is_own_poll AS isOwnPoll, is_user_gone AS isUserGone, impersonated_by AS impersonatedBy, hint, observations
       FROM session
       WHERE id = coalesce((SELECT id FROM session WHERE ${keyIs('key', '@key')}),
                           (SELECT session_id FROM session_alias WHERE key = @key))`,
    );
    this.#insert = db.prepare<[Omit<NewSession, 'key'> & { key: Buffer; tellsLogin: number }]>(
      `INSERT INTO session (key, source_id, listing_id, user_id, state, is_current, started_at, started_quality,
         last_seen_at, expires_at, first_observed_at, last_observed_at, ended_at, ip_id, place_id, network_id,
         agent_id, device_id, is_own_poll, is_user_gone, impersonated_by, hint, observations, tells_login)
       VALUES (@key, @sourceId, @listingId, @userId, @state, @isCurrent, @startedAt, @startedQuality,
         @lastSeenAt, @expiresAt, @observedAt, @observedAt, NULL, @ipId, @placeId, @networkId,
         @agentId, @deviceId, @isOwnPoll, @isUserGone, @impersonatedBy, @hint, 1, @tellsLogin)`,
    );
    this.#update = db.prepare<
      [NewSession & Pick<StoredSession, 'id' | 'observations' | 'tellsLogin' | 'tellsEnd'>]
    >(
      `UPDATE session SET listing_id = @listingId, user_id = @userId, state = @state, is_current = @isCurrent,
         started_at = @startedAt, started_quality = @startedQuality, last_seen_at = @lastSeenAt,
         expires_at = @expiresAt, last_observed_at = @observedAt,
         ended_at = CASE WHEN @state >= ${ENDED} THEN ifnull(ended_at, @observedAt) END, ip_id = @ipId,
         place_id = @placeId, network_id = @networkId, agent_id = @agentId, device_id = @deviceId,
         is_own_poll = @isOwnPoll, is_user_gone = @isUserGone, impersonated_by = @impersonatedBy, hint = @hint,
         observations = @observations, tells_login = @tellsLogin, tells_end = @tellsEnd
       WHERE id = @id`,
    );
    this.#end = db.prepare<[number, number, number, number]>(
      'UPDATE session SET state = ?, ended_at = ?, last_observed_at = ?, tells_end = 1 WHERE id = ?',
    );
    this.#revoke = db.prepare<{ state: number; at: number; keys: string }>(
      `UPDATE session SET state = @state, ended_at = ifnull(ended_at, @at)
       WHERE id IN (SELECT id FROM (${askedKeys}) CROSS JOIN session ON ${keyIs('session.key', 'asked')})`,
    );
  }

  /** By its public key or by a later id it is known under. */
  find(key: string): StoredSession | undefined {
    const bytes = keyBytes(key);
    const stored = this.#find.get({ key: bytes });
    if (stored === undefined) return undefined;
    // Added to the row itself: a copy of it would cost as much as reading it.
    return Object.assign(stored, { key: stored.storedKey.equals(bytes) ? key : keyText(stored.storedKey) });
  }

  /** Answers the new row's number. When a session that was never seen alive ended is not known. */
  insert(values: NewSession, tellsLogin: boolean): number {
    const row = { ...values, key: keyBytes(values.key), tellsLogin: Number(tellsLogin) };
    return Number(this.#insert.run(row).lastInsertRowid);
  }

  /** Overwrites what a source told; a session that is told of as alive is no longer ended. */
  update(values: NewSession & Pick<StoredSession, 'id' | 'observations' | 'tellsLogin' | 'tellsEnd'>): void {
    this.#update.run(values);
  }

  /** From now on the row tells of its end. */
  end(stored: StoredSession, atMs: number, lastObservedAtMs: number): void {
    this.#end.run(ENDED, atMs, lastObservedAtMs, stored.id);
  }

  isSame(stored: StoredSession, values: NewSession): boolean {
    return compared.every((column) => stored[column] === values[column]);
  }

  /** Keeps the moment at which a session was found to be gone. */
  markRevoked(keys: readonly string[], atMs: number): void {
    this.#revoke.run({ state: REVOKED, at: atMs, keys: JSON.stringify(keys) });
  }
}
