import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';

test('downloads the sessions of the query as CSV with its description, and no cell begins a formula', async ({
  app,
  far,
}) => {
  const { page } = app;
  const ann = far.apis['better-auth'].users[1];
  if (ann === undefined) throw new Error('the world is empty');
  ann.name = '=HYPERLINK("http://evil.example","Ann")';
  await app.go('/sources');
  const card = page.getByRole('article', { name: 'Source app' });
  await card.getByRole('button', { name: 'Poll now' }).click();
  await expect(card.getByText(/^Swept: /)).toBeVisible();

  await app.go('/sessions?q=source:app');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /CSV/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Export as CSV' });
  await expect(dialog.getByText(/^\d+ rows,/)).toBeVisible();
  await app.picture('exported');

  const csv = await downloaded(page, 'Download the report');
  const [header = '', ...rows] = csv.trim().split(/\r?\n/);
  expect(header).toContain('userName');
  expect(rows.length).toBeGreaterThan(1);
  expect(csv).toContain('HYPERLINK');
  for (const cell of csv.split(/[,\r\n]/)) expect(cell).not.toMatch(/^"?[=+@]/);

  const meta: unknown = JSON.parse(await downloaded(page, 'Download its description'));
  expect(meta).toMatchObject({ query: 'source:app', rows: rows.length });
});

async function downloaded(page: Page, link: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: link }).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}
