import { codeOf, eventKinds, eventOrigins, eventOutcomes } from '../query/codes.ts';
import type { Db } from './database.ts';
import type { Dictionaries } from './dictionaries.ts';
import type { EventRecord, UserNumber } from './store.ts';

type NewEvent = {
  readonly userId: UserNumber;
  readonly at: number;
  readonly kind: number;
  readonly outcome: number;
  readonly origin: number;
  readonly sessionKey: string | null;
  readonly ipId: number | null;
  readonly placeId: number | null;
  readonly networkId: number | null;
  readonly agentId: number | null;
  readonly deviceId: number | null;
};

/** Where and with what, for an event that follows from a session. */
export type SessionContext = Pick<NewEvent, 'ipId' | 'placeId' | 'networkId' | 'agentId' | 'deviceId'>;

/** Writes events, each once: same user, moment, kind, address, user agent and session is the same event. */
export class Events {
  readonly #insert;
  readonly #dictionaries: Dictionaries;

  constructor(db: Db, dictionaries: Dictionaries) {
    this.#dictionaries = dictionaries;
    this.#insert = db.prepare<[NewEvent]>(
      `INSERT INTO event (user_id, at, kind, outcome, origin, session_key, ip_id, place_id, network_id, agent_id, device_id)
       VALUES (@userId, @at, @kind, @outcome, @origin, @sessionKey, @ipId, @placeId, @networkId, @agentId, @deviceId)
       ON CONFLICT DO NOTHING`,
    );
  }

  /** One event a source told of; true when it is new. */
  report(userId: UserNumber, record: EventRecord): boolean {
    return this.#add({
      userId,
      at: record.atMs,
      kind: codeOf(eventKinds, record.kind),
      outcome: codeOf(eventOutcomes, record.outcome),
      origin: codeOf(eventOrigins, 'reported'),
      sessionKey: record.sessionKey,
      ipId: this.#dictionaries.ip(record.ip),
      placeId: this.#dictionaries.place(record.place, record.placeFrom),
      networkId: this.#dictionaries.network(record.network),
      agentId: this.#dictionaries.agent(record.userAgent),
      deviceId: record.device === null ? null : this.#dictionaries.device(record.device),
    });
  }

  /** An event that follows from a session's own start or end, where the source reports none. */
  synthesise(
    kind: 'login' | 'end',
    userId: UserNumber,
    at: number,
    sessionKey: string,
    context: SessionContext,
  ): void {
    const { ipId, placeId, networkId, agentId, deviceId } = context;
    this.#add({
      userId,
      at,
      kind: codeOf(eventKinds, kind),
      outcome: codeOf(eventOutcomes, 'success'),
      origin: codeOf(eventOrigins, 'synthesised'),
      sessionKey,
      ipId,
      placeId,
      networkId,
      agentId,
      deviceId,
    });
  }

  #add(event: NewEvent): boolean {
    return this.#insert.run(event).changes > 0;
  }
}
