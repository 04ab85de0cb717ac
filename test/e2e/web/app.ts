import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { compiled, runCli } from '../../support/run-cli.ts';
import { startSixApis, type SixApis } from '../../support/six-apis.ts';

/** A web host of its own, with its own data directory, and a page that is already let in. */
export type App = {
  readonly page: Page;
  readonly origin: string;
  /** Everything the host sent over its sockets. */
  readonly received: readonly string[];
  /** Goes to a page of the app and waits until its lists have answered. */
  go(path: string): Promise<void>;
  /** Keeps a screenshot under this name among the test's artefacts. */
  picture(name: string): Promise<void>;
  /** A picture of the page as it stands in the light and in the dark scheme, in both of which axe finds nothing wrong. */
  bothSchemes(name: string): Promise<void>;
};

type Fixtures = {
  /** The six kinds on loopback; started when a test asks for `app`. */
  far: SixApis;
  /** The app on the six kinds, polled once. */
  app: App;
  /** The app on an empty data directory. */
  emptyApp: App;
};

export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from this pattern.
  far: async ({}, use) => {
    const far = await startSixApis();
    await use(far);
    await far.close();
  },
  app: async ({ page, far }, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'e2e-'));
    const file = join(dataDir, 'sources.json');
    writeFileSync(file, JSON.stringify({ sources: far.sources }));
    const imported = await runCli(['sources', 'import', file], { dataDir, env: far.env });
    expect(imported.stderr).toContain('6 sources');
    await withHost(page, dataDir, far.env, async (app) => {
      await expect(page.getByText('13 sessions')).toBeVisible();
      await use(app);
    });
  },
  emptyApp: async ({ page }, use) => {
    await withHost(page, mkdtempSync(join(tmpdir(), 'e2e-empty-')), new Map(), use);
  },
});

export { expect };

/** Fails the test on any violation of the policy, any error on the console and any exception in the page. */
async function withHost(
  page: Page,
  dataDir: string,
  env: ReadonlyMap<string, string>,
  use: (app: App) => Promise<void>,
) {
  const host = await startHost(dataDir, env);
  const complaints: string[] = [];
  const received: string[] = [];
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => received.push(String(payload))),
  );
  await page.exposeFunction('complain', (text: string) => complaints.push(text));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      (window as unknown as { complain: (text: string) => void }).complain(
        `policy: ${violatedDirective} ${blockedURI}`,
      );
    });
  });
  const picture = async (name: string) => {
    const path = test.info().outputPath(`${name}.png`);
    await page.screenshot({ path });
    await test.info().attach(name, { path, contentType: 'image/png' });
  };
  try {
    await page.goto(host.address);
    await use({
      page,
      origin: new URL(host.address).origin,
      received,
      go: async (path) => {
        // The page lives in the fragment, the query before it: any host that serves `/` serves every page.
        const [place = '', query] = path.split('?');
        await page.goto(`${new URL(host.address).origin}/${query === undefined ? '' : `?${query}`}#${place}`);
        await expect(page.getByText('Connected')).toBeVisible();
        await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0);
      },
      picture,
      bothSchemes: async (name) => {
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          // Half-way from one scheme to the other no colour is right.
          await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
          await picture(`${colorScheme}-${name}`);
          // “Legacy” asks nothing of frames of other origins, of which there are none, and opens no page of its own.
          const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
        }
      },
    });
    expect(complaints).toEqual([]);
  } finally {
    await host.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function startHost(dataDir: string, env: ReadonlyMap<string, string>) {
  const child = spawn(process.execPath, ['out/main/cli.js', 'serve'], {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: compiled,
      SESSIONSCOPE_DATA_DIR: dataDir,
      ...Object.fromEntries(env),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let talk = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (talk += text));
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
    child.once('exit', () => reject(new Error(`the host ended: ${talk}`)));
  });
  return { address, stop: () => ended(child) };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGINT');
  });
}
