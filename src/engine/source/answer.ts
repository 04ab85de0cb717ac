import type { z } from 'zod';
import type { SourceErrorCode } from '../../contract/error-codes.ts';
import { EngineError } from '../errors.ts';
import type { HttpAnswer } from './http.ts';
import { fieldProblem } from './rows.ts';

/** A refused answer as a kind reads it: its status, and its body where that is JSON (else null). */
export type Refusal = { readonly status: number; readonly body: unknown; readonly text: string };

/** A kind's own reading of a refusal, asked before the default one; null leaves it to the default. */
export type Judge = (refusal: Refusal) => SourceErrorCode | EngineError | null;

const noJudge: Judge = () => null;

/**
 * The body of a successful answer, checked against `schema`.
 *
 * `label` says what was asked, for the sentence: `list sessions`. Throws EngineError: what `judge` or else the
 * status says (`faultOf`) for anything but 2xx; `bad-answer` for a 2xx that is empty, truncated, HTML or of
 * another shape, naming the field. No value of the body is ever repeated.
 */
export function requireJson<S extends z.ZodType>(
  answer: HttpAnswer,
  schema: S,
  label: string,
  judge: Judge = noJudge,
): z.output<S> {
  requireOk(answer, label, judge);
  const parsed = schema.safeParse(answer.json());
  if (parsed.success) return parsed.data;
  throw new EngineError(
    'bad-answer',
    `The answer to "${label}" has another shape than expected: ${fieldProblem(parsed.error)}. ` +
      'The source may run a version that Sessionscope does not know.',
  );
}

/** Throws what a status other than 2xx means; the body of a 2xx is not looked at. */
function requireOk(answer: HttpAnswer, label: string, judge: Judge): void {
  if (answer.status >= 200 && answer.status <= 299) return;
  const judged = judge({ status: answer.status, body: jsonOrNull(answer), text: answer.text });
  if (judged instanceof EngineError) throw judged;
  throw fault(judged ?? codeOf(answer.status), label, answer.status);
}

/** What a status means where the kind says nothing of its own (`sources.md` B2). */
function codeOf(status: number): SourceErrorCode {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  return status >= 500 ? 'server-error' : 'bad-answer';
}

/** An EngineError of that code with the sentence all kinds share; `status` is named where it is known. */
export function fault(code: SourceErrorCode, label: string, status: number | null = null): EngineError {
  const asked = status === null ? `"${label}"` : `"${label}" (status ${status})`;
  return new EngineError(code, `${WHAT[code].replace('{asked}', asked)} ${THEN[code]}`);
}

/** The body of a refusal where it is JSON: its status decides, the body is a bonus. */
export function jsonOrNull(answer: HttpAnswer): unknown {
  try {
    return answer.json();
  } catch {
    return null;
  }
}

const WHAT: Record<SourceErrorCode, string> = {
  unauthorized: 'The source did not accept the credential for {asked}.',
  'stale-login': 'The source wants a fresh login for {asked}.',
  'second-factor': 'The source wants a second factor for {asked}.',
  forbidden: 'The credential is not allowed to do {asked}.',
  quota: 'The quota of the credential is used up: the source refused {asked}.',
  'rate-limited': 'The source had too many requests and refused {asked}.',
  licence: 'The source has no licence for {asked}.',
  'not-found': 'The source does not know what {asked} asked for.',
  'server-error': 'The source failed while doing {asked}.',
  timeout: 'The source did not answer {asked} in time.',
  offline: 'The source could not be reached for {asked}.',
  tls: 'The certificate of the source could not be trusted for {asked}.',
  redirected: 'The source answered {asked} with a redirect, which is never followed.',
  'too-large': 'The answer to {asked} is larger than Sessionscope accepts.',
  'bad-answer': 'The source gave {asked} an answer that makes no sense here.',
  incomplete: 'The listing moved while {asked} read it.',
  cancelled: '{asked} was cancelled.',
  internal: 'Something went wrong inside Sessionscope during {asked}.',
};

const THEN: Record<SourceErrorCode, string> = {
  unauthorized: 'Sign in there again and give the source a valid credential.',
  'stale-login': 'Sign in there again and give the source the new credential.',
  'second-factor': 'Give the source a second factor, or a token that needs none.',
  forbidden: 'Give it the permission, or use a credential that has it.',
  quota: 'Wait for the next window, or have the quota raised.',
  'rate-limited': 'It is asked again later.',
  licence: 'Session management needs a paid edition there.',
  'not-found': 'Check that the address of the source, base path included, is right.',
  'server-error': 'It is asked again later.',
  timeout: 'It is asked again later.',
  offline: 'Check that it runs and that its address is right; it is asked again later.',
  tls: 'Check the address and the certificate.',
  redirected: 'Check that the address of the source is its final one.',
  'too-large': 'Nothing of it was used.',
  'bad-answer': 'Check that the address of the source is right and its version is known.',
  incomplete: 'It is read again later.',
  cancelled: 'Nothing was concluded from it.',
  internal: 'The log has the details.',
};
