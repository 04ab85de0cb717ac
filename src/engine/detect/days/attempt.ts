import type { FactsUser, Sighting } from '../facts.ts';

/** A login, a failed one, or the start of a session where nobody reports logins, with who tried. */
export type Attempt = {
  readonly sighting: Sighting;
  /** The user as whoever keeps the facts numbers it. */
  readonly user: number;
};

/**
 * Whether it is a login that succeeded: reported as one; where the source reports none, the start of a session, when the
 * source states it.
 */
export function isLogin({ kind, outcome, quality }: Sighting, { tellsLogins }: Teller): boolean {
  return kind === 'login'
    ? outcome === 'success'
    : kind === 'start' && quality === 'reported' && !tellsLogins;
}

type Teller = Pick<FactsUser, 'tellsLogins'>;

/** A login that was reported as failed. */
export function isFailure({ kind, outcome }: Sighting): boolean {
  return kind === 'login' && outcome === 'failure';
}
