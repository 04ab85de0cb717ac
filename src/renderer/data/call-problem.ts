import type { CallProblem } from '../../contract/error-codes.ts';
import { problemOf } from '../../link/problem.ts';

/** Anything thrown while a page works, as a code and a sentence that can be shown. */
export function callProblemOf(error: unknown): CallProblem {
  const problem = problemOf(error);
  if (problem.code !== 'internal' || !(error instanceof PageProblem)) return problem;
  return { ...problem, code: 'invalid-input', message: error.message };
}

/** What the page itself has to say: a file that is no JSON, for one. */
export class PageProblem extends Error {
  override readonly name = 'PageProblem';
}
