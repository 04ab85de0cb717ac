import type { Overview } from '../../contract/overview.ts';
import type { SessionState } from '../../contract/session.ts';
import { SEVERITIES, toneOfSession, type Tone } from '../badge/tone.ts';
import { narrowed, term } from '../query/term.ts';

/** One number with the query that lists what it counts; `count` is null while unknown. */
export type Figure = {
  readonly name: string;
  readonly tone: Tone;
  readonly count: number | null;
  readonly query: string;
};

const STATES = [
  'active',
  'expired',
  'ended',
  'revoked',
  'unknown',
] as const satisfies readonly SessionState[];

/** Sessions that match the query, by state. */
export function stateFigures(overview: Overview | undefined, query: string): readonly Figure[] {
  return STATES.map((state) => ({
    name: state,
    tone: toneOfSession[state],
    count: overview?.sessions[state] ?? null,
    query: narrowed(query, term('state', state)),
  }));
}

/** What waits for an analyst by severity, whatever the query: incidents, because ten findings may be one attacker. */
export function severityFigures(overview: Overview | undefined): readonly Figure[] {
  return SEVERITIES.map((severity) => ({
    name: `${severity} ${overview?.openIncidents[severity] === 1 ? 'incident' : 'incidents'}`,
    tone: severity,
    count: overview?.openIncidents[severity] ?? null,
    query: `severity:${severity} state:open alerting:true`,
  }));
}
