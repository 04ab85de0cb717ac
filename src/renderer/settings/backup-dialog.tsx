import { Button, Group, Stack, Text } from '@mantine/core';
import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { BackupDone, BackupProgress } from '../../contract/care.ts';
import { useEngine } from '../engine-client.ts';
import { byteSize } from '../text/bytes.ts';
import { counted } from '../text/counted.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { isDownload } from '../written-file/download-address.ts';
import { ShowFileButton } from '../written-file/show-file-button.tsx';
import { WritingDialog } from '../written-file/writing-dialog.tsx';

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

  return (
    <WritingDialog
      title="Back up"
      of="Copied"
      progress={step?.kind === 'progress' ? progressOf(step) : null}
      error={error}
      written={step?.kind === 'done' ? <WrittenBackup backup={step.result} /> : null}
      onClose={onClose}
    />
  );
}

function progressOf({ bytes, totalBytes }: Extract<BackupProgress, { kind: 'progress' }>) {
  return {
    share: totalBytes === 0 ? 0 : bytes / totalBytes,
    words: `${byteSize(bytes)} of ${byteSize(totalBytes)}`,
  };
}

function WrittenBackup({ backup }: { backup: BackupDone }) {
  const { path, bytes, sessions } = backup;
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
          <Group>
            <ShowFileButton path={path} />
          </Group>
        </>
      )}
    </Stack>
  );
}
