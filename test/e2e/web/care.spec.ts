import { readFile } from 'node:fs/promises';
import { expect, test } from './app.ts';

test('sets how long data is kept, removes what is over, and tells of it in the audit', async ({ app }) => {
  const { page } = app;
  await app.go('/settings');
  const part = page.getByRole('region', { name: 'Retention' });
  await part.getByLabel('Remove what was over more than').check();
  await part.getByLabel('Days').fill('30');
  await part.getByRole('button', { name: 'Save' }).click();
  await part.getByRole('button', { name: 'Remove now…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove it now' }).click();
  await expect(part.getByText('Nothing was old enough to be removed.')).toBeVisible();
  await app.picture('retention');
  await app.go('/audit');
  await expect(page.getByText('retention.set').first()).toBeVisible();
  await expect(page.getByText('retention.run').first()).toBeVisible();
});

test('downloads a backup that is a whole database', async ({ app }) => {
  const { page } = app;
  await app.go('/settings');
  await page.getByRole('button', { name: 'Back up now…' }).click();
  const link = page.getByRole('link', { name: 'Download the backup' });
  await expect(page.getByText(/^13 sessions, .* read back whole\.$/)).toBeVisible();
  await app.picture('backup');
  const started = page.waitForEvent('download');
  await link.click();
  const download = await started;
  expect(download.suggestedFilename()).toMatch(/^sessionscope-.*\.backup$/);
  const bytes = await readFile(await download.path());
  expect(bytes.subarray(0, 15).toString()).toBe('SQLite format 3');
});
