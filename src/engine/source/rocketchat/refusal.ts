import { EngineError } from '../../errors.ts';
import type { Judge } from '../answer.ts';
import { wireRefusal } from './wire.ts';

/**
 * What a refusal means, over all generations: 5.x and 6.x say "no licence" with the one word `unauthorized`,
 * 7.x with an error type; the other errors carry theirs in brackets behind the sentence, in `errorType`, or both.
 */
export const judgeRefusal: Judge = ({ status, body }) => {
  const parsed = wireRefusal.safeParse(body);
  if (!parsed.success) return null;
  const { error, errorType } = parsed.data;
  const says = (type: string) => errorType === type || error.includes(`[${type}]`);

  if (says('error-action-not-allowed')) return 'licence';
  if (error === 'unauthorized' && (status === 401 || status === 403)) return 'licence';
  if (says('totp-required')) return 'second-factor';
  if (says('totp-invalid')) return secondFactor('did not accept the second factor; give it a new code');
  if (says('totp-max-attempts')) {
    return secondFactor('locked the second factor after too many wrong codes; wait, then give it a new code');
  }
  return null;
};

/** Whether a 404 is about the session and not about the address. */
export function isSessionGone(status: number, body: unknown): boolean {
  const parsed = wireRefusal.safeParse(body);
  return status === 404 && parsed.success && /session not found/i.test(parsed.data.error);
}

function secondFactor(what: string): EngineError {
  return new EngineError(
    'second-factor',
    `Rocket.Chat ${what}, or use a personal access token made without two-factor checks.`,
  );
}
