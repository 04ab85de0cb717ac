import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './app.ts';

test('leads a newcomer through the demo company: findings, map, timeline, in light and dark', async ({
  emptyApp: app,
}) => {
  test.slow();
  const { page } = app;
  await expect(page.getByRole('heading', { name: 'Welcome to Sessionscope' })).toBeVisible();
  await app.picture('welcome');
  await page.getByRole('button', { name: /demo company/ }).click();
  await expect(page.getByText('critical findings')).toBeVisible({ timeout: 30_000 });

  await app.go('/findings');
  await page
    .getByText(/Impossible travel/)
    .first()
    .click();
  await expect(page.getByText(/9,\d{3} km/).first()).toBeVisible({ timeout: 30_000 });
  await app.picture('finding');

  await app.go('/map');
  await expect(page.getByText('Natural Earth')).toBeVisible();
  await app.picture('map');

  await app.go('/timeline');
  await page.getByText('Jonas Weber').first().click();
  await app.picture('timeline');

  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const path of [
      '/',
      '/sessions',
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
      await app.picture(`${scheme}${path.replace('/', '-') || '-overview'}`);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${scheme} ${path} ${id}: ${nodes[0]?.html ?? ''}`)).toEqual(
        [],
      );
    }
  }
});
