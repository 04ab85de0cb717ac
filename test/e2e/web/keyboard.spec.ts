import { expect, test } from './app.ts';

test('reads, selects, opens and closes sessions without a mouse', async ({ app }) => {
  const { page } = app;
  await app.go('/sessions');
  const table = page.getByRole('grid', { name: 'Sessions' });
  const panel = page.getByRole('complementary', { name: 'Session details' });
  const checked = table.getByRole('checkbox', { name: /^Select the session of/, checked: true });
  await expect(table.getByRole('row').nth(3)).toBeVisible();

  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('x');
  await expect(checked).toHaveCount(1);
  await expect(
    table
      .getByRole('row')
      .nth(2)
      .getByRole('checkbox', { name: /^Select the session of/ }),
  ).toBeChecked();
  await page.keyboard.press('j');
  await page.keyboard.press('Shift+X');
  await expect(checked).toHaveCount(2);

  await page.keyboard.press('Enter');
  await expect(panel).toBeVisible();
  await expect(panel).not.toBeFocused();
  await page.keyboard.press('Enter');
  await expect(panel).toBeFocused();
  const opened = page.url();
  await page.keyboard.press('k');
  await expect(page).not.toHaveURL(opened);
  await expect(panel).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);

  await page.keyboard.press('r');
  await expect(page.getByRole('dialog', { name: 'End sessions' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('goes to the query, the help and the palette by key, and types letters as letters', async ({ app }) => {
  const { page } = app;
  await app.go('/sessions');
  const query = page.getByLabel('Query', { exact: true });
  await page.keyboard.press('/');
  await expect(query).toBeFocused();
  await page.keyboard.type('source:chat j?');
  await expect(query).toHaveValue('source:chat j?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await query.fill('source:chat');
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 sessions', { exact: true })).toBeVisible();

  await page.getByRole('main').click({ position: { x: 5, y: 5 } });
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard and query language' });
  await expect(help.getByText('country:BR,IN state:active')).toBeVisible();
  await app.picture('help');
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);

  await page.keyboard.press('Control+K');
  await page.getByPlaceholder('Go to a page, a user, or run a command').fill('audit');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/audit/);
  await expect(page.getByRole('grid')).toBeVisible();
});

test('copies what is open as text for a ticket', async ({ app }) => {
  const { page } = app;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.go('/findings');
  await expect(page.getByRole('grid').getByRole('row').nth(1)).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.getByRole('button', { name: 'Copy for a ticket' })).toBeVisible();
  await page.keyboard.press('c');
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toMatch(/\nWhy:\n {2}\S.*\n/);
  expect(text).toMatch(/\nSessionscope finding \w+/);
});
