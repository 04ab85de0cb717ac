import type { History } from './company/history.ts';

/** A successful login by the person; `before`: how many came before it. */
export type BenignLogin = { readonly id: string; readonly atMs: number; readonly before: number };

const DAY_MS = 86_400_000;

/** Those that are counted: from `fromMs` on. */
export function benignLogins({ sightings, truths }: History, fromMs: number): readonly BenignLogin[] {
  const honest = sightings.filter(({ id, kind, outcome }) => {
    return kind === 'login' && outcome === 'success' && truths.get(id)?.attack === null;
  });
  return honest
    .map(({ id, toMs }, before) => ({ id, atMs: toMs, before }))
    .filter(({ atMs }) => atMs >= fromMs);
}

/** What is within a day of an attack stands out because of it, and is left out of the rankings. */
export function undisturbed(logins: readonly BenignLogin[], { truths }: History): readonly BenignLogin[] {
  const attackTimes = [...truths.values()].filter(({ attack }) => attack !== null).map(({ atMs }) => atMs);
  return logins.filter(({ atMs }) => attackTimes.every((time) => Math.abs(atMs - time) > DAY_MS));
}
