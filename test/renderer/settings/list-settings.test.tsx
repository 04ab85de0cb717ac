// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

const NOW_MS = Date.parse('2026-11-20T12:00:00.000Z');
const table = () => screen.findByRole('table', { name: 'Lists of networks' });

function settings() {
  const engine = fakeEngine({ sessions: 20, nowMs: NOW_MS });
  const add = vi.spyOn(engine.lists, 'import');
  const remove = vi.spyOn(engine.lists, 'remove');
  return { ...drawApp(engine, '#/settings'), add, remove };
}

describe('the lists of networks in the settings', () => {
  it('show what each says, how much, where it is from and whether it still counts', async () => {
    settings();
    const rows = within(await table()).getAllByRole('row');
    expect(rows[1]?.textContent).toMatch(/Tor exits.*torbulkexitlist.*tor1,498212 in the past.*never/);
    expect(rows[2]?.textContent).toMatch(/case 42listed05 in the past.*expired/);
  });

  it('take typed entries, expiring in 30 days where addresses are to be told of', async () => {
    const { user, add } = settings();
    const button = await screen.findByRole('button', { name: 'Add the list' });
    expect(button).toHaveProperty('disabled', true);
    await user.type(screen.getByRole('textbox', { name: 'Name of the list' }), 'case 43');
    expect(screen.getByRole('combobox', { name: 'It expires' })).toHaveProperty('value', '30');
    await user.type(screen.getByRole('textbox', { name: 'Entries' }), '192.0.2.1{enter}nonsense');
    await user.click(button);

    expect(await screen.findByText(/case 43/, { selector: 'td *' })).toBeDefined();
    expect(screen.getByText(/1 new, 0 as before, 0 ended/)).toBeDefined();
    expect(screen.getByText(/Line 2: No address/)).toBeDefined();
    const request = add.mock.calls[0]?.[0];
    expect(request).toMatchObject({ tag: 'listed', note: null, from: { text: '192.0.2.1\nnonsense' } });
    const days = (Date.parse(request?.expires ?? '') - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(30);
  });

  it('take a file that a browser reads, and never expire by themselves where they say what a network is', async () => {
    const { user, add, container } = settings();
    await user.type(await screen.findByRole('textbox', { name: 'Name of the list' }), 'our egress');
    await user.selectOptions(screen.getByRole('combobox', { name: 'What it says' }), 'corporate');
    expect(screen.getByRole('combobox', { name: 'It expires' })).toHaveProperty('value', 'never');
    const input = container.querySelector<HTMLInputElement>('section input[type="file"]');
    if (input === null) throw new Error('there is no way to choose a file');
    await user.upload(input, new File(['198.51.100.0/24\n'], 'egress.txt'));
    expect(await screen.findByText('egress.txt')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Add the list' }));
    await waitFor(() => expect(add).toHaveBeenCalled());
    expect(add.mock.calls[0]?.[0]).toEqual({
      ...{ name: 'our egress', tag: 'corporate', note: null, expires: 'never' },
      from: { text: '198.51.100.0/24\n' },
    });
  });

  it('are removed only after a question', async () => {
    const { user, remove } = settings();
    await user.click(await screen.findByRole('button', { name: 'Remove Tor exits' }));
    const dialog = await screen.findByRole('dialog', { name: 'Remove this list?' });
    expect(remove).not.toHaveBeenCalled();
    await user.click(within(dialog).getByRole('button', { name: 'Remove the list' }));
    await waitFor(() => expect(screen.queryByText('Tor exits')).toBeNull());
    expect(remove.mock.calls).toEqual([['Tor exits']]);
  });
});

describe('the details of a session', () => {
  it('say which of the lists its address was on', async () => {
    const engine = fakeEngine({ sessions: 20, nowMs: NOW_MS });
    const { rows } = await engine.sessions.list({ query: '', sort: null, limit: 20, cursor: null });
    const listed = rows.find(({ ip }) => ip?.startsWith('203.0.') === true);
    if (listed === undefined) throw new Error('nobody was seen there');
    drawApp(engine, `?session=${listed.key}#/sessions`);
    const panel = within(await screen.findByRole('complementary', { name: 'Session details' }));
    expect(await panel.findByText('case 42')).toBeDefined();
    expect(panel.getByText('(203.0.0.0/16)', { exact: false })).toBeDefined();
  });
});
