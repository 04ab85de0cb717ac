import { Code, Text } from '@mantine/core';
import { useSystemInfo } from '../data/use-system-info.ts';
import { UntrustedText } from '../text/untrusted-text.tsx';
import { BackupSettings } from './backup-settings.tsx';
import { RetentionSettings } from './retention-settings.tsx';
import classes from './settings.module.css';

/** Where the data is, how long it is kept, and a copy of it. */
export function DataCare() {
  const { data: system } = useSystemInfo();
  return (
    <>
      <dl className={classes.facts}>
        <dt>Data directory</dt>
        <dd>
          <UntrustedText text={system?.dataDir ?? '…'} mono wrap />
        </dd>
        <dt>Examine it</dt>
        <dd>
          <Code>sessionscope doctor</Code>{' '}
          <Text span c="dimmed">
            on the command line tells its size, its schema and whether it is sound.
          </Text>
        </dd>
      </dl>
      <RetentionSettings isReadOnly={system?.pollingByPid != null} />
      <BackupSettings />
    </>
  );
}
