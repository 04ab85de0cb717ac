import { EngineError, toProblem } from '../../errors.ts';
import type { Logger } from '../../host.ts';

/** A thrown value as it crosses between threads: errors of our own lose their class on the way, so they go as data. */
export type Fault =
  | ({ readonly kind: 'engine' } & Pick<
      EngineError,
      'code' | 'message' | 'field' | 'position' | 'retryAfterMs'
    >)
  /** Thrown by a fault in Sessionscope; the text is for the log. */
  | { readonly kind: 'bug'; readonly stack: string };

export function faultOf(error: unknown): Fault {
  if (error instanceof EngineError) {
    const { code, message, field, position, retryAfterMs } = error;
    return { kind: 'engine', code, message, field, position, retryAfterMs };
  }
  return { kind: 'bug', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** The error to throw on this side; what only a developer can act on goes to the log, and its caller learns no more. */
export function errorOf(fault: Fault, method: string, logger: Logger): EngineError {
  if (fault.kind === 'engine') return new EngineError(fault.code, fault.message, fault);
  logger.error('the store failed inside Sessionscope', { method, error: fault.stack });
  const { code, message } = toProblem(fault.stack);
  return new EngineError(code, message);
}
