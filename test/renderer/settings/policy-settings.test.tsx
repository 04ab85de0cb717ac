// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { EngineError } from '../../../src/engine/errors.ts';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

function settings(engine = fakeEngine({ sessions: 300 })) {
  const set = vi.spyOn(engine.policy, 'setCountries');
  return { engine, set, ...drawApp(engine, '#/settings') };
}

const kind = (name: RegExp) => screen.findByRole('radio', { name });
const picker = (label: string) =>
  screen.findByLabelText(label, { selector: 'input:not([type="hidden"])', exact: true });

describe('the policy of countries in the settings', () => {
  it('asks for a country before it can be saved, finds it by name or code, and previews what it means', async () => {
    const { user, set } = settings();
    const save = await screen.findByRole('button', { name: 'Save and judge again' });
    expect(save).toHaveProperty('disabled', true);
    await user.click(await kind(/Only in these countries/));
    expect(save).toHaveProperty('disabled', true);
    const input = await picker('Allowed countries');
    await user.type(input, 'germ');
    await user.click(await screen.findByRole('option', { name: 'Germany', hidden: true }));
    await user.type(input, 'gb');
    await user.click(await screen.findByRole('option', { name: 'United Kingdom', hidden: true }));
    const preview = await screen.findByRole('region', { name: 'What it would mean' });
    expect(
      await within(preview).findByText(/of the 300 sessions seen in the last 90 days are against/),
    ).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Save and judge again' }));
    expect(set.mock.calls[0]?.[0]).toEqual({ kind: 'allow', countries: ['DE', 'GB'] });
    expect(await screen.findByText(/^Saved\. Whoever was seen/)).toBeDefined();
    expect(screen.getByRole('link', { name: 'What it finds' }).getAttribute('href')).toContain(
      'finding%3Acountry-policy',
    );
    expect(screen.getByRole('button', { name: 'Save and judge again' })).toHaveProperty('disabled', true);
  });

  it('keeps the countries while the kinds are compared, and is switched off whole', async () => {
    const engine = fakeEngine({ sessions: 20 });
    await engine.policy.setCountries({ kind: 'deny', countries: ['KP'] });
    const { user, set } = settings(engine);
    expect(await kind(/Anywhere but in these/)).toHaveProperty('checked', true);
    expect(await screen.findByText(/None of the 20 sessions/)).toBeDefined();
    await user.click(await kind(/Only in these/));
    expect(await screen.findByText('North Korea')).toBeDefined();
    await user.click(await kind(/any country/));
    expect(screen.queryByRole('region', { name: 'What it would mean' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Save and judge again' }));
    await waitFor(() => expect(set.mock.calls.at(-1)?.[0]).toEqual({ kind: 'none' }));
  });

  it('says why it was not saved, and stays as it was', async () => {
    const { user, set } = settings();
    set.mockRejectedValue(new EngineError('conflict', 'Process 4711 works in this data directory.'));
    await user.click(await kind(/Anywhere but/));
    await user.type(await picker('Denied countries'), 'Cote');
    await user.click(await screen.findByRole('option', { name: /Côte d/, hidden: true }));
    await user.click(screen.getByRole('button', { name: 'Save and judge again' }));
    expect(await screen.findByText(/Process 4711 works/)).toBeDefined();
    expect(screen.queryByText(/^Saved/)).toBeNull();
  });

  it('is left to the process that polls', async () => {
    settings(fakeEngine({ sessions: 20, info: { pollingByPid: 4711 } }));
    await waitFor(async () => expect(await kind(/any country/)).toHaveProperty('disabled', true));
  });
});
