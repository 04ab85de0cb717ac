import { Button, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { RetentionProgress } from '../../contract/care.ts';
import { useEngine } from '../engine-client.ts';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { byteSize } from '../text/bytes.ts';
import { removedWords } from './removed-words.ts';

/** Removes at once what the next hour would, after a question; leaving the page stops it after a step. */
export function RetainNow({ days, isDisabled }: { days: number; isDisabled: boolean }) {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const [step, setStep] = useState<RetentionProgress | null>(null);
  const [isRunning, setIsRunning] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);

  const run = () => {
    setStep(null);
    setError(null);
    setIsRunning(true);
    const subscription = engine.care.retain.subscribe(undefined, {
      onData: setStep,
      onError: (problem) => {
        setError(problem);
        setIsRunning(false);
      },
      onComplete: () => {
        setIsRunning(false);
        void queryClient.invalidateQueries({ queryKey: ['audit'] });
      },
    });
    stop.current = () => subscription.unsubscribe();
  };
  const ask = () =>
    modals.openConfirmModal({
      title: `Remove what was over more than ${days} days ago?`,
      children: <Text>What is removed can’t be had back, except from a backup.</Text>,
      labels: { confirm: 'Remove it now', cancel: 'Keep it' },
      confirmProps: { color: 'red' },
      onConfirm: run,
    });
  return (
    <>
      <Button variant="default" disabled={isDisabled} loading={isRunning} onClick={ask}>
        Remove now…
      </Button>
      {error !== null && <ProblemNotice error={error} />}
      {step !== null && (
        <Text role="status" c="dimmed">
          {outcomeOf(step)}
        </Text>
      )}
    </>
  );
}

function outcomeOf(step: RetentionProgress): string {
  const words = removedWords(step.removed);
  if (step.kind === 'progress') return `Removed so far: ${words ?? 'nothing'}`;
  if (words === null) return 'Nothing was old enough to be removed.';
  return `Removed ${words}; ${byteSize(step.freedBytes)} were given back to the disk.`;
}
