import { stat } from 'node:fs/promises';
import { classifyIp, normaliseIp } from '../../../src/engine/enrich/ip.ts';
import { mergeNetworks } from '../../../src/engine/enrich/network.ts';
import type { Sighting } from '../../../src/engine/detect/facts.ts';
import { markOf } from '../../../src/engine/detect/mark.ts';
import type { PastLogin } from '../../../src/engine/history/past-login.ts';
import { deviceSaying } from '../company/agents.ts';
import { readRba, type RbaLabel } from './rba-rows.ts';

/** Some users of the data set with all their logins. */
export type RbaPeople = {
  /** By user, sorted by time, then id. */
  readonly sightings: ReadonlyMap<string, readonly Sighting[]>;
  /** By sighting; what is not there has no label. */
  readonly labels: ReadonlyMap<string, RbaLabel>;
  /** Of how many users one is among them; whose account was taken over always is. */
  readonly oneIn: number;
  readonly nowMs: number;
};

/** Bytes for which one user in how many is taken: of the whole data set (8.5 GB) one in fifty, some 350,000 logins. */
const BYTES_A_SHARE = 170e6;

/** Reads the file twice: for who was taken over, and for the logins of those and of a sample. Users of many names are left out. */
export async function readRbaPeople(file: string): Promise<RbaPeople> {
  const taken = new Set<string>();
  for await (const rows of readRba(file, (label) => label === 'takeover'))
    for (const { login } of rows) taken.add(login.user.id);
  const oneIn = Math.max(1, Math.round((await stat(file)).size / BYTES_A_SHARE));
  const sightings = new Map<string, Sighting[]>();
  const labels = new Map<string, RbaLabel>();
  let nowMs = 0;
  for await (const rows of readRba(file)) {
    for (const { login, label } of rows) {
      const { id } = login.user;
      nowMs = Math.max(nowMs, login.atMs);
      if (login.isCrowd || (!taken.has(id) && markOf(id) % oneIn !== 0)) continue;
      const sighting = sightingOf(login);
      if (label !== null) labels.set(sighting.id, label);
      const known = sightings.get(id);
      if (known === undefined) sightings.set(id, [sighting]);
      else known.push(sighting);
    }
  }
  for (const own of sightings.values()) own.sort((a, b) => a.toMs - b.toMs || (a.id < b.id ? -1 : 1));
  return { sightings, labels, oneIn, nowMs };
}

function sightingOf({ line, atMs, user, outcome, userAgent, place, network, ...login }: PastLogin): Sighting {
  const ip = login.ip === null ? null : normaliseIp(login.ip);
  return {
    id: `${user.id}:${String(line).padStart(9, '0')}`,
    kind: 'login',
    fromMs: atMs,
    toMs: atMs,
    quality: 'reported',
    outcome,
    source: 'app',
    userId: user.id,
    sessionKey: null,
    ip,
    ipClass: ip === null ? null : classifyIp(ip),
    place,
    network: mergeNetworks([{ asn: network.asn, org: null, kinds: [] }]),
    device: userAgent === null ? null : deviceSaying(userAgent),
    userAgent,
    isOwnPoll: false,
    idReconnects: false,
  };
}
