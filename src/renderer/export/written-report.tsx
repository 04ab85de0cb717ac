import { Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import { Download } from 'lucide-react';
import type { ReportDone } from '../../contract/report.ts';
import { byteSize } from '../text/bytes.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { isDownload } from '../written-file/download-address.ts';
import { ShowFileButton } from '../written-file/show-file-button.tsx';

/** A finished report: where it is, or how to fetch it. */
export function WrittenReport({ report }: { report: ReportDone }) {
  const { path, metaPath, rows, bytes } = report;
  return (
    <Stack gap="xs">
      <Text>
        {rows.toLocaleString()} rows, {byteSize(bytes)}. Scope, time zone, source health and attributions are
        in a file beside it.
      </Text>
      {isDownload(path) ? (
        <>
          <Group gap="xs">
            <Button component="a" href={path} download leftSection={<Download size={14} />}>
              Download the report
            </Button>
            <Button component="a" href={metaPath} download variant="default">
              Download its description
            </Button>
          </Group>
          <Text c="dimmed">Each works once, within ten minutes.</Text>
        </>
      ) : (
        <>
          <UntrustedText text={path} mono wrap />
          <UntrustedText text={metaPath} mono wrap />
          <Group gap="xs">
            <CopyButton value={path}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy}>
                  {copied ? 'Copied' : 'Copy the path'}
                </Button>
              )}
            </CopyButton>
            <ShowFileButton path={path} />
          </Group>
        </>
      )}
    </Stack>
  );
}
