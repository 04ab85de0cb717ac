import { assume } from './assumptions.ts';
import { DAY_MS } from './clock.ts';
import type { Person, Span } from './person.ts';

/** Somebody's last moment in the company. */
export type Leaving = {
  readonly atMs: number;
  /** The source calls the account gone and lists its sessions all the same. */
  readonly isForgotten: boolean;
};

/** Whether and when somebody leaves within a span; null: stays. */
export function leavingOf({ profile, chance }: Person, { fromMs, toMs }: Span): Leaving | null {
  if (profile !== 'employee') return null;
  const own = chance.fork('leaving');
  const months = (toMs - fromMs) / (30 * DAY_MS);
  if (!own.happens(assume.people.leaversInAMonth * months)) return null;
  return { atMs: own.between(fromMs, toMs), isForgotten: own.happens(assume.session.outlivesLeaver) };
}
