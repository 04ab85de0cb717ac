import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ReportFormat, ReportProgress } from '../../contract/report.ts';
import { useEngine } from '../engine-client.ts';
import { localZone } from '../text/times.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { WritingDialog } from '../written-file/writing-dialog.tsx';
import { WrittenReport } from './written-report.tsx';

type Props = {
  query: string;
  format: ReportFormat;
  /** Where the analyst wants it; null lets the engine choose. */
  path: string | null;
  onClose: () => void;
};

/** Writes the report while it is open; closing it before the end stops the writing. */
export function ExportDialog({ query, format, path, onClose }: Props) {
  const engine = useEngine();
  const [step, setStep] = useState<ReportProgress | null>(null);
  const [error, setError] = useState<Error | null>(null);

  useEffect(() => {
    const subscription = engine.reports.create.subscribe(
      { query, format, path, timeZone: localZone },
      { onData: setStep, onError: setError },
    );
    return () => subscription.unsubscribe();
  }, [engine, query, format, path]);

  return (
    <WritingDialog
      title={`Export as ${format === 'csv' ? 'CSV' : 'JSON Lines'}`}
      of="Rows written"
      progress={step?.kind === 'progress' ? progressOf(step) : null}
      error={error}
      written={step?.kind === 'done' ? <WrittenReport report={step.result} /> : null}
      onClose={onClose}
    >
      <Text c="dimmed" component="div">
        {query === '' ? 'All sessions.' : <UntrustedText text={query} mono wrap />}
      </Text>
    </WritingDialog>
  );
}

function progressOf({ rows, total }: Extract<ReportProgress, { kind: 'progress' }>) {
  return {
    share: total === 0 ? 0 : rows / total,
    words: `${rows.toLocaleString()} of ${total.toLocaleString()} rows`,
  };
}
