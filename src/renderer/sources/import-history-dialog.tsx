import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { HistoryFormat } from '../../contract/history.ts';
import { desktopBridge } from '../../link/client.ts';
import { DraftDialog } from '../frame/draft-dialog.tsx';
import { ProblemNotice } from '../notice/problem-notice.tsx';
import { HistoryImportStatus } from './history-import-status.tsx';
import { useHistoryImport } from './use-history-import.ts';

/** Said again here, because the contract's list brings its schema library into the page. */
const FORMATS = ['events-jsonl', 'rba-csv'] as const satisfies readonly HistoryFormat[];

type Props = {
  /** The source to add to; null lets the analyst name one. */
  source: string | null;
  onClose: () => void;
};

/** Takes login history over from a file on the engine's machine. Closing it before the end stops it after a page. */
export function ImportHistoryDialog({ source, onClose }: Props) {
  const queryClient = useQueryClient();
  const { start, step, error, isRunning } = useHistoryImport();
  const [file, setFile] = useState('');
  const [id, setId] = useState(source ?? '');
  const [format, setFormat] = useState<HistoryFormat | null>(null);
  const bridge = desktopBridge(window);
  const choose = async () => {
    const chosen = await bridge?.chooseHistoryFile();
    if (chosen) setFile(chosen);
  };
  const close = () => {
    void queryClient.invalidateQueries({ queryKey: ['sources'] });
    onClose();
  };

  return (
    <DraftDialog
      onClose={close}
      title="Import login history"
      size="lg"
      isSent={isRunning || step !== null}
      // Closing it stops the import: that takes the button that says so.
      closeOnClickOutside={!isRunning}
      closeOnEscape={!isRunning}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          start({ file: file.trim(), source: id.trim(), format });
        }}
      >
        <Stack gap="sm">
          <Group align="flex-end" gap="xs" wrap="nowrap">
            <TextInput
              flex={1}
              label="File"
              description="Full path on the engine’s machine; may be compressed with gzip"
              placeholder="/srv/logs/logins.jsonl"
              value={file}
              disabled={isRunning}
              onChange={(event) => setFile(event.currentTarget.value)}
            />
            {bridge !== null && (
              <Button variant="default" disabled={isRunning} onClick={() => void choose()}>
                Choose…
              </Button>
            )}
          </Group>
          <Group grow align="flex-start">
            <TextInput
              label="Source"
              description="What source: filters by; made when there is none"
              placeholder="vpn-logs"
              value={id}
              disabled={isRunning || source !== null}
              onChange={(event) => setId(event.currentTarget.value)}
            />
            <Select
              label="Format"
              description="Empty: what the first line looks like"
              data={FORMATS}
              value={format}
              clearable
              disabled={isRunning}
              onChange={(value) => setFormat(FORMATS.find((each) => each === value) ?? null)}
            />
          </Group>
          {(isRunning || step !== null) && error === null && <HistoryImportStatus step={step} />}
          {error !== null && <ProblemNotice error={error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {isRunning ? 'Stop' : 'Close'}
            </Button>
            <Button type="submit" loading={isRunning} disabled={file.trim() === '' || id.trim() === ''}>
              Import
            </Button>
          </Group>
        </Stack>
      </form>
    </DraftDialog>
  );
}
