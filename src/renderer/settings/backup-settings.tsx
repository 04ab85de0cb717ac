import { Button, Code, Text } from '@mantine/core';
import { useState } from 'react';
import { desktopBridge } from '../../link/client.ts';
import { BackupDialog } from './backup-dialog.tsx';
import classes from './settings.module.css';

/** A copy of everything in one file, made while everything goes on. */
export function BackupSettings() {
  const [backup, setBackup] = useState<{ path: string | null } | null>(null);
  const begin = async () => {
    const bridge = desktopBridge(window);
    const day = new Date().toISOString().slice(0, 10);
    const path = bridge === null ? null : await bridge.chooseFilePath(`sessionscope-${day}.backup`);
    if (bridge === null || path !== null) setBackup({ path });
  };
  return (
    <section className={classes.part} aria-label="Backup">
      <Text fw={600}>Backup</Text>
      <Text c="dimmed" maw={640}>
        One file with all sessions, findings, revocations, settings and the audit chain. It holds the key that
        session keys are made with: keep it as safe as the data itself. Secrets, reports and your own GeoIP
        databases are not in it. <Code>sessionscope restore FILE</Code> puts it back.
      </Text>
      <Button variant="default" onClick={() => void begin()}>
        Back up now…
      </Button>
      {backup !== null && <BackupDialog path={backup.path} onClose={() => setBackup(null)} />}
    </section>
  );
}
