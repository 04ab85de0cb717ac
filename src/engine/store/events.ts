import { codeOf, eventKinds, eventOrigins, eventOutcomes } from '../query/codes.ts';
import type { Db } from './database.ts';
import type { Dictionaries } from './dictionaries.ts';
import type { EventRecord } from './records.ts';
import type { UserNumber } from './user-number.ts';

type NewEvent = {
  readonly userId: UserNumber;
  readonly at: number;
  readonly kind: number;
  readonly outcome: number;
  readonly origin: number;
  readonly sessionId: number | null;
  /** Only when no such session is stored. */
  readonly sessionKey: string | null;
  readonly ipId: number | null;
  readonly placeId: number | null;
  readonly networkId: number | null;
  readonly agentId: number | null;
  readonly deviceId: number | null;
  readonly deviceToken: string | null;
  readonly content: number | null;
};

/** Where and with what, for an event that follows from a session. */
export type SessionContext = Pick<NewEvent, 'ipId' | 'placeId' | 'networkId' | 'agentId' | 'deviceId'>;

/** Writes events, each once: same user, moment, kind, address, user agent, session and content is the same event. */
export class Events {
  readonly #insert;
  readonly #unadopted;
  readonly #adopt;
  readonly #repoint;
  readonly #drop;
  readonly #dictionaries: Dictionaries;

  constructor(db: Db, dictionaries: Dictionaries) {
    this.#dictionaries = dictionaries;
    this.#insert = db.prepare<[NewEvent]>(
      `INSERT INTO event (user_id, at, kind, outcome, origin, session_id, session_key, ip_id, place_id, network_id, agent_id,
         device_id, device_token, content)
       VALUES (@userId, @at, @kind, @outcome, @origin, @sessionId, @sessionKey, @ipId, @placeId, @networkId, @agentId,
         @deviceId, @deviceToken, @content)
       ON CONFLICT DO NOTHING`,
    );
    this.#unadopted = db.prepare('SELECT 1 FROM event WHERE session_key IS NOT NULL LIMIT 1');
    this.#adopt = db.prepare<[number, string]>(
      'UPDATE event SET session_id = ?, session_key = NULL WHERE session_key = ?',
    );
    this.#repoint = db.prepare<[number, number]>(
      'UPDATE OR IGNORE event SET session_id = ? WHERE session_id = ? AND origin = 0',
    );
    this.#drop = db.prepare<[number]>('DELETE FROM event WHERE session_id = ?');
  }

  /** One event a source told of; true when it is new. `sessionId` is null while its session is not stored. */
  report(userId: UserNumber, record: EventRecord, sessionId: number | null): boolean {
    return this.#add({
      userId,
      at: record.atMs,
      kind: codeOf(eventKinds, record.kind),
      outcome: codeOf(eventOutcomes, record.outcome),
      origin: codeOf(eventOrigins, 'reported'),
      sessionId,
      sessionKey: sessionId === null ? record.sessionKey : null,
      ipId: this.#dictionaries.ip(record.ip),
      placeId: this.#dictionaries.place(record.place, record.placeFrom),
      networkId: this.#dictionaries.network(record.network),
      agentId: this.#dictionaries.agent(record.userAgent),
      deviceId: record.device === null ? null : this.#dictionaries.device(record.device),
      deviceToken: record.deviceToken ?? null,
      content: record.content ?? null,
    });
  }

  /** An event that follows from a session's own start or end, where the source reports none. */
  synthesise(
    kind: 'login' | 'end',
    userId: UserNumber,
    at: number,
    sessionId: number,
    context: SessionContext,
  ): void {
    const { ipId, placeId, networkId, agentId, deviceId } = context;
    this.#add({
      userId,
      at,
      kind: codeOf(eventKinds, kind),
      outcome: codeOf(eventOutcomes, 'success'),
      origin: codeOf(eventOrigins, 'synthesised'),
      sessionId,
      sessionKey: null,
      ipId,
      placeId,
      networkId,
      agentId,
      deviceId,
      deviceToken: null,
      content: null,
    });
  }

  /** Whether any event names a session that is not stored. */
  hasUnadopted(): boolean {
    return this.#unadopted.get() !== undefined;
  }

  /** Events that named a session before it was stored. */
  adopt(sessionId: number, key: string): void {
    this.#adopt.run(sessionId, key);
  }

  /** One session turned out to be another: what was reported of it moves, what followed from it never was. */
  move(fromSession: number, toSession: number): void {
    this.#repoint.run(toSession, fromSession);
    this.#drop.run(fromSession);
  }

  #add(event: NewEvent): boolean {
    return this.#insert.run(event).changes > 0;
  }
}
