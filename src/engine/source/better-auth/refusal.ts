import { EngineError } from '../../errors.ts';
import type { Judge } from '../answer.ts';
import { wireRefusal } from './wire.ts';

/** What a refusal means beyond its status: better-auth says it in `code`. */
export const judgeRefusal: Judge = ({ body }) => {
  const parsed = wireRefusal.safeParse(body);
  if (!parsed.success) return null;
  switch (parsed.data.code) {
    case 'SESSION_NOT_FRESH':
      return new EngineError(
        'stale-login',
        'The login of this source is too old for listing its sessions; sign in there again and give the source the new credential.',
      );
    case 'MISSING_OR_NULL_ORIGIN':
    case 'INVALID_ORIGIN':
      return new EngineError(
        'forbidden',
        'With a cookie, better-auth accepts calls only from an origin it trusts; use its own base URL as the address of the source, or a bearer token.',
      );
    default:
      return null;
  }
};
