import { expect, test } from './app.ts';
import { planted } from '../../support/six-apis.ts';

test('shows six kinds of source, healthy, and what each can do', async ({ app }) => {
  const { page } = app;
  await app.go('/sources');
  for (const id of ['chat', 'files', 'panel', 'old', 'portal', 'app']) {
    await expect(page.getByRole('article', { name: `Source ${id}` }).getByText('healthy')).toBeVisible();
  }
  await page.getByRole('article', { name: 'Source old' }).getByText('Show what it can do').click();
  await app.picture('sources');
});

test('lists sessions of all kinds, enriched, and opens one', async ({ app }) => {
  const { page } = app;
  await app.go('/sessions');
  const table = page.getByRole('grid', { name: 'Sessions' });
  await expect(table.getByText('London').first()).toBeVisible();
  await app.picture('sessions');
  await table.getByText('London').first().click();
  const panel = page.getByRole('complementary', { name: 'Session details' });
  await expect(panel.getByText('81.2.69.142').first()).toBeVisible();
  await app.picture('session-details');
});

test('ends sessions on every source that can, with proof, and spares the own ones', async ({ app, far }) => {
  const { page } = app;
  await app.go('/sessions');
  await page.getByLabel('Query', { exact: true }).fill('source:chat,files,panel,app');
  await page.keyboard.press('Enter');
  await expect(page.getByText('9 sessions', { exact: true })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select all loaded sessions' }).check();
  await page.getByRole('button', { name: 'End sessions…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('5 sessions', { exact: true })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'End 5 sessions' })).toBeDisabled();
  await dialog.getByLabel('Reason').fill('stolen cookie, incident 42');
  await app.picture('revoke-plan');
  await dialog.getByRole('button', { name: 'End 5 sessions' }).click();
  await expect(dialog.getByText('5 verified')).toBeVisible({ timeout: 60_000 });
  await app.picture('revoke-verified');
  expect(far.apis['better-auth'].sessions.map(({ id }) => id)).toEqual(['app-session-admin']);
  expect(far.apis.zipline.sessions).toHaveLength(1);
  expect(far.apis.xyrapanel.sessions).toHaveLength(1);
  expect(far.apis.rocketchat.sessions.filter(({ logoutAtMs }) => logoutAtMs === null)).toHaveLength(1);

  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await app.go('/revocations');
  await expect(page.getByText('stolen cookie, incident 42').first()).toBeVisible();
  await page.keyboard.press('j');
  const job = page.getByRole('complementary', { name: 'Revocation details' });
  await expect(job.getByText('Proven: a complete listing', { exact: false }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(job).toHaveCount(0);
  await app.go('/audit');
  await expect(page.getByText('revocation.finished').first()).toBeVisible();
});

test('keeps what was known when a source fails, says why, and recovers', async ({ app, far }) => {
  const { page } = app;
  far.apis.rocketchat.faults.inject('html');
  await app.go('/sources');
  const card = page.getByRole('article', { name: 'Source chat' });
  await card.getByRole('button', { name: 'Poll now' }).click();
  await expect(card.getByText('failing')).toBeVisible();
  await expect(card.getByText('bad-answer').first()).toBeVisible();
  await app.picture('source-failing');

  // The reason has room to be read on a small screen, too.
  await page.setViewportSize({ width: 1024, height: 700 });
  await app.go('/');
  const reason = await page.getByText('A web page instead of data came').boundingBox();
  expect(reason?.width).toBeGreaterThan(200);
  expect(reason?.height).toBeLessThan(90);
  await app.picture('overview-failing');
  await app.go('/sessions?q=source:chat');
  await expect(page.getByText('2 sessions', { exact: true })).toBeVisible();
  far.apis.rocketchat.faults.clear();
  await app.go('/sources');
  await card.getByRole('button', { name: 'Poll now' }).click();
  await expect(card.getByText('healthy')).toBeVisible();
});

test('has the code of pages that nobody opened yet, also when its host is gone', async ({ app }) => {
  const { page } = app;
  await app.go('/sessions');
  for (const name of ['overview-page', 'map-page', 'timeline-page'])
    await expect.poll(() => page.evaluate(hasFetched, name)).toBe(true);
  await page.route('**/assets/**', (route) => route.abort());
  await page.getByRole('link', { name: 'Timeline', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Find a user' })).toBeVisible();
  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  await expect(page.getByText('Health of the sources')).toBeVisible();
});

/** Whether the page has a script of that name. */
function hasFetched(name: string): boolean {
  return performance
    .getEntriesByType('resource')
    .some((entry) => entry.name.includes(`/${name}-`) && entry.name.endsWith('.js'));
}

test('carries out a poll whose page is reloaded as soon as it is ordered', async ({ app, far }) => {
  const { page } = app;
  await app.go('/sources');
  const card = page.getByRole('article', { name: 'Source chat' });
  await expect(card.getByText('healthy')).toBeVisible();
  far.apis.rocketchat.faults.inject('html');
  await card.getByRole('button', { name: 'Poll now' }).evaluate((button: HTMLButtonElement) => {
    // tRPC sends a task later than it is asked to, which is when the order is given.
    const sockets: { send: (this: WebSocket, message: string) => void } = WebSocket.prototype;
    const { send } = sockets;
    sockets.send = function (message) {
      send.call(this, message);
      location.reload();
    };
    button.click();
  });
  await expect(card.getByText('failing')).toBeVisible();
  far.apis.rocketchat.faults.clear();
});

test('says where a query goes wrong and keeps the text', async ({ app }) => {
  const { page } = app;
  await app.go('/sessions');
  await page.getByLabel('Query', { exact: true }).fill('contry:DE');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'country' })).toBeVisible();
  await expect(page.getByLabel('Query', { exact: true })).toHaveValue('contry:DE');
});

test('keeps every live token away from the page', async ({ app }) => {
  const { page, received } = app;
  for (const path of ['/', '/sessions', '/sources', '/findings', '/audit', '/settings']) await app.go(path);
  const dom = await page.evaluate(
    () =>
      document.documentElement.outerHTML +
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
  );
  const everything = received.join('\n') + dom;
  expect(received.length).toBeGreaterThan(10);
  expect(everything).toContain('Ann');
  for (const secret of Object.values(planted)) expect(everything.includes(secret), secret).toBe(false);
});
