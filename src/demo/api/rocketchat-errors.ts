import type { Answer } from './server.ts';

/** The lines whose refusals differ: 5.x and 6.x, 7.x, 8.x. */
export type RocketchatRelease = '5' | '7' | '8';

export type RocketchatErrors = ReturnType<typeof rocketchatErrors>;

/** Rocket.Chat's refusals, word for word, as each release line writes them. */
export function rocketchatErrors(release: RocketchatRelease) {
  const refused = (status: number, error: string, more: Record<string, unknown> = {}): Answer => ({
    status,
    body: { success: false, error, ...more },
  });
  const typed = (status: number, text: string, errorType: string, more: Record<string, unknown> = {}) =>
    refused(status, `${text} [${errorType}]`, { errorType, ...more });
  const signInFirst = 'You must be logged in to do this.';
  const secondFactor = { details: { method: 'totp', availableMethods: ['totp'] } };
  return {
    notLoggedIn: (): Answer => {
      const old = { status: 'error', message: signInFirst };
      if (release === '5') return { status: 401, body: old };
      return refused(401, signInFirst, release === '8' ? {} : old);
    },
    unlicensed: (): Answer =>
      release === '5'
        ? refused(401, 'unauthorized')
        : typed(400, 'This is an enterprise feature', 'error-action-not-allowed'),
    noPermission: (): Answer => {
      const code = release === '8' ? 'error-forbidden' : 'error-unauthorized';
      return refused(403, `User does not have the permissions required for this action [${code}]`);
    },
    invalidParameters: (text: string): Answer => typed(400, text, 'invalid-params'),
    invalidSort: (sort: string): Answer =>
      typed(400, `Invalid sort parameter provided: "${sort}"`, 'error-invalid-sort'),
    invalidSortKeys: (): Answer => refused(400, 'error-invalid-sort-keys'),
    secondFactorRequired: (): Answer => typed(400, 'TOTP Required', 'totp-required', secondFactor),
    secondFactorInvalid: (): Answer => typed(400, 'TOTP Invalid', 'totp-invalid', secondFactor),
    sessionNotFound: (): Answer => refused(404, 'Session not found'),
    tooMany: (seconds: number): Answer => {
      const wait = `You must wait ${Math.ceil(seconds)} seconds before trying this endpoint again.`;
      return refused(429, `Error, too many requests. Please slow down. ${wait} [error-too-many-requests]`);
    },
    noRoute: (): Answer => refused(404, 'API endpoint not found'),
    internal: (): Answer => refused(500, 'Internal server error'),
  };
}
