import { hash } from 'node:crypto';
import type { EventOutcome } from '../../contract/event.ts';
import type { IpClass } from '../../contract/place.ts';
import type { TimeQuality } from '../../contract/instant.ts';
import type { Sighting } from '../detect/facts.ts';
import type { EntryNumbers } from './person-rows.ts';
import type { Device, Network, Place } from '../whereabouts.ts';
import { compareText } from '../text-order.ts';

/** Whose sightings they are: one object for all of a user. */
export type Who = Pick<Sighting, 'source' | 'userId' | 'idReconnects'>;

export type IpEntry = { readonly address: string; readonly ipClass: IpClass };

/** Where and with what, as dictionary entries: one object for a run of sightings that share it. */
export type Where = {
  readonly ip: IpEntry | null;
  readonly place: Place | null;
  readonly network: Network | null;
  readonly device: Device | null;
  readonly userAgent: string | null;
  /** The entries' own. */
  readonly numbers: EntryNumbers;
};

/** Where nothing is known. */
export const nowhere: Where = {
  ...{ ip: null, place: null, network: null, device: null, userAgent: null },
  numbers: [null, null, null, null, null],
};

/** What the sightings of one session share; the key is null where no session is known. */
export type SessionOf = {
  readonly who: Who;
  readonly key: string | null;
  /** Of a login: what stays with its device, and the mark of the line that told of it. */
  readonly deviceToken?: string | null;
  readonly content?: number | null;
};

/** The moment itself; `number` is the observation's or the event's. */
export type Moment = Pick<Sighting, 'kind' | 'fromMs' | 'toMs' | 'isOwnPoll'> & {
  readonly number: number;
  readonly quality: TimeQuality;
  readonly outcome: EventOutcome;
};

/**
 * A sighting in a third of the memory that its values would take, because a shared account may have a million: what
 * sightings have in common is referred to, and ids are written only for who asks.
 */
export class StoredSighting implements Sighting {
  readonly kind: Sighting['kind'];
  readonly fromMs: number | null;
  readonly toMs: number;
  readonly quality: TimeQuality;
  readonly outcome: EventOutcome;
  readonly isOwnPoll: boolean;
  readonly session: SessionOf;
  readonly where: Where;
  readonly number: number;
  /** Set once everything else is known of it. */
  isQuarantined = false;

  constructor(moment: Moment, session: SessionOf, where: Where) {
    this.kind = moment.kind;
    this.fromMs = moment.fromMs;
    this.toMs = moment.toMs;
    this.quality = moment.quality;
    this.outcome = moment.outcome;
    this.isOwnPoll = moment.isOwnPoll;
    this.number = moment.number;
    this.session = session;
    this.where = where;
  }

  get id(): string {
    switch (this.kind) {
      // Of what it is made of, not of its number: a history that is imported in another order has the same ids.
      case 'login':
        return [
          'login',
          this.source,
          this.userId,
          this.toMs,
          this.outcome,
          this.ip,
          this.agentMark,
          this.session.key,
          ...(this.session.content == null ? [] : [this.session.content]),
        ].join(':');
      case 'activity':
        return `obs:${this.session.key}:${this.number}`;
      case 'start':
        return `start:${this.session.key}`;
    }
  }

  /** A user agent may be of a kilobyte; this many bits tell those of one user apart. */
  get agentMark(): string {
    return this.userAgent === null ? '' : hash('sha1', this.userAgent).slice(0, 12);
  }

  get source() {
    return this.session.who.source;
  }

  get userId() {
    return this.session.who.userId;
  }

  get idReconnects() {
    return this.session.who.idReconnects;
  }

  get sessionKey() {
    return this.session.key;
  }

  get deviceToken() {
    return this.session.deviceToken ?? null;
  }

  get ip() {
    return this.where.ip?.address ?? null;
  }

  get ipClass() {
    return this.where.ip?.ipClass ?? null;
  }

  get place() {
    return this.where.place;
  }

  get network() {
    return this.where.network;
  }

  get device() {
    return this.where.device;
  }

  get userAgent() {
    return this.where.userAgent;
  }
}

/**
 * By `toMs`, then id, as PersonFacts wants it; what a poll saw of many sessions at one moment is ordered by their keys,
 * which are of one length, without writing the ids.
 */
export function inOrder(a: StoredSighting, b: StoredSighting): number {
  if (a.toMs !== b.toMs) return a.toMs - b.toMs;
  const [one, other] = [a.session.key, b.session.key];
  const isByKey = a.kind === b.kind && a.kind !== 'login' && one !== null && other !== null && one !== other;
  return isByKey ? compareText(one, other) : compareText(a.id, b.id);
}
