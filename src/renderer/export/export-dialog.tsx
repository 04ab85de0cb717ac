import { Button, Group, Modal, Progress, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ReportFormat, ReportProgress } from '../../contract/report.ts';
import { useEngine } from '../engine-client.ts';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { localZone } from '../text/times.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';
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

  const isOver = step?.kind === 'done' || error !== null;
  return (
    <Modal opened onClose={onClose} title={`Export as ${format === 'csv' ? 'CSV' : 'JSON Lines'}`}>
      <Stack gap="sm">
        <Text c="dimmed" component="div">
          {query === '' ? 'All sessions.' : <UntrustedText text={query} mono wrap />}
        </Text>
        {error !== null ? (
          <ProblemNotice error={error} />
        ) : step?.kind === 'done' ? (
          <WrittenReport report={step.result} />
        ) : (
          <>
            <Progress
              value={step === null || step.total === 0 ? 0 : (100 * step.rows) / step.total}
              aria-label="Rows written"
            />
            <Text c="dimmed" className="tabular">
              {step === null
                ? 'Starting'
                : `${step.rows.toLocaleString()} of ${step.total.toLocaleString()} rows`}
            </Text>
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {isOver ? 'Close' : 'Stop'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
