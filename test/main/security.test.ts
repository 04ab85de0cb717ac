import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { dialogVerbs } from '../../src/main/dialogs.ts';
import { handleVerbs, type ShellVerbs } from '../../src/main/ipc.ts';
import { denyPermissions, hardenContents } from '../../src/main/security.ts';
import { windowOptions } from '../../src/main/window.ts';
import { contentsDouble, sessionDouble } from '../support/electron-double.ts';

const own = 'app://sessionscope/#/sessions';
const foreign = [
  'https://evil.example/',
  'file:///etc/passwd',
  'app://evil/',
  'data:text/html,x',
  'javascript:1',
];

describe('every web contents', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('stays at home on %s', (event) => {
    const double = contentsDouble();
    hardenContents(double.contents, () => undefined);
    expect(double.isPrevented(event, own)).toBe(false);
    for (const address of foreign) expect(double.isPrevented(event, address), address).toBe(true);
  });

  it('gets no webview', () => {
    const double = contentsDouble();
    hardenContents(double.contents, () => undefined);
    expect(double.isPrevented('will-attach-webview', '')).toBe(true);
  });

  it('opens no window, and hands only our own attribution links to the browser', () => {
    const opened: string[] = [];
    const double = contentsDouble();
    hardenContents(double.contents, (address) => opened.push(address));
    for (const address of [
      ...foreign,
      own,
      'http://db-ip.com/',
      'https://db-ip.com.evil.example/',
      'https://evil.example/?https://db-ip.com/',
      'https://db-ip.com@evil.example/',
      'https://db-ip.com/db/lite',
    ]) {
      expect(double.open(address)).toBe('deny');
    }
    expect(opened).toEqual(['https://db-ip.com/db/lite']);
  });
});

describe('permissions', () => {
  it('are refused, all that Electron would grant, to every page', () => {
    const double = sessionDouble();
    denyPermissions(double.session);
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'fullscreen',
      'clipboard-read',
      'openExternal',
    ]) {
      expect(double.isRequestGranted(permission, own), permission).toBe(false);
      expect(double.isCheckGranted(permission, 'app://sessionscope/'), permission).toBe(false);
    }
    expect(double.isDeviceGranted()).toBe(false);
  });

  it('leave copying text to our own page', () => {
    const double = sessionDouble();
    denyPermissions(double.session);
    expect(double.isRequestGranted('clipboard-sanitized-write', own)).toBe(true);
    expect(double.isRequestGranted('clipboard-sanitized-write', 'https://evil.example/')).toBe(false);
    expect(double.isCheckGranted('clipboard-sanitized-write', 'https://evil.example/')).toBe(false);
  });
});

describe('the window', () => {
  it('is made with sandbox, isolation and web security, without Node and webviews', () => {
    const { webPreferences, show } = windowOptions({ preload: '/p.cjs', isDark: true, devTools: false });
    expect(show).toBe(false);
    expect(webPreferences).toMatchObject({
      preload: '/p.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      devTools: false,
    });
    for (const name of ['allowRunningInsecureContent', 'experimentalFeatures', 'enableBlinkFeatures']) {
      expect(webPreferences).not.toHaveProperty(name);
    }
  });
});

