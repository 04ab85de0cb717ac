import { codeOf, sessionStates, timeQualities } from '../query/codes.ts';
import type { BatchResult } from './batch-result.ts';
import type { Db } from './database.ts';
import { Dictionaries } from './dictionaries.ts';
import { DueDays } from './due-days.ts';
import { Events } from './events.ts';
import { IngestedPage } from './ingested-page.ts';
import { isChange, isClockStep, Observations, type LatestObservation } from './observations.ts';
import type { Batch, EventRecord, SessionRecord } from './records.ts';
import { SessionTable, type NewSession, type StoredSession } from './session-table.ts';
import type { OpenSweep } from './open-sweep.ts';
import { SeenSessions } from './seen-sessions.ts';
import type { UserNumber } from './user-number.ts';
import { Users } from './users.ts';

/** Whose a session is and where: what an event takes over from its session. */
const context = [
  'userId',
  'ipId',
  'placeId',
  'networkId',
  'agentId',
  'deviceId',
] as const satisfies (keyof StoredSession)[];

/** Writes pages of sweeps. Holds prepared statements and the numbers of what repeats; lives as long as the writer. */
export class Ingest {
  readonly dictionaries: Dictionaries;
  readonly observations: Observations;
  readonly events: Events;
  readonly sessions: SessionTable;
  readonly days: DueDays;
  readonly seen = new SeenSessions();
  readonly #users: Users;

  constructor(db: Db) {
    this.dictionaries = new Dictionaries(db);
    this.observations = new Observations(db);
    this.events = new Events(db, this.dictionaries);
    this.sessions = new SessionTable(db);
    this.days = new DueDays(db);
    this.#users = new Users(db);
  }

  /** Forgets what is in memory; see `Dictionaries.forget`. */
  forget(): void {
    this.dictionaries.forget();
    this.#users.forget();
  }

  /** One page, inside the caller's transaction. */
  write(sweep: OpenSweep, batch: Batch, atMs: number): BatchResult {
    const page = new IngestedPage(this.events.hasUnadopted());
    for (const record of batch.rows) this.#row(sweep, record, atMs, page);
    for (const record of batch.history) this.#pastSession(sweep, record, atMs, page);
    for (const record of batch.events) {
      const user = this.#users.number(sweep.sourceId, record.user);
      if (this.events.report(user, record, this.#sessionIdOf(record))) page.addEvent(user, record);
    }
    for (const user of this.#users.takeRetagged()) page.touched.add(user);
    return page.result(this.days.mark(sweep.sourceId, page.loginDays, atMs));
  }

  /** Events that came without a sweep, inside the caller's transaction; see `ImportedPage`. */
  writeEvents(sourceId: number, events: readonly EventRecord[], atMs: number): BatchResult {
    const page = new IngestedPage(false);
    for (const record of events) {
      const user = this.#users.number(sourceId, record.user, record.atMs);
      page.touched.add(user);
      if (this.events.report(user, record, this.#sessionIdOf(record))) page.addEvent(user, record);
    }
    return page.result(this.days.mark(sourceId, page.loginDays, atMs));
  }

  #row(sweep: OpenSweep, record: SessionRecord, atMs: number, page: IngestedPage): void {
    const stored = this.sessions.find(record.key);
    if (stored === undefined) {
      const { id, user } = this.#add(sweep, record, atMs, page);
      this.seen.add(sweep.id, id, true);
      page.newSessions += 1;
      page.touched.add(user);
      return;
    }
    if (stored.key !== record.key) page.canonical.set(record.key, stored.key);
    if (!this.seen.add(sweep.id, stored.id, false)) return;
    this.#update(sweep, stored, this.#valuesOf(sweep, record, atMs), atMs, page);
  }

  /** A session the source tells of as ended: stored once, and believed about one that seemed alive. */
  #pastSession(sweep: OpenSweep, record: SessionRecord, atMs: number, page: IngestedPage): void {
    const stored = this.sessions.find(record.key);
    if (stored === undefined) {
      page.touched.add(this.#add(sweep, { ...record, state: 'ended' }, atMs, page).user);
      return;
    }
    const isAlive = stored.state < codeOf(sessionStates, 'ended');
    if (!isAlive || this.seen.has(sweep.id, stored.id)) return;
    this.sessions.end(stored, atMs, seenUntil(sweep, stored));
  }

  #add(
    sweep: OpenSweep,
    record: SessionRecord,
    atMs: number,
    page: IngestedPage,
  ): { id: number; user: UserNumber } {
    const values = this.#valuesOf(sweep, record, atMs);
    const tellsLogin =
      !sweep.reportsEvents && values.startedAt !== null && record.startedAtQuality === 'reported';
    const id = this.sessions.insert(values, tellsLogin);
    if (page.adoptsEvents) this.events.adopt(id, record.key);
    this.observations.add(id, 1, { at: atMs, notBefore: sweep.previousCompleteAt }, values);
    page.observations += 1;
    page.addStart(sweep, values);
    return { id, user: values.userId };
  }

  #update(
    sweep: OpenSweep,
    stored: StoredSession,
    values: NewSession,
    atMs: number,
    page: IngestedPage,
  ): void {
    const after = { ...values, ...startOf(stored, values), state: stateOf(stored, values) };
    if (after.startedAt !== stored.startedAt || after.userId !== stored.userId) page.addStart(sweep, after);
    // That time went by is no news of a session.
    const before = { ...stored, state: asOf(atMs, stored.state, stored.expiresAt) };
    const news = this.#newsOf(before, after);
    if (news !== null) {
      const moment = { at: atMs, notBefore: seenUntil(sweep, stored) };
      this.observations.add(stored.id, stored.observations + 1, moment, after, news.latest);
      page.observations += 1;
      page.touched.add(stored.userId);
    }
    if (news !== null || !this.sessions.isSame(stored, after)) {
      this.rewrite(stored, after, stored.observations + Number(news !== null));
    }
  }

  /** Overwrites a session; the events its row told of and will not tell of any more are stored first. */
  rewrite(stored: StoredSession, after: NewSession, observations: number): void {
    const isSameWhere = context.every((column) => stored[column] === after[column]);
    const isStillEnded = after.state >= codeOf(sessionStates, 'ended');
    const tellsLogin = stored.tellsLogin === 1 && isSameWhere && stored.startedAt === after.startedAt;
    const tellsEnd = stored.tellsEnd === 1 && isSameWhere && isStillEnded;
    const { id, userId, startedAt, endedAt } = stored;
    if (stored.tellsLogin === 1 && !tellsLogin && startedAt !== null) {
      this.events.synthesise('login', userId, startedAt, id, stored);
    }
    if (stored.tellsEnd === 1 && !tellsEnd && endedAt !== null) {
      this.events.synthesise('end', userId, endedAt, id, stored);
    }
    this.sessions.update({
      ...after,
      id,
      observations,
      tellsLogin: Number(tellsLogin),
      tellsEnd: Number(tellsEnd),
    });
  }

  /** Null where a row is not worth an observation; else with the newest one, if that was looked at. */
  #newsOf(
    before: StoredSession,
    after: NewSession,
  ): { readonly latest: LatestObservation | undefined } | null {
    if (isChange(before, after)) return { latest: undefined };
    if (before.lastSeenAt === after.lastSeenAt && before.expiresAt === after.expiresAt) return null;
    const latest = this.observations.latest(before.id);
    return isClockStep(latest?.clocks, after) ? { latest } : null;
  }

  #sessionIdOf({ sessionKey }: EventRecord): number | null {
    return sessionKey === null ? null : (this.sessions.find(sessionKey)?.id ?? null);
  }

