import type { Overview } from '../../contract/overview.ts';
import type { Severity } from '../../contract/rules.ts';
import type { SessionState } from '../../contract/session.ts';
import { toneOfSession, type Tone } from '../badge/tone.ts';
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

/** Nothing less alerts. */
const ALERTING = ['critical', 'high', 'medium'] as const satisfies readonly Severity[];

/** Sessions that match the query, by state. */
export function stateFigures(overview: Overview | undefined, query: string): readonly Figure[] {
  return STATES.map((state) => ({
    name: state,
    tone: toneOfSession[state],
    count: overview?.sessions[state] ?? null,
    query: narrowed(query, term('state', state)),
  }));
}

/** What waits for an analyst, whatever the query: incidents, because ten findings may be one attacker. */
export function incidentFigures(overview: Overview | undefined): readonly Figure[] {
  const open = overview?.openIncidents;
  const words = (count: number | undefined) => (count === 1 ? 'incident' : 'incidents');
  return [
    ...ALERTING.map((severity) => ({
      name: `${severity} ${words(open?.[severity])}`,
      tone: severity,
      count: open?.[severity] ?? null,
      query: `severity:${severity} state:open alerting:true`,
    })),
    {
      name: `${words(open?.withoutAlert)} without alert`,
      tone: 'low',
      count: open?.withoutAlert ?? null,
      query: 'state:open alerting:false',
    },
  ];
}
