import { queryOptions } from '@tanstack/react-query';
import type { ListName } from '../../contract/system.ts';
import type { EngineClient } from '../engine-client.ts';
import { oneAtATime, type Turnstile } from './one-at-a-time.ts';
import { paced } from './pace.ts';

type Read = 'count' | 'overview' | 'map';

/** How many rows of a list a query means; it fails where the query is not understood. */
export function countQuery(engine: EngineClient, list: ListName, query: string) {
  return queryOptions({
    queryKey: [list, 'count', query],
    queryFn: ({ signal }) => turnstileOf(engine, 'count')(signal, () => engine.count.query({ list, query })),
    meta: paced('figures'),
  });
}

/** The figures of the first page. */
export function overviewQuery(engine: EngineClient, query: string) {
  return queryOptions({
    queryKey: ['overview', query],
    queryFn: ({ signal }) => turnstileOf(engine, 'overview')(signal, () => engine.overview.query({ query })),
    meta: paced('figures'),
  });
}

/** Every place that sessions of the query are at. */
export function mapQuery(engine: EngineClient, query: string) {
  return queryOptions({
    queryKey: ['sessions', 'map', query],
    queryFn: ({ signal }) => turnstileOf(engine, 'map')(signal, () => engine.sessions.map.query({ query })),
    meta: paced('map'),
  });
}

const turnstiles = new WeakMap<EngineClient, Record<Read, Turnstile>>();

/** Reads that pass over all matching rows, one of a kind at a time for each engine. */
function turnstileOf(engine: EngineClient, read: Read): Turnstile {
  const known = turnstiles.get(engine) ?? { count: oneAtATime(), overview: oneAtATime(), map: oneAtATime() };
  turnstiles.set(engine, known);
  return known[read];
}
