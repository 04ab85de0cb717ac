import { Text } from '@mantine/core';
import type { Problem } from '../../contract/error-codes.ts';
import type { SourceTest, SweepReport } from '../../contract/source.ts';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { counted } from '../text/counted.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';

type Props = {
  test: SourceTest | null;
  sweep: SweepReport | null;
  error: Error | null;
  /** The reason that the card shows already; it is not said twice. */
  known: string | null;
};

/** What the test or sweep that was just asked for came to, in one sentence each. */
export function SourceOutcome({ test, sweep, error, known }: Props) {
  return (
    <>
      {error !== null && <ProblemNotice error={error} />}
      {test !== null && (
        <Text role="status" c={test.ok ? 'var(--tone-good)' : 'var(--tone-critical)'} component="div">
          <UntrustedText text={testSentence(test, known)} wrap />
        </Text>
      )}
      {sweep !== null && (
        <Text role="status" c={sweep.ok ? 'var(--tone-good)' : 'var(--tone-critical)'} component="div">
          <UntrustedText text={sweepSentence(sweep, known)} wrap />
        </Text>
      )}
    </>
  );
}

function testSentence({ ok, account, sessions, error }: SourceTest, known: string | null): string {
  if (!ok) return sentences('The test failed.', error, known);
  const who = account === null ? 'The credential works' : `The credential is ${account}`;
  return sessions === null ? `${who}.` : `${who}; one listing shows ${counted(sessions, 'session')}.`;
}

function sweepSentence(
  { ok, complete, sessions, ended, findings, error, ...sweep }: SweepReport,
  known: string | null,
): string {
  if (!ok) return sentences('The sweep failed, and what was known stays.', error, known);
  const figures = `${counted(sessions, 'session')}, ${sweep.new} new, ${ended} ended, ${counted(findings, 'finding')}.`;
  return complete ? `Swept: ${figures}` : `Swept in part, so nothing is taken as ended: ${figures}`;
}

function sentences(what: string, error: Problem | null, known: string | null): string {
  return error === null || error.message === known ? what : `${what} ${error.message}`;
}
