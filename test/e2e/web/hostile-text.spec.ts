import { expect, test } from './app.ts';

test('shows hostile text of an API as text: nothing runs, no row breaks, no character hides', async ({
  app,
  far,
}) => {
  const { page } = app;
  const ann = far.apis['better-auth'].users[1];
  const victim = far.apis['better-auth'].sessions[1];
  if (ann === undefined || victim === undefined) throw new Error('the world is empty');
  ann.name = '<img src=x onerror="document.title=\'owned\'"> \u202Enna\u0007';
  victim.userAgent = `<script>document.title='owned'</script> ${'A'.repeat(60_000)}`;
  await app.go('/sources');
  const card = page.getByRole('article', { name: 'Source app' });
  await card.getByRole('button', { name: 'Poll now' }).click();
  await expect(card.getByText('Swept:')).toBeVisible();
  await app.go('/sessions?q=source:app');
  const table = page.getByRole('grid', { name: 'Sessions' });
  await expect(table.getByText('<img src=x', { exact: false }).first()).toBeVisible();
  await app.picture('hostile-text');
  expect(await page.title()).not.toBe('owned');
  expect(await table.innerText()).not.toContain('\u202E');
  const heights = await table
    .getByRole('row')
    .evaluateAll((rows) => rows.slice(1).map((each) => each.getBoundingClientRect().height));
  expect(new Set(heights).size).toBe(1);
  await table.getByText('<img src=x', { exact: false }).first().click();
  await expect(page.getByRole('complementary', { name: 'Session details' })).toBeVisible();
  await app.picture('hostile-details');
});
