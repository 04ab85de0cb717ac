import { defineConfig } from '@playwright/test';

/** Debian's Chromium or any other; `npm test` finds one and says where. */
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: '.cache/e2e',
  // For what hangs: a busy machine with two cores takes five times as long as an idle one.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  workers: 1,
  reporter: [
    ['list'],
    ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? '.cache/e2e.json' }],
  ],
  use: {
    viewport: { width: 1440, height: 900 },
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
    actionTimeout: 30_000,
    launchOptions: { executablePath },
  },
});
