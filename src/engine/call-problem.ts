import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import type { CallProblem } from '../contract/error-codes.ts';
import { EngineError, toProblem } from './errors.ts';

/** What a caller may learn of a thrown error: engine errors whole, wrong input by field, bugs as one plain sentence. */
export function callProblemOf(error: unknown): CallProblem {
  const cause = error instanceof TRPCError ? (error.cause ?? error) : error;
  if (cause instanceof EngineError) {
    return {
      code: cause.code,
      message: cause.message,
      retryAfterMs: cause.retryAfterMs,
      field: cause.field,
      position: cause.position,
    };
  }
  if (error instanceof TRPCError && error.code === 'BAD_REQUEST' && cause instanceof ZodError) {
    const issue = cause.issues[0];
    const field = issue === undefined ? null : issue.path.join('.');
    return problem(
      'invalid-input',
      `${field ? `"${field}": ` : ''}${issue?.message ?? 'The input is not valid.'}`,
      field,
    );
  }
  if (error instanceof TRPCError && error.code === 'NOT_FOUND') {
    return problem('not-found', 'This version of Sessionscope has no such call; reload the page.', null);
  }
  return { ...problem('internal', '', null), ...toProblem(cause) };
}

function problem(code: CallProblem['code'], message: string, field: string | null): CallProblem {
  return { code, message, retryAfterMs: null, field, position: null };
}
