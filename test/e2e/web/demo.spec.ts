import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';

test('leads a newcomer through the demo company: findings, map, timeline, in light and dark', async ({
  emptyApp: app,
}) => {
  test.slow();
  const { page } = app;
  await expect(page.getByRole('heading', { name: 'Welcome to Sessionscope' })).toBeVisible();
  await app.picture('welcome');
  await page.getByRole('button', { name: /demo company/ }).click();
  await expect(page.getByText('critical incidents')).toBeVisible({ timeout: 30_000 });

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
      await app.picture(`${scheme}${path.replace('/', '-') || '-overview'}`);
      expect(await complaintsOf(page)).toEqual([]);
    }
    for (const rule of ['impossible-travel', 'new-country']) {
      await app.go(`/findings?q=finding:${rule}`);
      await page.getByRole('grid').getByRole('row').nth(1).click();
      await expect(page.getByRole('complementary', { name: 'Finding details' })).toBeVisible();
      expect(await complaintsOf(page)).toEqual([]);
    }
    await app.go('/sessions?q=impersonatedBy:*');
    await page.getByRole('grid').getByText('impersonated').click();
    await expect(page.getByText('Impersonated: this is not the user')).toBeVisible();
    await app.picture(`${scheme}-impersonated`);
    expect(await complaintsOf(page)).toEqual([]);
  }
});

/** What axe finds wrong with the page as it stands. */
async function complaintsOf(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0]?.html ?? ''}`);
}
