import type { Event } from '../contract/event.ts';
import type { Finding } from '../contract/finding.ts';
import type { Incident } from '../contract/incident.ts';
import type { Person } from '../contract/person.ts';
import type { RevocationItem, RevocationSummary } from '../contract/revocation.ts';
import type { Session } from '../contract/session.ts';
import type { Source } from '../contract/source.ts';
import type { Suppression } from '../contract/suppression.ts';
import type { User } from '../contract/user.ts';
import type { Column } from './output.ts';

/** `2026-11-21 05:51` in UTC: short enough for a table. */
export const minute = (instant: string | null) => instant?.slice(0, 16).replace('T', ' ') ?? null;
const where = ({ city, country, ipClass }: Pick<Session, 'city' | 'country' | 'ipClass'>) =>
  [city, country].filter((part) => part !== null).join(', ') || (ipClass === 'public' ? null : ipClass);
const device = ({ browser, os, deviceKind }: Pick<Session, 'browser' | 'os' | 'deviceKind'>) =>
  [browser, os].filter((part) => part !== null).join(' / ') || deviceKind;
const who = ({ userName, userId }: { userName: string | null; userId: string }) => userName ?? userId;

const linked = ({ byHand, by, at }: Pick<Person['users'][number], 'byHand' | 'by' | 'at'>) =>
  byHand ? ['by hand', by, minute(at)].filter((part) => part !== null).join(', ') : 'same e-mail';

export const sessionColumns: readonly Column<Session>[] = [
  { title: 'user', cell: who },
  { title: 'source', cell: ({ source }) => source },
  { title: 'state', cell: ({ state, current }) => (current === true ? `${state} (own)` : state) },
  { title: 'where', cell: where },
  { title: 'ip', cell: ({ ip }) => ip },
  { title: 'network', cell: ({ org }) => org },
  { title: 'device', cell: device },
  { title: 'started (UTC)', cell: ({ startedAt }) => minute(startedAt) },
  { title: 'last seen (UTC)', cell: ({ lastSeenAt }) => minute(lastSeenAt) },
  {
    title: 'findings',
    cell: ({ findings, impersonatedBy }) =>
      [...(impersonatedBy === null ? [] : ['impersonated']), ...findings].join(' '),
  },
  { title: 'key', cell: ({ key }) => key },
];

export const findingColumns: readonly Column<Finding>[] = [
  { title: 'severity', cell: ({ severity }) => severity },
  { title: 'rule', cell: ({ rule }) => rule },
  { title: 'user', cell: who },
  { title: 'source', cell: ({ source }) => source },
  { title: 'at (UTC)', cell: ({ at }) => minute(at) },
  { title: 'state', cell: ({ state }) => state },
  { title: 'incident', cell: ({ incident }) => incident },
  { title: 'title', cell: ({ title }) => title },
  { title: 'id', cell: ({ id }) => id },
];

export const incidentColumns: readonly Column<Incident>[] = [
  { title: 'id', cell: ({ id }) => id },
  { title: 'severity', cell: ({ severity }) => severity },
  { title: 'score', cell: ({ score }) => score },
  { title: 'user', cell: who },
  { title: 'source', cell: ({ source }) => source },
  {
    title: 'state',
    cell: ({ state, verdict, alerting }) => verdict ?? (alerting ? `${state} (alerts)` : state),
  },
  { title: 'rules', cell: ({ rules }) => rules.join(' ') },
  { title: 'first (UTC)', cell: ({ firstAt }) => minute(firstAt) },
  { title: 'last (UTC)', cell: ({ lastAt }) => minute(lastAt) },
  { title: 'assignee', cell: ({ assignee }) => assignee },
];

export const suppressionColumns: readonly Column<Suppression>[] = [
  { title: 'id', cell: ({ id }) => id },
  { title: 'in force', cell: ({ inForce }) => (inForce ? 'yes' : 'no') },
  { title: 'scope', cell: ({ scope }) => describeScope(scope) },
  { title: 'reason', cell: ({ reason }) => reason },
  { title: 'owner', cell: ({ owner }) => owner },
  { title: 'expires (UTC)', cell: ({ expiresAt }) => minute(expiresAt) ?? 'never' },
  { title: 'hits', cell: ({ hits }) => hits },
  { title: 'last hit (UTC)', cell: ({ lastHitAt }) => minute(lastHitAt) },
];