  #valuesOf(sweep: OpenSweep, record: SessionRecord, atMs: number): NewSession {
    return {
      key: record.key,
      sourceId: sweep.sourceId,
      listingId: sweep.listingId,
      userId: this.#users.number(sweep.sourceId, record.user),
      state: asOf(atMs, codeOf(sessionStates, record.state), record.expiresAtMs),
      isCurrent: record.isCurrent === null ? null : Number(record.isCurrent),
      startedAt: record.startedAtMs,
      startedQuality: codeOf(timeQualities, record.startedAtQuality),
      lastSeenAt: record.lastSeenAtMs,
      expiresAt: record.expiresAtMs,
      observedAt: atMs,
      ipId: this.dictionaries.ip(record.ip),
      placeId: this.dictionaries.place(record.place, record.placeFrom),
      networkId: this.dictionaries.network(record.network),
      agentId: this.dictionaries.agent(record.userAgent),
      deviceId: this.dictionaries.device(record.device),
      isOwnPoll: Number(record.isOwnPoll),
      isUserGone: Number(record.userGone),
      impersonatedBy: record.impersonatedBy,
      hint: record.hint,
    };
  }
}

/** The last moment a stored session is known to have had its stored values. */
export function seenUntil(sweep: OpenSweep, stored: StoredSession): number {
  const isListed = stored.state < codeOf(sessionStates, 'ended');
  return isListed ? Math.max(stored.lastObservedAt, sweep.previousCompleteAt ?? 0) : stored.lastObservedAt;
}

/** A session starts once: a later start is taken only when it is better known (codes rise as quality falls). */
function startOf(
  stored: StoredSession,
  values: NewSession,
): Pick<NewSession, 'startedAt' | 'startedQuality'> {
  const isBetter = stored.startedAt === null || values.startedQuality < stored.startedQuality;
  const { startedAt, startedQuality } = isBetter ? values : stored;
  return { startedAt, startedQuality };
}

/** A state at a moment: what may still be used has expired once its time has come, whatever was last said of it. */
function asOf(atMs: number, state: number, expiresAt: number | null): number {
  const expired = codeOf(sessionStates, 'expired');
  return state < expired && expiresAt !== null && expiresAt <= atMs ? expired : state;
}

/** That we ended it ourselves is more than that it ended. */
function stateOf(stored: StoredSession, values: NewSession): number {
  const isOurs = stored.state === codeOf(sessionStates, 'revoked');
  return isOurs && values.state === codeOf(sessionStates, 'ended') ? stored.state : values.state;
}
