import { expect, test } from './app.ts';

test('leads a newcomer through the demo company: findings, map, timeline, in light and dark', async ({
  emptyApp: app,
}) => {
  const { page } = app;
  await expect(page.getByRole('heading', { name: 'Welcome to Sessionscope' })).toBeVisible();
  await app.picture('welcome');
  await page.getByRole('button', { name: /demo company/ }).click();
  await expect(page.getByText('critical incidents')).toBeVisible();

  await app.go('/findings');
  await page
    .getByText(/Impossible travel/)
    .first()
    .click();
  await expect(page.getByText(/9,\d{3} km/).first()).toBeVisible();
  await app.picture('finding');

  await app.go('/map');
  await expect(page.getByText('Natural Earth')).toBeVisible();
  await app.picture('map');

  await app.go('/timeline');
  await page.getByText('Jonas Weber').first().click();
  await app.picture('timeline');

  for (const path of [
    '/',
    '/sessions',
    '/incidents',
    '/findings',
    '/map',
    '/timeline',
    '/revocations',
    '/sources',
    '/audit',
    '/settings',
  ]) {
    await app.go(path);
    await expect(page.getByRole('navigation')).toBeVisible();
    await app.bothSchemes(path.replace('/', '') || 'overview');
  }
  for (const rule of ['impossible-travel', 'new-country']) {
    await app.go(`/findings?q=finding:${rule}`);
    await page.getByRole('grid').getByRole('row').nth(1).click();
    await expect(page.getByRole('complementary', { name: 'Finding details' })).toBeVisible();
    await app.bothSchemes(rule);
  }
  await app.go('/sessions?q=impersonatedBy:*');
  await page.getByRole('grid').getByText('impersonated').click();
  await expect(page.getByText('Impersonated: this is not the user')).toBeVisible();
  await app.bothSchemes('impersonated');
});
