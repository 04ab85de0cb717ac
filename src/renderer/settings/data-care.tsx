import { Code, Text } from '@mantine/core';
import { useSystemInfo } from '../data/use-system-info.ts';
import { Facts } from '../frame/facts.tsx';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { BackupSettings } from './backup-settings.tsx';
import { RetentionSettings } from './retention-settings.tsx';

/** Where the data is, how long it is kept, and a copy of it. */
export function DataCare() {
  const { data: system } = useSystemInfo();
  return (
    <>
      <Facts
        facts={[
          ['Data directory', <UntrustedText text={system?.dataDir ?? '…'} mono wrap />],
          [
            'Examine it',
            <>
              <Code>sessionscope doctor</Code>{' '}
              <Text span c="dimmed">
                on the command line tells its size, its schema and whether it is sound.
              </Text>
            </>,
          ],
        ]}
      />
      <RetentionSettings isReadOnly={system?.pollingByPid != null} />
      <BackupSettings />
    </>
  );
}
