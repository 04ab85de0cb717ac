import { initTRPC, type TRPC_ERROR_CODE_NUMBER } from '@trpc/server';
import { z } from 'zod';
import type { CallProblem } from '../contract/error-codes.ts';
import { callProblemOf } from './call-problem.ts';
import type { Engine } from './engine.ts';

/** What a host gives the router with each call. */
export type RouterContext = { readonly engine: Engine };

const t = initTRPC.context<RouterContext>().create({
  errorFormatter({ shape, error }): {
    message: string;
    // Any wider type makes tRPC fall back to its own error shape, and the page would lose `data.engine`.
    code: TRPC_ERROR_CODE_NUMBER;
    data: { code: string; engine: CallProblem };
  } {
    const engine = callProblemOf(error);
    return { message: engine.message, code: shape.code, data: { code: error.code, engine } };
  },
});

export const router = t.router;

/** One call of the router; its errors reach the caller as `CallProblem`s, whichever link carries them. */
export const procedure = t.procedure;

/** A procedure that takes one thing and answers another; both are checked. */
export function call<Input extends z.ZodType, Output extends z.ZodType>(input: Input, output: Output) {
  return procedure.input(input).output(output);
}

/** Many of one thing. The engine answers what can't be changed, so that is what its callers get. */
export function all<Row extends z.ZodType>(row: Row) {
  return z.array(row).readonly();
}
