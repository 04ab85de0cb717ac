import { jsonEncoder, type Encoder } from '@trpc/server/adapters/ws';
import { linkError, TOO_MANY_CALLS } from '../link/problem.ts';

/**
 * JSON for one socket that refuses a call when `maxOpenCalls` are open. tRPC's own handler has no such cap; its
 * encoder is the one place that sees a socket's calls come in and their answers go out. To be deleted when the
 * handler gets an option for it.
 */
export function cappedEncoder(maxOpenCalls: number, send: (text: string) => void): Encoder {
  /** Ids of open calls; whether one is a feed, which ends with `stopped` and not with its first value. */
  const open = new Map<unknown, boolean>();

  const isAdmitted = (message: unknown): boolean => {
    const { id, method } = readRequest(message);
    if (method === 'subscription.stop' || id === undefined) return true;
    if (open.size < maxOpenCalls) {
      open.set(id, method === 'subscription');
      return true;
    }
    send(JSON.stringify({ id, error: linkError(TOO_MANY_CALLS) }));
    return false;
  };

  return {
    decode(data) {
      const decoded: unknown = jsonEncoder.decode(data);
      return Array.isArray(decoded) ? decoded.filter(isAdmitted) : isAdmitted(decoded) ? decoded : [];
    },
    encode(message) {
      const { id, type } = readAnswer(message);
      if (open.get(id) !== true || type === undefined || type === 'stopped') open.delete(id);
      return jsonEncoder.encode(message);
    },
  };
}

function readRequest(message: unknown): { id?: unknown; method?: unknown } {
  return typeof message === 'object' && message !== null ? message : {};
}

/** `type` is undefined for an error, which ends a feed too. */
function readAnswer(message: unknown): { id?: unknown; type?: unknown } {
  const { id, result } = (typeof message === 'object' && message !== null ? message : {}) as {
    id?: unknown;
    result?: { type?: unknown };
  };
  return { id, type: result?.type };
}
