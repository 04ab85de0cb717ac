import type { Capabilities } from '../../contract/source.ts';
import { duration } from '../text/times.ts';

/** One capability in words; `isLimit` marks what an analyst must keep in mind when nothing shows up. */
export type CapabilityWord = { readonly text: string; readonly isLimit: boolean };

/** What a source can and can't do, from its capabilities alone: the page never asks for its kind. */
export function capabilityWords(can: Capabilities): readonly CapabilityWord[] {
  if (can.minPollMs === null) return importedWords(can);
  return [
    scopeWord(can),
    can.canRevokeOne
      ? ok(`Single sessions can be ended; ${PROOF[can.revokeProof]}`)
      : limit('Sessions can’t be ended through this source'),
    ...(can.revokeLatencyMs > 0
      ? [limit(`An ended session may still be accepted for ${duration(can.revokeLatencyMs)}`)]
      : []),
    can.hasCurrentFlag ? ok('Marks the session of its own credential') : limit('Can’t tell its own session'),
    IP[can.ip],
    GEO[can.geo],
    can.hasRawUserAgent
      ? ok('Tells the raw user agent')
      : can.hasParsedDevice
        ? ok('Tells the device, parsed by the source')
        : limit('Tells no device'),
    LAST_SEEN[can.lastSeen],
    can.hasExpiry ? ok('Tells when sessions expire') : limit('Tells no expiry'),
    HISTORY[can.history],
    ...(can.idStability === 'reconnects' ? [limit('Gives a session a new id at each reconnect')] : []),
    ok(`Polled every ${duration(can.minPollMs)} at most`),
  ];
}

/** Where nothing is called, nothing is listed or ended either. */
function importedWords(can: Capabilities): readonly CapabilityWord[] {
  return [
    HISTORY[can.history],
    limit('Holds what was imported from files, and is never polled'),
    limit('Lists no sessions, so none can be ended'),
    IP[can.ip],
    GEO[can.geo],
    ...(can.hasRawUserAgent ? [ok('Tells the raw user agent')] : []),
  ];
}

function scopeWord({ scope, canListAll }: Capabilities): CapabilityWord {
  if (scope === 'all' && canListAll) return ok('Lists the sessions of all users');
  if (scope === 'perUser') return ok('Lists sessions user by user');
  return limit('Lists only the sessions of its own account');
}

const ok = (text: string): CapabilityWord => ({ text, isLimit: false });
const limit = (text: string): CapabilityWord => ({ text, isLimit: true });

const PROOF: Record<Capabilities['revokeProof'], string> = {
  listInAnswer: 'the answer lists what is left',
  notFoundOnUnknown: 'an unknown session is answered as not found',
  none: 'only the next listing proves it',
};

const IP: Record<Capabilities['ip'], CapabilityWord> = {
  full: ok('Tells full addresses'),
  prefix64: limit('Tells only the prefix of IPv6 addresses'),
  none: limit('Tells no addresses'),
};

const GEO: Record<Capabilities['geo'], CapabilityWord> = {
  none: ok('Places come from the local databases'),
  country: ok('Tells countries itself'),
  city: ok('Tells cities itself'),
  coordinates: ok('Tells coordinates itself'),
};

const LAST_SEEN: Record<Capabilities['lastSeen'], CapabilityWord> = {
  none: limit('Tells no last activity'),
  selfOnly: limit('Tells last activity only of its own session'),
  coarse: limit('Tells last activity roughly'),
  good: ok('Tells last activity'),
};

const HISTORY: Record<Capabilities['history'], CapabilityWord> = {
  none: limit('Tells no login history'),
  events: ok('Tells login events'),
  endedSessions: ok('Tells ended sessions'),
};
