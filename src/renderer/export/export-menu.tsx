import { Button, Menu } from '@mantine/core';
import { Download } from 'lucide-react';
import { useState } from 'react';
import type { ReportFormat } from '../../contract/report.ts';
import { desktopBridge } from '../../link/client.ts';
import { ExportDialog } from './export-dialog.tsx';

/** Writes every session that matches the query to a file; there is no row cap. */
export function ExportMenu({ query, isEmpty }: { query: string; isEmpty: boolean }) {
  const [report, setReport] = useState<{ format: ReportFormat; path: string | null } | null>(null);
  const begin = async (format: ReportFormat) => {
    const bridge = desktopBridge(window);
    const path = bridge === null ? null : await bridge.chooseFilePath(`sessions.${format}`);
    if (bridge === null || path !== null) setReport({ format, path });
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<Download size={14} />} disabled={isEmpty}>
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void begin('csv')}>CSV, for spreadsheets</Menu.Item>
          <Menu.Item onClick={() => void begin('jsonl')}>JSON Lines, for scripts</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {report !== null && <ExportDialog query={query} {...report} onClose={() => setReport(null)} />}
    </>
  );
}
