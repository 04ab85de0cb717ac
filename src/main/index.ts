import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeTheme,
  protocol,
  safeStorage,
  session,
  shell,
  utilityProcess,
} from 'electron';
import envPaths from 'env-paths';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { APP_URL } from './app-path.ts';
import { readArguments } from './arguments.ts';
import { dialogVerbs } from './dialogs.ts';
import engineEntry from './engine-entry?modulePath';
import { EngineProcess } from './engine-process.ts';
import { handleVerbs } from './ipc.ts';
import { menuTemplate } from './menu.ts';
import { openSecretStore } from './secrets.ts';
import { denyPermissions, hardenContents } from './security.ts';
import { createTimings } from './timings.ts';
import { openWindow, windowOptions } from './window.ts';

const mark = createTimings(process.env.SESSIONSCOPE_TIMINGS === '1', (line) => process.stderr.write(line));
const { dataDir, isDemo } = readArguments(
  process.argv.slice(1),
  process.env,
  envPaths('sessionscope', { suffix: '' }).data,
);
const rendererDir = join(import.meta.dirname, '../renderer');
const geoipDir = app.isPackaged
  ? join(process.resourcesPath, 'geoip')
  : join(import.meta.dirname, '../geoip');

app.enableSandbox();
registerAppScheme(protocol);
app.on('web-contents-created', (_event, contents) => {
  hardenContents(contents, (address) => void shell.openExternal(address));
});
if (app.requestSingleInstanceLock()) void app.whenReady().then(run);
else app.quit();

async function run(): Promise<void> {
  mark('ready');
  denyPermissions(session.defaultSession);
  if (isDemo) await rm(dataDir, { recursive: true, force: true });
  const secrets = await openSecretStore(safeStorage, process.platform, join(dataDir, 'secrets.json'));
  const engine = new EngineProcess({
    fork: () => utilityProcess.fork(engineEntry, [], { serviceName: 'Sessionscope engine' }),
    createChannel: () => new MessageChannelMain(),
    start: {
      kind: 'start',
      dataDir,
      geoipDir,
      storeThread: join(import.meta.dirname, 'store-thread.js'),
      version: app.getVersion(),
      secretStore: secrets.description,
      isDemo,
    },
    secrets,
    clock: { now: Date.now, sleep: (ms) => new Promise((wake) => setTimeout(wake, ms)) },
    // The same address answers with the reason now, and with the page again once the engine runs.
    onFailure: () => void window.loadURL(APP_URL),
  });
  engine.start();
  serveApp(protocol, { rendererDir, startFailure: () => engine.takeFailure() });

  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate(process.platform, { openDataFolder: () => void shell.openPath(dataDir) }),
    ),
  );
  const window = new BrowserWindow(
    windowOptions({
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      isDark: nativeTheme.shouldUseDarkColors,
      devTools: !app.isPackaged,
    }),
  );
  handleVerbs(ipcMain, {
    ...dialogVerbs({ dialog, shell, window, reportsDir: join(dataDir, 'reports') }),
    requestPort: async (page) => page.postMessage('engine-port', null, [await engine.connect()]),
  });
  openWindow(window, () => mark('window'));

  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('window-all-closed', () => app.quit());
  endAfter(() => engine.stop());
}

/** Lets the engine finish what it writes before the app is gone. Jobs go on at the next start. */
function endAfter(stop: () => Promise<void>): void {
  let isEnding = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (isEnding) return;
    isEnding = true;
    void stop().finally(() => app.exit(0));
  });
}
