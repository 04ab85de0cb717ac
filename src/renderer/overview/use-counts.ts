import { useQueries } from '@tanstack/react-query';
import type { SessionState } from '../../contract/session.ts';
import { SEVERITIES, toneOfSession, type Tone } from '../badge/tone.ts';
import { verdictQuery } from '../data/verdict-query.ts';
import { useEngine } from '../engine-client.ts';
import { narrowed, term } from '../query/term.ts';

/** One number with the query that lists what it counts; `count` is null while unknown. */
export type Count = {
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
export function useStateCounts(query: string): readonly Count[] {
  const engine = useEngine();
  const queries = STATES.map((state) => narrowed(query, term('state', state)));
  const results = useQueries({
    queries: queries.map((text) => verdictQuery(engine, 'sessions', text)),
  });
  return STATES.map((state, index) => ({
    name: state,
    tone: toneOfSession[state],
    count: results[index]?.data ?? null,
    query: queries[index] ?? '',
  }));
}

/** Open findings by severity, whatever the query: what waits for an analyst waits unfiltered. */
export function useSeverityCounts(): readonly Count[] {
  const engine = useEngine();
  const queries = SEVERITIES.map((severity) => `severity:${severity} state:open`);
  const results = useQueries({
    queries: queries.map((text) => verdictQuery(engine, 'findings', text)),
  });
  return SEVERITIES.map((severity, index) => ({
    name: `${severity} findings`,
    tone: severity,
    count: results[index]?.data ?? null,
    query: queries[index] ?? '',
  }));
}
