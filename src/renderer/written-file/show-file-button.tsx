import { Button } from '@mantine/core';
import { FolderOpen } from 'lucide-react';
import { desktopBridge } from '../../link/client.ts';

/** Shows a file in its folder; nothing in a browser, which has no business with this machine's files. */
export function ShowFileButton({ path }: { path: string }) {
  const bridge = desktopBridge(window);
  if (bridge === null) return null;
  return (
    <Button
      variant="default"
      leftSection={<FolderOpen size={14} />}
      onClick={() => void bridge.showFile(path)}
    >
      Show the file
    </Button>
  );
}