/** `rule:impossible-travel network:203.0.113.0/24`. */
function describeScope(scope: Suppression['scope']): string {
  return Object.entries(scope)
    .filter(([, value]) => value !== null)
    .map(([term, value]) => `${term}:${String(value)}`)
    .join(' ');
}

export const personColumns: readonly Column<{ id: string } & Person['users'][number]>[] = [
  { title: 'person', cell: ({ id }) => id },
  { title: 'source', cell: ({ source }) => source },
  { title: 'user', cell: who },
  { title: 'id', cell: ({ userId }) => userId },
  { title: 'e-mail', cell: ({ email }) => email },
  { title: 'linked (UTC)', cell: linked },
];

export const userColumns: readonly Column<User>[] = [
  { title: 'user', cell: who },
  { title: 'id', cell: ({ userId }) => userId },
  { title: 'source', cell: ({ source }) => source },
  { title: 'person', cell: ({ personId }) => personId },
  { title: 'tags', cell: ({ tags }) => tags.join(' ') },
  { title: 'live', cell: ({ liveSessions }) => liveSessions },
  { title: 'sessions', cell: ({ sessions }) => sessions },
  { title: 'findings', cell: ({ openFindings }) => openFindings },
  { title: 'countries', cell: ({ countries }) => countries.join(' ') },
  { title: 'last observed (UTC)', cell: ({ lastObservedAt }) => minute(lastObservedAt) },
];

export const eventColumns: readonly Column<Event>[] = [
  { title: 'at (UTC)', cell: ({ at }) => minute(at) },
  { title: 'kind', cell: ({ kind }) => kind },
  { title: 'outcome', cell: ({ outcome }) => outcome },
  { title: 'user', cell: who },
  { title: 'source', cell: ({ source }) => source },
  { title: 'where', cell: where },
  { title: 'ip', cell: ({ ip }) => ip },
  { title: 'device', cell: device },
];

export const sourceColumns: readonly Column<Source>[] = [
  { title: 'id', cell: ({ id }) => id },
  { title: 'kind', cell: ({ kind, mode }) => (mode === null ? kind : `${kind} (${mode})`) },
  { title: 'address', cell: ({ url }) => url },
  { title: 'health', cell: ({ health }) => health },
  { title: 'live', cell: ({ liveSessions }) => liveSessions },
  { title: 'can revoke', cell: ({ capabilities }) => (capabilities.canRevokeOne ? 'yes' : 'no') },
  { title: 'last complete (UTC)', cell: ({ lastCompleteAt }) => minute(lastCompleteAt) },
  { title: 'problem', cell: ({ problem }) => problem?.message ?? null },
];

export const revocationColumns: readonly Column<RevocationSummary>[] = [
  { title: 'id', cell: ({ id }) => id },
  { title: 'state', cell: ({ state }) => state },
  { title: 'created (UTC)', cell: ({ createdAt }) => minute(createdAt) },
  { title: 'finished (UTC)', cell: ({ finishedAt }) => minute(finishedAt) },
  { title: 'items', cell: ({ counts }) => describeCounts(counts) },
  { title: 'reason', cell: ({ reason }) => reason },
];

export const itemColumns: readonly Column<RevocationItem>[] = [
  { title: 'session', cell: ({ session }) => session },
  { title: 'source', cell: ({ source }) => source },
  { title: 'user', cell: who },
  { title: 'hint', cell: ({ hint }) => (hint === '' ? null : `…${hint}`) },
  { title: 'state', cell: ({ state }) => state },
  { title: 'why', cell: ({ why }) => why },
];

/** `3 verified, 1 skipped`. */
export function describeCounts(counts: RevocationSummary['counts']): string {
  return Object.entries(counts)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ');
}
