import type { Finding } from '../../../src/contract/finding.ts';
import type { IncidentDetail, IncidentNote } from '../../../src/contract/incident.ts';
import { severity as severities } from '../../../src/contract/rules.ts';
import type { Suppression } from '../../../src/contract/suppression.ts';
import type { DecideRequest, Decided } from '../../../src/contract/triage.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { EngineError } from '../../../src/engine/errors.ts';

type Triage = Omit<Engine['findings'], 'list' | 'get'>;

export type FakeTriage = {
  /** As they are now. */
  readonly findings: () => Finding[];
  readonly incidents: () => IncidentDetail[];
  readonly findingCalls: Triage;
  readonly incidentCalls: Omit<Engine['incidents'], 'list'>;
  readonly suppressions: Engine['suppressions'];
};

/** Findings that can be decided on, one incident a user, and suppressions by rule and user. */
export function fakeTriage(findings: readonly Finding[], nowMs: number): FakeTriage {
  const at = () => new Date(nowMs).toISOString();
  const stored = findings.map((finding) => ({ ...finding, incident: incidentOf(finding) }));
  const assignees = new Map<string, string | null>();
  const notes = new Map<string, IncidentNote[]>();
  let suppressions: Suppression[] = [];

  const decide = (
    meant: (finding: Finding) => boolean,
    request: Omit<DecideRequest, 'ids'> | null,
  ): Decided => {
    const hits = stored.filter(meant);
    for (const finding of hits)
      Object.assign(finding, {
        state: request === null ? 'open' : 'closed',
        verdict: request?.verdict ?? null,
        verdictReason: request?.reason ?? null,
        verdictBy: request === null ? null : 'ann via web',
        verdictAt: request === null ? null : at(),
        duplicateOf: request?.duplicateOf ?? null,
      } satisfies Partial<Finding>);
    return { findings: hits.length, sessions: [...new Set(hits.flatMap(({ sessions }) => sessions))] };
  };
  const incidents = () =>
    [...Map.groupBy(stored, ({ incident }) => incident).entries()].map(([id, members]) =>
      detailOf(id, members, assignees.get(id) ?? null, notes.get(id) ?? []),
    );
  const matches =
    ({ rule, source, userId }: Suppression['scope']) =>
    (finding: Finding) =>
      (rule === null || finding.rule === rule) &&
      (source === null || finding.source === source) &&
      (userId === null || finding.userId === userId);

  return {
    findings: () => stored,
    incidents,
    findingCalls: {
      decide: async (request) => decide(({ id }) => request.ids.includes(id), request),
      reopen: async ({ ids }) => decide(({ id }) => ids.includes(id), null),
    },
    incidentCalls: {
      get: async (id) => {
        const found = incidents().find((one) => one.id === id);
        if (found === undefined) throw new EngineError('not-found', 'There is no such incident.');
        return found;
      },
      decide: async (request) =>
        decide(({ incident, state }) => request.ids.includes(incident ?? '') && state === 'open', request),
      reopen: async ({ ids }) => decide(({ incident }) => ids.includes(incident ?? ''), null),
      assign: async ({ ids, assignee }) => ids.forEach((id) => assignees.set(id, assignee)),
      note: async ({ id, text }) => {
        notes.set(id, [...(notes.get(id) ?? []), { at: at(), by: 'ann via web', text }]);
      },
    },
    suppressions: {
      list: async () => suppressions,
      preview: async ({ scope, days }) => {
        const hits = stored.filter((finding) => finding.state === 'open' && matches(scope)(finding));
        const warnings = scope.userId === null ? ['It names the rule and nothing else.'] : [];
        return { days, findings: hits, total: hits.length, incidents: [], warnings };
      },
      add: async ({ scope, reason, days }) => {
        const hits = stored.filter((finding) => finding.state === 'open' && matches(scope)(finding));
        const added: Suppression = {
          id: `s${suppressions.length + 1}`,
          ...{ scope, reason, owner: 'ann via web', createdAt: at(), endedAt: null, inForce: true },
          expiresAt: days === 'never' ? null : new Date(nowMs + days * 86_400_000).toISOString(),
          hits: hits.length,
          lastHitAt: hits.length === 0 ? null : at(),
        };
        for (const finding of hits)
          Object.assign(finding, {
            state: 'suppressed',
            suppressedBy: `Suppression: ${reason}`,
            suppression: added.id,
          });
        suppressions = [added, ...suppressions];
        return added;
      },
      end: async (id) => {
        suppressions = suppressions.map((one) =>
          one.id === id ? { ...one, endedAt: at(), inForce: false } : one,
        );
        const hits = stored.filter(({ suppression }) => suppression === id);
        for (const finding of hits)
          Object.assign(finding, { state: 'open', suppressedBy: null, suppression: null });
        return { reopened: hits.length };
      },
    },
  };
}

function incidentOf({ source, userId }: Finding): string {
  return `i-${source}-${userId}`;
}

function detailOf(
  id: string,
  members: readonly Finding[],
  assignee: string | null,
  noteTexts: IncidentNote[],
): IncidentDetail {
  const worst = members.reduce((a, b) => (b.score > a.score ? b : a));
  const open = members.filter(({ state }) => state === 'open');
  const decided = members.find(({ verdict }) => verdict !== null);
  const times = members.map((finding) => finding.at).sort();
  return {
    id,
    state: open.length > 0 ? 'open' : 'closed',
    severity:
      severities.options.findLast((each) => members.some(({ severity }) => severity === each)) ?? 'info',
    score: Math.min(99, worst.score + members.length) + 0.4,
    alerting: open.some(({ severity }) => severity !== 'info' && severity !== 'low'),
    ...{
      userId: worst.userId,
      userName: worst.userName,
      source: worst.source,
      personId: null,
      title: worst.title,
    },
    rules: [...new Set(members.map(({ rule }) => rule))],
    findings: members.length,
    openFindings: open.length,
    sessions: [...new Set(members.flatMap(({ sessions }) => sessions))],
    firstAt: times[0] ?? worst.at,
    lastAt: times.at(-1) ?? worst.at,
    assignee,
    notes: noteTexts.length,
    noteTexts,
    verdict: decided?.verdict ?? null,
    verdictReason: decided?.verdictReason ?? null,
    verdictBy: decided?.verdictBy ?? null,
    verdictAt: decided?.verdictAt ?? null,
  };
}
