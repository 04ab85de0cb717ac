import { expect, test } from './app.ts';
import { planted } from '../../support/six-apis.ts';

test('adds a source by form: a wrong address is told beside its field, a typed secret stays in memory', async ({
  emptyApp: app,
  far,
}) => {
  const { page } = app;
  const url = far.sources.find(({ id }) => id === 'app')?.url ?? '';
  await app.go('/sources');
  await page.getByRole('button', { name: 'Add a source' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a source' });
  await dialog.getByLabel('Kind').first().click();
  await page.getByRole('option', { name: 'better-auth' }).click();
  await dialog.getByLabel('Name').fill('app');
  await dialog.getByText('All users, as administrator').click();
  await dialog.getByRole('textbox', { name: 'Bearer token' }).fill(planted.appAdmin);

  const address = dialog.getByLabel('Address');
  for (const wrong of ['ftp://app.example.org', 'http://app.example.org/api/auth']) {
    await address.fill(wrong);
    await dialog.getByRole('button', { name: 'Add the source' }).click();
    await expect(address).toHaveAttribute('aria-invalid', 'true');
    await expect(address).toHaveAccessibleDescription(/address|https|http/);
  }
  await app.picture('add-source-wrong-address');

  await address.fill(url);
  await dialog.getByRole('button', { name: 'Add the source' }).click();
  await expect(dialog).toHaveCount(0);
  const card = page.getByRole('article', { name: 'Source app' });
  await card.getByRole('button', { name: 'Poll now' }).click();
  await expect(card.getByText('healthy')).toBeVisible();
  await app.picture('add-source-typed');
  expect(await page.content()).not.toContain(planted.appAdmin);
  expect(app.received.join('\n')).not.toContain(planted.appAdmin);
});

test('adds a source whose secret is in a variable of the host', async ({ app, far }) => {
  const { page } = app;
  const chat = far.sources.find(({ id }) => id === 'chat');
  if (chat === undefined || !('userId' in chat.auth)) throw new Error('no chat source');
  const variable = [...far.env].find(([, value]) => value === planted.chatToken)?.[0] ?? '';
  await app.go('/sources');
  await page.getByRole('button', { name: 'Add a source' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a source' });
  await dialog.getByLabel('Name').fill('chat2');
  await dialog.getByLabel('Address').fill(chat.url);
  await dialog.getByText('All users, as administrator').click();
  await dialog.getByLabel('User id').fill('chat-admin');
  await dialog.getByLabel('Token is').first().click();
  await page.getByRole('option', { name: 'in a variable' }).click();
  await dialog.getByRole('textbox', { name: 'Token', exact: true }).fill(variable);
  await dialog.getByRole('button', { name: 'Add the source' }).click();
  await expect(dialog).toHaveCount(0);
  const card = page.getByRole('article', { name: 'Source chat2' });
  await expect(card.getByText(`environment variable ${variable}`)).toBeVisible();
  await card.getByRole('button', { name: 'Poll now' }).click();
  await expect(card.getByText('healthy')).toBeVisible();
});
