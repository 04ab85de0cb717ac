import type { CallProblem, ErrorCode, Problem } from '../contract/error-codes.ts';

type Details = Partial<Pick<CallProblem, 'retryAfterMs' | 'field' | 'position'>> & { cause?: unknown };

/**
 * An outcome a caller can act on: a code from the closed list and a sentence that says what happened and
 * what to do. Anything else that is thrown is a bug and crosses a link as `internal`.
 * The message must never hold a secret, a request address, SQL or a path outside the data directory.
 */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: ErrorCode;
  /** How long to wait before trying again can help; null when waiting does not help. */
  readonly retryAfterMs: number | null;
  readonly field: string | null;
  readonly position: number | null;

  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.field = details.field ?? null;
    this.position = details.position ?? null;
  }
}

/** Any thrown value as the pair that is stored and shown; what is not an EngineError keeps its text inside. */
export function toProblem(error: unknown): Problem {
  if (error instanceof EngineError) return { code: error.code, message: error.message };
  return { code: 'internal', message: 'Something went wrong inside Sessionscope; the log has the details.' };
}
