import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron as electron, expect, test, type ElectronApplication, type Page } from '@playwright/test';

// Runs wherever the Electron binary, a display and a built app are. Where one is missing it says which, and skips.

const missing = whatIsMissing();
test.skip(missing !== null, missing ?? '');
if (missing !== null) console.log(`desktop e2e skipped: ${missing}`);

let app: ElectronApplication;
let page: Page;
let folder = '';

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sessionscope-desktop-'));
  app = await electron.launch({
    args: ['.', `--user-data-dir=${join(folder, 'profile')}`, '--data-dir', join(folder, 'data')],
  });
  page = await app.firstWindow();
  await page.waitForLoadState();
});

test.afterEach(async () => {
  // Absent when the launch failed, and then there is nothing to close.
  await (app as ElectronApplication | undefined)?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('opens one window on the page, and the engine answers it', async () => {
  await expect(page).toHaveTitle('Sessionscope');
  expect(page.url()).toMatch(/^app:\/\/sessionscope\//);
  await expect(page.getByText('Connected')).toBeVisible();
  expect(app.windows()).toHaveLength(1);
});

test('gives the page no Node, and the preferences read back as they were set', async () => {
  expect(
    await page.evaluate(() => [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process')]),
  ).toEqual(['undefined', 'undefined']);
  expect(
    await page.evaluate(() => Object.keys(Reflect.get(window, 'sessionscope') as object).sort()),
  ).toEqual([
    'chooseFilePath',
    'chooseGeoipFile',
    'chooseHistoryFile',
    'chooseListFile',
    'requestPort',
    'showFile',
  ]);
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    // Not in Electron's typings; the security tutorial names it for this purpose.
    const read: unknown = contents && Reflect.get(contents, 'getLastWebPreferences');
    return typeof read === 'function' ? (Reflect.apply(read, contents, []) as Record<string, unknown>) : null;
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
  });
});

test('stays on its page whatever navigates', async () => {
  const home = page.url();
  for (const address of ['https://example.org/', 'file:///etc/passwd', 'data:text/html,away']) {
    await page.evaluate((target) => {
      window.location.href = target;
    }, address);
    await page.evaluate((target) => window.open(target), address);
  }
  await expect(page.getByText('Connected')).toBeVisible();
  expect(page.url()).toBe(home);
  expect(app.windows()).toHaveLength(1);
});

test('refuses permissions', async () => {
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone'] as PermissionName[];
    return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
  });
  expect(new Set(states)).toEqual(new Set(['denied']));
});

test('serves nothing outside of the built page', async () => {
  const statuses = await page.evaluate(async () => {
    const paths = ['/..%2f..%2fpackage.json', '/%2e%2e%2fmain/index.js', '/index.js'];
    return Promise.all(paths.map(async (path) => (await fetch(path)).status));
  });
  expect(statuses).toEqual([404, 404, 404]);
});

test('gets the engine back after it was killed', async () => {
  await expect(page.getByText('Connected')).toBeVisible();
  await app.evaluate(({ app: shell }) => {
    const engine = shell.getAppMetrics().find(({ name }) => name === 'Sessionscope engine');
    if (engine !== undefined) process.kill(engine.pid, 'SIGKILL');
  });
  await expect(page.getByText('Connected')).toBeHidden();
  await expect(page.getByText('Connected')).toBeVisible();
});

test('comes to the front instead of starting twice', async () => {
  const second = spawnSync(
    electronPath() ?? '',
    ['.', `--user-data-dir=${join(folder, 'profile')}`, '--data-dir', join(folder, 'data')],
    { timeout: 20_000 },
  );
  expect(second.status).toBe(0);
  expect(app.windows()).toHaveLength(1);
});

function whatIsMissing(): string | null {
  if (electronPath() === null) return 'the Electron binary is not installed here';
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && DISPLAY === undefined && WAYLAND_DISPLAY === undefined) {
    return 'there is no display here; run it under xvfb-run';
  }
  return existsSync('out/main/index.js') ? null : 'the app is not built; run "npm run build"';
}

/** Path of the binary without fetching it: Electron's own starter would download for minutes. */
function electronPath(): string | null {
  if (!existsSync('node_modules/electron/path.txt')) return null;
  const { status, stdout } = spawnSync(process.execPath, ['-p', "require('electron')"], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}
