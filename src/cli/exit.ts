import type { CallProblem, ErrorCode } from '../contract/error-codes.ts';

/** What scripts rely on (the contract of the command line). */
export const EXIT = { done: 0, internal: 1, usage: 2, partly: 3, refused: 4 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A mistake in how the command was called: the message names it and says what would be right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Codes that are not about a source; whatever a source did makes the command done in part. */
const EXIT_BY_CODE: Readonly<Partial<Record<ErrorCode, ExitCode>>> = {
  'invalid-input': EXIT.usage,
  'not-found': EXIT.usage,
  refused: EXIT.refused,
  conflict: EXIT.refused,
  internal: EXIT.internal,
  disconnected: EXIT.internal,
  cancelled: EXIT.internal,
};

/** Which exit code a failed call ends with. */
export function exitCodeOf(code: ErrorCode): ExitCode {
  return EXIT_BY_CODE[code] ?? EXIT.partly;
}

/** A problem as the terminal shows it, with a pointer below a query that could not be read. */
export function describeProblem(problem: CallProblem, query: string | null): string {
  if (problem.position === null || query === null) return problem.message;
  return `${problem.message}\n  ${query}\n  ${' '.repeat(problem.position)}^`;
}
