import { EngineError } from '../../errors.ts';
import type { Judge } from '../answer.ts';

const KEY_QUOTA_MS = 24 * 60 * 60 * 1000;

/** What the panel's refusals of a cookie mean where the status alone does not say. */
export const judgeCookie: Judge = ({ status }) =>
  status === 401
    ? new EngineError(
        'unauthorized',
        'The panel no longer accepts the cookie. Sign in there again and give the source the new Cookie header.',
      )
    : null;

/**
 * What its refusals of an API key mean. A used-up key answers 401, like a credential that is no key at all; a wrong
 * key answers 403. So a 401 for a key that worked before in this process is its quota.
 */
export function judgeKey(hasWorked: boolean): Judge {
  return ({ status }) => {
    if (status === 403) {
      return new EngineError(
        'forbidden',
        'The panel does not know this API key. Give the source a valid one.',
      );
    }
    if (status !== 401) return null;
    if (!hasWorked) {
      return new EngineError(
        'unauthorized',
        'The panel does not accept the API key: it is no API key, or its quota of the day was used up before. ' +
          'Check it, use a cookie, or have the limit of the key raised.',
      );
    }
    return new EngineError(
      'quota',
      'The API key worked before and is refused now: its quota (10 verifications in 24 hours as shipped) is used ' +
        'up. Use a cookie, have the limit of the key raised, or wait.',
      { retryAfterMs: KEY_QUOTA_MS },
    );
  };
}
