import { Progress, Text } from '@mantine/core';
import type { HistoryImported, HistoryImportProgress } from '../../contract/history.ts';
import { Advice } from '../notice/advice.tsx';
import { byteSize } from '../text/bytes.ts';
import { counted } from '../text/counted.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';
import classes from './sources.module.css';

/** How far an import is, and at its end what it came to; `step` is null before the first page. */
export function HistoryImportStatus({ step }: { step: HistoryImportProgress | null }) {
  if (step?.kind === 'done') return <Outcome result={step.result} />;
  const { share, words } = step === null ? { share: 0, words: 'Starting' } : progressOf(step);
  return (
    <>
      <Progress value={100 * share} aria-label="Imported" />
      <Text c="dimmed" className="tabular">
        {words}
      </Text>
    </>
  );
}

function progressOf(step: Exclude<HistoryImportProgress, { kind: 'done' }>): {
  share: number;
  words: string;
} {
  if (step.kind === 'judging') {
    const { users, totalUsers } = step;
    return {
      share: users / totalUsers,
      words: `The rules looked at ${users} of ${counted(totalUsers, 'user')}`,
    };
  }
  const { bytes, totalBytes, read, rejected } = step;
  const size = `${byteSize(bytes)} of ${byteSize(totalBytes)}`;
  return { share: bytes / totalBytes, words: `${size}, ${counted(read, 'line')}, ${rejected} rejected` };
}

function Outcome({ result }: { result: HistoryImported }) {
  const { read, accepted, rejected, events, findings, forgotten, rejectedExamples } = result;
  return (
    <>
      <Text role="status" c="var(--tone-good)">
        {counted(read, 'line')} read, {accepted} accepted: {counted(events, 'new event')},{' '}
        {counted(findings, 'new finding')}.
      </Text>
      {forgotten > 0 && (
        <Text c="dimmed">
          {counted(forgotten, 'line')} not stored: older than the retention limit, which would remove them
          again.
        </Text>
      )}
      {rejected > 0 && (
        <Advice tone="medium">
          {counted(rejected, 'line')} could not be understood and were left out:
          <ul className={classes.rejected}>
            {rejectedExamples.map((example) => (
              <li key={example}>
                <UntrustedText text={example} wrap />
              </li>
            ))}
          </ul>
        </Advice>
      )}
    </>
  );
}
