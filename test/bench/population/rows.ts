import type { SourceConfig } from '../../../src/contract/source.ts';
import { toRow as betterAuthRow, toUser } from '../../../src/engine/source/better-auth/transform.ts';
import { toRow as rocketchatRow } from '../../../src/engine/source/rocketchat/transform.ts';
import type { Account, Row, SourceEvent } from '../../../src/engine/source/source.ts';
import { services, type Person, type Service } from './people.ts';
import { momentMs, type Population, type SimulatedSession } from './population.ts';
import { administrator, betterAuthSession, betterAuthUser, rocketchatSession } from './wire.ts';

const ROWS_PER_PAGE = 1000;

/** The company's sources file; `url` is where its far side listens. */
export function sourceConfigs(url: string): readonly SourceConfig[] {
  return services.map((id) => {
    const shared = { id, url: `${url}/${id}`, mode: 'admin' as const };
    return id === 'chat'
      ? { ...shared, kind: 'rocketchat', auth: { userId: administrator.id, token: { env: 'BENCH_TOKEN' } } }
      : { ...shared, kind: 'better-auth', auth: { bearer: { env: 'BENCH_TOKEN' } } };
  });
}

/** Who the administrator is to the adapter of a service. */
export const account: Account = {
  id: administrator.id,
  name: administrator.name,
  email: administrator.email,
  known: true,
};

export type RowPage = { readonly rows: readonly Row[]; readonly events: readonly SourceEvent[] };

/** What the service's adapter makes of its whole listing, in pages; with the first listing the failures before it. */
export function* pagesOf(population: Population, service: Service, moment: number): Generator<RowPage> {
  let rows: Row[] = [];
  let events: SourceEvent[] = [];
  for (const person of population.usersOf(service)) {
    for (const session of population.sessionsOf(person, moment)) {
      const row = rowOf(person, session, moment);
      rows.push(row);
      if (moment === 0 && session.failedAtMs !== null) events.push(failureOf(row, session.failedAtMs));
    }
    if (rows.length < ROWS_PER_PAGE) continue;
    yield { rows, events };
    rows = [];
    events = [];
  }
  yield { rows, events };
}

function rowOf(person: Person, session: SimulatedSession, moment: number): Row {
  if (person.service === 'chat') return rocketchatRow(rocketchatSession(person, session), account, true);
  return betterAuthRow(betterAuthSession(person, session), {
    user: toUser(betterAuthUser(person)),
    currentId: administrator.sessionId,
    nowMs: momentMs(moment),
  });
}

function failureOf({ user, ip, userAgent }: Row, atMs: number): SourceEvent {
  return {
    atMs,
    user,
    kind: 'failure',
    outcome: 'failure',
    ip,
    userAgent,
    place: null,
    network: null,
    sessionIdentity: null,
  };
}
