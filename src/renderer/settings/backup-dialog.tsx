import { Button, Group, Modal, Progress, Stack, Text } from '@mantine/core';
import { Download, FolderOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { BackupDone, BackupProgress } from '../../contract/care.ts';
import { desktopBridge } from '../../link/client.ts';
import { useEngine } from '../engine-client.ts';
import { isDownload } from '../export/download-address.ts';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { byteSize } from '../text/bytes.ts';
import { counted } from '../text/counted.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';

type Props = {
  /** Where the analyst wants it; null lets the engine choose. */
  path: string | null;
  onClose: () => void;
};

/** Makes the backup while it is open; closing it before the end stops the copying. */
export function BackupDialog({ path, onClose }: Props) {
  const engine = useEngine();
  const [step, setStep] = useState<BackupProgress | null>(null);
  const [error, setError] = useState<Error | null>(null);

  useEffect(() => {
    const subscription = engine.care.backup.subscribe(
      // The system's own dialog has asked already whether a file may be replaced.
      { path, replace: path !== null },
      { onData: setStep, onError: setError },
    );
    return () => subscription.unsubscribe();
  }, [engine, path]);

  const isOver = step?.kind === 'done' || error !== null;
  return (
    <Modal opened onClose={onClose} title="Back up">
      <Stack gap="sm">
        {error !== null ? (
          <ProblemNotice error={error} />
        ) : step?.kind === 'done' ? (
          <WrittenBackup backup={step.result} />
        ) : (
          <>
            <Progress value={shareOf(step)} aria-label="Copied" />
            <Text c="dimmed" className="tabular">
              {step === null ? 'Starting' : `${byteSize(step.bytes)} of ${byteSize(step.totalBytes)}`}
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

function shareOf(step: Extract<BackupProgress, { kind: 'progress' }> | null): number {
  return step === null || step.totalBytes === 0 ? 0 : (100 * step.bytes) / step.totalBytes;
}

function WrittenBackup({ backup }: { backup: BackupDone }) {
  const { path, bytes, sessions } = backup;
  const bridge = desktopBridge(window);
  return (
    <Stack gap="xs">
      <Text>
        {counted(sessions, 'session')}, {byteSize(bytes)}, read back whole.
      </Text>
      {isDownload(path) ? (
        <>
          <Group>
            <Button component="a" href={path} download leftSection={<Download size={14} />}>
              Download the backup
            </Button>
          </Group>
          <Text c="dimmed">
            This works once, within ten minutes. The file stays in the folder “backups” of the data directory
            until you remove it.
          </Text>
        </>
      ) : (
        <>
          <UntrustedText text={path} mono wrap />
          {bridge !== null && (
            <Group>
              <Button
                variant="default"
                leftSection={<FolderOpen size={14} />}
                onClick={() => void bridge.showReport(path)}
              >
                Show the file
              </Button>
            </Group>
          )}
        </>
      )}
    </Stack>
  );
}
