import { expect, test } from './app.ts';

test('lists who has several accounts, and tells how it is known', async ({ app }) => {
  const { page } = app;
  const users = page.getByRole('grid', { name: 'Users' });
  const about = page.getByRole('complementary', { name: 'About this user' });

  await app.go('/timeline');
  await expect(users.getByText('Operator').first()).toBeVisible();
  await app.bothSchemes('users');
  await page.getByText('Several accounts', { exact: true }).click();
  await expect(users.getByRole('row')).toHaveCount(3);
  await expect(users.getByRole('row').nth(1).getByRole('gridcell').nth(2)).toHaveText(/^(app|chat)$/);
  await page.getByText('Administrators').click();
  await expect(users.getByText('admin', { exact: true }).first()).toBeVisible();

  // The operator is one person by e-mail, and both sources tell an administrator.
  await app.go('/timeline?user=app/app-admin');
  await expect(page.getByText('Also Operator at chat')).toBeVisible();
  await page.getByRole('button', { name: 'About this user' }).click();
  await expect(about.getByText('same verified e-mail, op@example.org')).toHaveCount(2);
  await expect(about.getByRole('checkbox', { name: 'Administrator (told by app)' })).toBeChecked();
  await app.bothSchemes('about');
});

test('joins, splits and tags the accounts of a person, and says whose word it was', async ({ app }) => {
  const { page } = app;
  const about = page.getByRole('complementary', { name: 'About this user' });

  // Ann's two accounts share no verified e-mail: somebody has to say it.
  await app.go('/timeline?user=app/app-ann&about=user');
  await expect(about.getByText('None but this one')).toBeVisible();
  await about.getByRole('button', { name: 'Join another account…' }).click();
  const join = page.getByRole('dialog', { name: 'Join another account' });
  await join.getByRole('radio', { name: /Ann at chat/ }).check();
  await app.bothSchemes('join');
  await join.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(join).toBeHidden();
  await expect(about.getByText(/joined by hand, by .+ via web/)).toHaveCount(2);
  await expect(page.getByText('Also Ann at chat')).toBeVisible();
  await about.getByRole('checkbox', { name: 'Shared account' }).check();
  await about.getByRole('button', { name: 'Save and judge again' }).click();
  await expect(about.getByRole('checkbox', { name: 'Shared account (set by hand)' })).toBeChecked();
  await app.bothSchemes('joined');

  // Both accounts on one time axis, each row with its source.
  await page.getByRole('switch', { name: 'All accounts' }).check();
  await expect(page.getByText('2 accounts, 3 sessions')).toBeVisible();
  await expect(page.getByRole('button', { name: /^chat: Chrome/ })).toBeVisible();
  await app.bothSchemes('person-timeline');
  await page.getByRole('button', { name: 'End all of this person…' }).click();
  const plan = page.getByRole('dialog');
  await expect(plan.getByText('3 sessions', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(plan).toBeHidden();

  await app.go('/findings?q=source:app');
  await page.getByRole('grid', { name: 'Findings' }).getByRole('row').nth(1).click();
  const finding = page.getByRole('complementary', { name: 'Finding details' });
  await expect(finding.getByText('Also Ann at chat')).toBeVisible();
  await app.bothSchemes('finding');
  await finding.getByRole('link', { name: 'Ann at chat' }).click();
  await expect(page.getByText('Also Ann at app')).toBeVisible();

  await app.go('/timeline?user=app/app-ann&about=user');
  await about.getByRole('button', { name: 'Split off Ann at chat' }).click();
  const split = page.getByRole('dialog', { name: 'Split this account off?' });
  await expect(split.getByText(/Findings of both sides are judged anew/)).toBeVisible();
  await app.bothSchemes('split');
  await split.getByRole('button', { name: 'Split it off' }).click();
  await expect(about.getByText('None but this one')).toBeVisible();
  await app.go('/timeline?user=chat/chat-ann&about=user');
  await expect(about.getByText(/split off by hand, by .+ via web/)).toBeVisible();

  await app.go('/audit');
  for (const action of ['persons.linked', 'users.tagged', 'persons.unlinked'])
    await expect(page.getByText(action).first()).toBeVisible();
});

test('tells of whoever is where the policy of countries says no, and takes it back', async ({ app }) => {
  const { page } = app;
  await app.go('/settings');
  await page.getByRole('radio', { name: /Only in these countries/ }).check();
  const countries = page.getByLabel('Allowed countries', { exact: true }).first();
  await countries.click();
  await countries.fill('germ');
  await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(1);
  await app.bothSchemes('policy-search');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  const preview = page.getByRole('region', { name: 'What it would mean' });
  await expect(preview.getByText(/sessions seen in the last 90 days are against it/)).toBeVisible();
  await expect(preview.getByText(/United Kingdom/)).toBeVisible();
  await preview.scrollIntoViewIfNeeded();
  await app.bothSchemes('policy');
  await page.getByRole('button', { name: 'Save and judge again' }).click();
  await page.getByRole('link', { name: 'What it finds' }).click();
  const findings = page.getByRole('grid', { name: 'Findings' });
  await expect(findings.getByText('Against the policy: United Kingdom').first()).toBeVisible();
  await findings.getByText('Against the policy: United Kingdom').first().click();
  await expect(page.getByText('DE', { exact: true }).last()).toBeVisible();

  await app.go('/settings');
  await page.getByRole('radio', { name: 'People may be in any country' }).check();
  await page.getByRole('button', { name: 'Save and judge again' }).click();
  await page.getByRole('link', { name: 'What it finds' }).click();
  await expect(findings).toBeHidden();
  await app.go('/audit');
  await expect(page.getByText('policy.set')).toHaveCount(2);
});
