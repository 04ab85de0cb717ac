import { expect, test } from './app.ts';

test('the one-time address is dead once used, and nobody else gets in', async ({ app, browser }) => {
  const strangers = await browser.newContext();
  const stranger = await strangers.newPage();
  await stranger.goto(`${app.origin}/#token=${'a'.repeat(43)}`);
  await expect(stranger.getByText(/address|let in|sign/i).first()).toBeVisible();
  expect(await stranger.getByText('13 sessions').count()).toBe(0);
  const upgraded = await stranger.evaluate(
    (origin) =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(`${origin.replace('http', 'ws')}/trpc`);
        socket.onopen = () => resolve(true);
        socket.onerror = () => resolve(false);
      }),
    app.origin,
  );
  expect(upgraded).toBe(false);
  await strangers.close();
});

test('the page needs nothing from anywhere else', async ({ app }) => {
  const elsewhere: string[] = [];
  app.page.on('request', (request) => {
    if (!request.url().startsWith(app.origin) && !request.url().startsWith('data:'))
      elsewhere.push(request.url());
  });
  for (const path of ['/', '/map', '/sessions']) await app.go(path);
  expect(elsewhere).toEqual([]);
});
