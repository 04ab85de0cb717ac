import { isAbsolute, join, relative } from 'node:path';
import type { BrowserWindow, Dialog, Shell } from 'electron';
import type { ShellVerbs } from './ipc.ts';

export type DialogOptions = {
  readonly dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>;
  readonly shell: Pick<Shell, 'showItemInFolder'>;
  readonly window: BrowserWindow;
  readonly reportsDir: string;
};

/** The verbs that ask the person something. A page learns the paths that the person chose, and no others. */
export function dialogVerbs({
  dialog,
  shell,
  window,
  reportsDir,
}: DialogOptions): Omit<ShellVerbs, 'requestPort'> {
  const chosen = new Set<string>();
  return {
    async chooseGeoipFile() {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: 'Choose a GeoIP database',
        properties: ['openFile'],
        filters: [{ name: 'MaxMind databases', extensions: ['mmdb'] }],
      });
      return filePaths[0] ?? null;
    },
    async chooseHistoryFile() {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: 'Choose a login history',
        properties: ['openFile'],
        filters: [
          { name: 'Login histories', extensions: ['jsonl', 'ndjson', 'json', 'csv', 'gz'] },
          { name: 'All files', extensions: ['*'] },
        ],
      });
      return filePaths[0] ?? null;
    },
    async chooseListFile() {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: 'Choose a list of networks',
        properties: ['openFile'],
      });
      return filePaths[0] ?? null;
    },
    async chooseFilePath(suggestedName) {
      const { filePath } = await dialog.showSaveDialog(window, {
        title: 'Save as',
        // A name, not a path: whatever the page suggests stays in the reports folder until the person says otherwise.
        defaultPath: join(reportsDir, suggestedName.replace(/[^\w. -]/g, '_')),
      });
      if (filePath === '') return null;
      chosen.add(filePath);
      return filePath;
    },
    async showFile(path) {
      if (chosen.has(path) || isInside(reportsDir, path)) shell.showItemInFolder(path);
    },
  };
}

function isInside(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== '' && !inside.startsWith('..') && !isAbsolute(inside);
}
