// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

it('lists suppressions in words, and says since when one is over', async () => {
  const engine = fakeEngine({ sessions: 800 });
  await engine.suppressions.add({
    scope: {
      rule: 'impossible-travel',
      source: 'app',
      userId: 'u-17',
      network: null,
      asn: null,
      countries: null,
      client: null,
      list: null,
    },
    reason: 'He travels a lot.\nAsked his boss.',
    days: 30,
  });
  const { user } = drawApp(engine, '#/settings');
  const table = within(await screen.findByRole('table', { name: 'Suppressions' }));
  expect(table.getByText('rule Impossible travel, user u-17 at app')).toBeDefined();
  expect(table.getByText('Asked his boss.')).toBeDefined();
  await user.click(table.getByRole('button', { name: /^End / }));
  expect((await table.findByText(/^ended/)).querySelector('time')).not.toBeNull();
});
