import { EngineError } from '../../errors.ts';
import type { Judge } from '../answer.ts';
import { wireRefusal } from './wire.ts';

/** What a refusal is about, whichever generation wrote it. */
type Meaning = 'own-session' | 'unknown-session' | 'no-login-session' | 'other';

/** The newest generation gives numbers; the others only sentences. */
const MEANINGS: readonly { code: number; text: RegExp; meaning: Meaning }[] = [
  { code: 1021, text: /cannot delete current session/i, meaning: 'own-session' },
  { code: 1031, text: /session not found/i, meaning: 'unknown-session' },
  { code: 2000, text: /invalid login session|no login session/i, meaning: 'no-login-session' },
];

export function meaningOf(body: unknown): Meaning {
  const { data } = wireRefusal.safeParse(body);
  if (data === undefined) return 'other';
  const text = `${data.message ?? ''} ${data.error ?? ''}`;
  const found = MEANINGS.find((each) =>
    data.code === undefined ? each.text.test(text) : each.code === data.code,
  );
  return found?.meaning ?? 'other';
}

/** A 401 is either a dead credential or, in the middle generation, a listing without a live cookie of the user. */
export function judgeRefusal(hasCookie: boolean): Judge {
  return ({ status, body }) => {
    const meaning = meaningOf(body);
    if (meaning === 'no-login-session') {
      return new EngineError(
        'stale-login',
        hasCookie
          ? 'The cookie names no live session of this user. Sign in at Zipline as the user of the credential and ' +
              'give the source the new "zipline_session" cookie.'
          : 'This Zipline lists sessions only for a signed-in browser: give the source the "zipline_session" cookie ' +
              'of the same user beside the token.',
      );
    }
    if (status === 400 && meaning === 'own-session') {
      return new EngineError(
        'forbidden',
        'It is the session that Sessionscope itself uses there, and Zipline ends it by signing out only.',
      );
    }
    return null;
  };
}
