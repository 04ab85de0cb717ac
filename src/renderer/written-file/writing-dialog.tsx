import { Button, Group, Modal, Progress, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemNotice } from '../notice/problem-notice.tsx';

type Props = {
  title: string;
  /** How much is written of how much, as a share from 0 to 1 and in words; null before anything is known. */
  progress: { share: number; words: string } | null;
  /** What the share is of, for screen readers: "Rows written". */
  of: string;
  error: Error | null;
  /** The written file, once it is. */
  written: ReactNode;
  /** What is written, where the title does not say it all. */
  children?: ReactNode;
  /** Before the end this is how a person stops it. */
  onClose: () => void;
};

/** A file being written: how far it is, what went wrong, and at the end how to get it. */
export function WritingDialog({ title, progress, of, error, written, children, onClose }: Props) {
  const isOver = Boolean(written) || error !== null;
  return (
    // Closing it stops the writing: that takes the button that says so.
    <Modal opened onClose={onClose} title={title} closeOnClickOutside={isOver} closeOnEscape={isOver}>
      <Stack gap="sm">
        {children}
        {error === null ? (
          (written ?? (
            <>
              <Progress value={100 * (progress?.share ?? 0)} aria-label={of} />
              <Text c="dimmed" className="tabular">
                {progress?.words ?? 'Starting'}
              </Text>
            </>
          ))
        ) : (
          <ProblemNotice error={error} />
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
