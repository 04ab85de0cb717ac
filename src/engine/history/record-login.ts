import { hash } from 'node:crypto';
import type { Enricher } from '../enrich/enricher.ts';
import { mergeNetworks } from '../enrich/network.ts';
import { sessionKeys } from '../poll/session-key.ts';
import type { EventRecord } from '../store/records.ts';
import type { Network } from '../whereabouts.ts';
import type { PastLogin } from './past-login.ts';

/** A file tells of everybody, so its sessions are named like those of a listing of everybody. */
const EVERYBODY = '*';
/** In the place of an account: a device token and a session id that are the same text get different hashes. */
const DEVICES = 'device tokens';
/** Bits of a mark: what a JavaScript number and an SQLite integer both hold exactly. */
const MARK_HEX = 12;

/**
 * Makes store records of lines: hashes what may be a live credential and looks up what the line does not give. What it
 * gives wins over the databases.
 */
export function createLoginRecorder(deps: {
  readonly enricher: Enricher;
  readonly identityKey: Buffer;
  readonly source: string;
}): (login: PastLogin) => EventRecord {
  const { enricher, identityKey, source } = deps;
  const sessionKeyOf = sessionKeys(identityKey, source, EVERYBODY);
  const deviceTokenOf = sessionKeys(identityKey, source, DEVICES);

  return ({ atMs, user, outcome, userAgent, place, network, ...login }) => {
    const ip = login.ip === null ? null : enricher.ip(login.ip);
    const sessionKey = login.sessionId === null ? null : sessionKeyOf(login.sessionId);
    const deviceToken = login.deviceToken === null ? null : deviceTokenOf(login.deviceToken);
    const known = ip?.place ?? null;
    const said = [outcome, ip?.address, userAgent, sessionKey, deviceToken, place, network];
    return {
      atMs,
      user: { ...user, email: null },
      kind: outcome === 'failure' ? 'failure' : 'login',
      outcome,
      ip,
      userAgent,
      sessionKey,
      device: userAgent === null ? null : enricher.device(userAgent),
      place: place ?? known,
      placeFrom: place !== null ? 'source' : known !== null ? 'database' : null,
      network: networkOf(network, ip?.network ?? null),
      deviceToken,
      content: Number.parseInt(hash('sha1', JSON.stringify(said)).slice(0, MARK_HEX), 16),
    };
  };
}

/** A database that speaks of another network than the line has nothing to add to it. */
function networkOf(stated: PastLogin['network'], known: Network | null): Network | null {
  const isOther = stated.asn !== null && known !== null && known.asn !== stated.asn;
  const numbered = { asn: stated.asn, org: null, kinds: [] };
  const merged = mergeNetworks(known === null || isOther ? [numbered] : [numbered, known]);
  const asn = merged?.asn ?? null;
  const org = stated.org ?? merged?.org ?? null;
  const kinds = stated.kinds ?? merged?.kinds ?? [];
  return asn === null && org === null && kinds.length === 0 ? null : { asn, org, kinds };
}