describe('the verbs of the shell', () => {
  function verbs() {
    const done: string[] = [];
    const table: ShellVerbs = {
      requestPort: async () => void done.push('port'),
      chooseGeoipFile: async () => '/a.mmdb',
      chooseHistoryFile: async () => '/a.jsonl',
      chooseListFile: async () => '/exits.txt',
      chooseFilePath: async (name) => `/reports/${name}`,
      showFile: async (path) => void done.push(path),
    };
    const handlers = new Map<string, (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<unknown>>();
    handleVerbs({ handle: (channel, handler) => void handlers.set(channel, handler as never) }, table);
    const call = (channel: string, frameUrl: string | null, isMain: boolean, ...args: unknown[]) => {
      const frame = frameUrl === null ? null : { url: frameUrl };
      const sender = { mainFrame: isMain ? frame : { url: own } } as unknown as WebContents;
      const event = { sender, senderFrame: frame } as unknown as IpcMainInvokeEvent;
      return handlers.get(channel)?.(event, ...args);
    };
    return { done, handlers, call };
  }

  it('are five, and answer the main frame of our own page', async () => {
    const { call, done, handlers } = verbs();
    expect([...handlers.keys()].sort()).toEqual([
      'chooseFilePath',
      'chooseGeoipFile',
      'chooseHistoryFile',
      'chooseListFile',
      'requestPort',
      'showFile',
    ]);
    await call('requestPort', own, true);
    expect(await call('chooseGeoipFile', own, true)).toBe('/a.mmdb');
    expect(await call('chooseHistoryFile', own, true)).toBe('/a.jsonl');
    expect(await call('chooseListFile', own, true)).toBe('/exits.txt');
    expect(await call('chooseFilePath', own, true, 'r.csv')).toBe('/reports/r.csv');
    expect(done).toEqual(['port']);
  });

  it.each([
    ['a frame inside our page', own, false],
    ['a page that is not ours', 'https://evil.example/', true],
    ['a page that looks like ours', 'https://evil.example/app://sessionscope/', true],
    ['a frame that is gone', null, true],
  ])('refuse %s', async (_who, url, isMain) => {
    const { call, done, handlers } = verbs();
    for (const channel of handlers.keys())
      await expect(call(channel, url, isMain, 'x')).rejects.toThrow(/Only the page/);
    expect(done).toEqual([]);
  });

  it('refuse arguments that are no text', async () => {
    const { call } = verbs();
    for (const argument of [undefined, null, 7, {}, ['x'], 'x'.repeat(5000)]) {
      await expect(call('showFile', own, true, argument)).rejects.toThrow(/takes a text/);
    }
  });
});

describe('dialogs', () => {
  function dialogs(answer: string) {
    const shown: string[] = [];
    const asked: (string | undefined)[] = [];
    const double = {
      showOpenDialog: async () => ({ canceled: answer === '', filePaths: answer === '' ? [] : [answer] }),
      showSaveDialog: async (_window: unknown, options: { defaultPath?: string }) => {
        asked.push(options.defaultPath);
        return { canceled: answer === '', filePath: answer };
      },
    };
    const table = dialogVerbs({
      dialog: double as unknown as Electron.Dialog,
      shell: { showItemInFolder: (path) => void shown.push(path) },
      window: null as never,
      reportsDir: '/data/reports',
    });
    return { table, shown, asked };
  }

  it('answer null when nothing was chosen', async () => {
    const { table } = dialogs('');
    expect(await table.chooseGeoipFile()).toBeNull();
    expect(await table.chooseHistoryFile()).toBeNull();
    expect(await table.chooseListFile()).toBeNull();
    expect(await table.chooseFilePath('r.csv')).toBeNull();
  });

  it('keep a suggested name a name', async () => {
    const { table, asked } = dialogs('/home/ann/r.csv');
    await table.chooseFilePath('../../etc/r.csv');
    expect(asked).toEqual(['/data/reports/.._.._etc_r.csv']);
  });

  it('show reports that are ours or were chosen, and no other file of the machine', async () => {
    const { table, shown } = dialogs('/home/ann/r.csv');
    await table.showFile('/home/ann/r.csv');
    expect(shown).toEqual([]);
    await table.chooseFilePath('r.csv');
    for (const path of [
      '/home/ann/r.csv',
      '/data/reports/a.csv',
      '/data/reports/../x',
      '/etc/passwd',
      'a.csv',
    ]) {
      await table.showFile(path);
    }
    expect(shown).toEqual(['/home/ann/r.csv', '/data/reports/a.csv']);
  });
});
