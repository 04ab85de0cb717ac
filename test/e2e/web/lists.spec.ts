import { AWAY_IP } from '../../support/six-apis.ts';
import { expect, test } from './app.ts';

test('keeps a list of networks, shows it on a session, and forgets it after a question', async ({ app }) => {
  const { page } = app;
  await app.go('/settings');
  await page.getByLabel('Name of the list').fill('case 42');
  await page.getByLabel('Entries', { exact: true }).fill(`# of the incident\n${AWAY_IP}\nAS64500\nnonsense`);
  await page.getByLabel('Where it is from').fill('ticket 4711');
  await page.getByRole('button', { name: 'Add the list' }).click();
  const table = page.getByRole('table', { name: 'Lists of networks' });
  await expect(table.getByText('case 42')).toBeVisible();
  await expect(table.getByText('ticket 4711')).toBeVisible();
  await expect(page.getByText(/^Line 4: No address/)).toBeVisible();
  await page.getByText(/^Line 4: No address/).scrollIntoViewIfNeeded();
  await app.picture('lists');

  await app.go('/sessions');
  await page.getByRole('grid', { name: 'Sessions' }).getByText('London').first().click();
  const panel = page.getByRole('complementary', { name: 'Session details' });
  await expect(panel.getByText('case 42', { exact: true })).toBeVisible();
  await panel.getByText('case 42', { exact: true }).scrollIntoViewIfNeeded();
  await app.picture('listed-session');

  await app.go('/settings');
  await page.getByRole('button', { name: 'Remove case 42' }).click();
  await app.picture('remove-list');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the list' }).click();
  await expect(page.getByText('There is no list yet.')).toBeVisible();
  await app.go('/audit');
  await expect(page.getByText('list.imported').first()).toBeVisible();
  await expect(page.getByText('list.removed').first()).toBeVisible();
});
