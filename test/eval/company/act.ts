import type { Sighting } from '../../../src/engine/detect/facts.ts';
import type { Network } from '../../../src/engine/whereabouts.ts';
import { deviceSaying } from './agents.ts';
import type { Point } from './globe.ts';
import type { Truth } from './history.ts';
import { addressIn, type Access } from './networks.ts';

/** Where a request came in from, and where the hand on the keyboard truly was. */
export type Connection = {
  readonly access: Access;
  readonly host: number;
  readonly point: Point;
  /** Traffic comes out where the person is. */
  readonly isLocal: boolean;
  /** In place of the provider's, where a table knows more about this very line. */
  readonly network?: Network;
};

/** Something that somebody did, with the truth about it. */
export type Act = {
  readonly kind: Sighting['kind'];
  /** When it truly happened. */
  readonly atMs: number;
  readonly outcome: 'success' | 'failure';
  readonly sessionKey: string | null;
  readonly connection: Connection;
  readonly userAgent: string;
  /** The attack it is part of; null: the person did it. */
  readonly attack: string | null;
};

/** Time between two polls of the made-up sources. */
export const POLL_MS = 5 * 60_000;

/** What the product gets to see of the acts of one person, in order, and apart from it the truth by sighting. */
export function seen(
  userId: string,
  acts: readonly Act[],
): { sightings: readonly Sighting[]; truths: ReadonlyMap<string, Truth> } {
  const timed = acts.map((act) => ({ act, ...momentOf(act) })).sort((a, b) => a.toMs - b.toMs);
  const truths = new Map<string, Truth>();
  const sightings = timed.map(({ act, fromMs, toMs }, at) => {
    const id = `${userId}:${String(at).padStart(6, '0')}`;
    const { point, isLocal, access } = act.connection;
    const { line } = access.provider;
    truths.set(id, { atMs: act.atMs, point, isLocal, line, attack: act.attack });
    return sightingOf(id, userId, act, { fromMs, toMs });
  });
  return { sightings, truths };
}

/** Logins and starts are reported with their time; activity lies somewhere between two polls. */
function momentOf({ kind, atMs }: Act): { fromMs: number; toMs: number } {
  if (kind !== 'activity') return { fromMs: Math.round(atMs), toMs: Math.round(atMs) };
  const toMs = Math.ceil(atMs / POLL_MS) * POLL_MS;
  return { fromMs: toMs - POLL_MS, toMs };
}

function sightingOf(
  id: string,
  userId: string,
  { kind, outcome, sessionKey, connection, userAgent }: Act,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Sighting {
  const { access, host, network } = connection;
  return {
    id,
    kind,
    fromMs,
    toMs,
    quality: kind === 'activity' ? 'derived' : 'reported',
    outcome,
    source: 'app',
    userId,
    sessionKey,
    ip: addressIn(access, host),
    ipClass: 'public',
    place: access.place,
    network: network ?? access.provider.network,
    device: deviceSaying(userAgent),
    userAgent,
    isOwnPoll: false,
    idReconnects: false,
  };
}
