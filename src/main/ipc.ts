import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import { isOwnAddress } from './app-path.ts';

/** The verbs of the shell. Data goes over the engine's port and never through here. */
export type ShellVerbs = {
  /** Sends a fresh port to the page. */
  readonly requestPort: (page: WebContents) => Promise<void>;
  readonly chooseGeoipFile: () => Promise<string | null>;
  readonly chooseHistoryFile: () => Promise<string | null>;
  readonly chooseListFile: () => Promise<string | null>;
  readonly chooseFilePath: (suggestedName: string) => Promise<string | null>;
  readonly showFile: (path: string) => Promise<void>;
};

/** The only place that listens to the page. */
export function handleVerbs(ipcMain: Pick<IpcMain, 'handle'>, verbs: ShellVerbs): void {
  handle(ipcMain, 'requestPort', ({ sender }) => verbs.requestPort(sender));
  handle(ipcMain, 'chooseGeoipFile', () => verbs.chooseGeoipFile());
  handle(ipcMain, 'chooseHistoryFile', () => verbs.chooseHistoryFile());
  handle(ipcMain, 'chooseListFile', () => verbs.chooseListFile());
  handle(ipcMain, 'chooseFilePath', (_event, name) => verbs.chooseFilePath(readText(name)));
  handle(ipcMain, 'showFile', (_event, path) => verbs.showFile(readText(path)));
}

/** Answers a channel to the main frame of our own page and to nobody else: frames and foreign pages are refused. */
function handle(
  ipcMain: Pick<IpcMain, 'handle'>,
  channel: keyof ShellVerbs,
  answer: (event: IpcMainInvokeEvent, argument: unknown) => Promise<unknown>,
): void {
  ipcMain.handle(channel, async (event, argument: unknown) => {
    const frame = event.senderFrame;
    if (frame === null || frame !== event.sender.mainFrame || !isOwnAddress(frame.url)) {
      throw new Error('Only the page of Sessionscope itself may ask for this.');
    }
    return answer(event, argument);
  });
}

function readText(value: unknown): string {
  if (typeof value === 'string' && value.length <= 4096) return value;
  throw new Error('This verb takes a text.');
}
