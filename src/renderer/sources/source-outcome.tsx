import { Text } from '@mantine/core';
import type { SourceTest, SweepReport } from '../../contract/source.ts';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { counted } from '../text/counted.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';

type Props = { test: SourceTest | null; sweep: SweepReport | null; error: Error | null };

/** What the test or sweep that was just asked for came to, in one sentence each. */
export function SourceOutcome({ test, sweep, error }: Props) {
  return (
    <>
      {error !== null && <ProblemNotice error={error} />}
      {test !== null && (
        <Text role="status" c={test.ok ? 'var(--tone-good)' : 'var(--tone-critical)'} component="div">
          <UntrustedText text={testSentence(test)} wrap />
        </Text>
      )}
      {sweep !== null && (
        <Text role="status" c={sweep.ok ? 'var(--tone-good)' : 'var(--tone-critical)'} component="div">
          <UntrustedText text={sweepSentence(sweep)} wrap />
        </Text>
      )}
    </>
  );
}

function testSentence({ ok, account, sessions, error }: SourceTest): string {
  if (!ok) return `The test failed. ${error?.message ?? ''}`;
  const who = account === null ? 'The credential works' : `The credential is ${account}`;
  return sessions === null ? `${who}.` : `${who}; one listing shows ${counted(sessions, 'session')}.`;
}

function sweepSentence({ ok, complete, sessions, ended, findings, error, ...sweep }: SweepReport): string {
  if (!ok) return `The sweep failed, and what was known stays. ${error?.message ?? ''}`;
  const known = `${counted(sessions, 'session')}, ${sweep.new} new, ${ended} ended, ${counted(findings, 'finding')}.`;
  return complete ? `Swept: ${known}` : `Swept in part, so nothing is taken as ended: ${known}`;
}
