// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

const retention = () => screen.findByRole('region', { name: 'Retention' });

describe('looking after the data', () => {
  it('keeps everything until a number of days is saved, and then says so', async () => {
    const engine = fakeEngine({ sessions: 20 });
    const set = vi.spyOn(engine.care, 'setRetention');
    const { user } = drawApp(engine, '#/settings');
    const part = within(await retention());
    const save = await part.findByRole('button', { name: 'Save' });
    expect(save).toHaveProperty('disabled', true);
    expect(part.queryByRole('button', { name: 'Remove now…' })).toBeNull();
    await user.click(part.getByRole('radio', { name: 'Remove what was over more than' }));
    await user.clear(part.getByRole('textbox', { name: 'Days' }));
    expect(save).toHaveProperty('disabled', true);
    await user.type(part.getByRole('textbox', { name: 'Days' }), '90');
    await user.click(save);
    expect(set.mock.calls).toEqual([[90]]);
    expect(await part.findByRole('button', { name: 'Remove now…' })).toBeDefined();
  });

  it('removes at once only after a question, and tells what went', async () => {
    const engine = fakeEngine({ sessions: 20 });
    await engine.care.setRetention(30);
    const retain = vi.spyOn(engine.care, 'retain');
    const { user } = drawApp(engine, '#/settings');
    await user.click(await screen.findByRole('button', { name: 'Remove now…' }));
    const dialog = await screen.findByRole('dialog', { name: /more than 30 days ago/ });
    expect(retain).not.toHaveBeenCalled();
    await user.click(within(dialog).getByRole('button', { name: 'Remove it now' }));
    expect(await screen.findByText(/Removed 1,204 sessions, .*; 52.4 MB were given back/)).toBeDefined();
  });

  it('leaves retention to the process that polls', async () => {
    drawApp(fakeEngine({ sessions: 20, info: { pollingByPid: 4711 } }), '#/settings');
    const part = within(await retention());
    expect(await part.findByText(/Another process polls/)).toBeDefined();
    for (const radio of part.getAllByRole('radio')) expect(radio).toHaveProperty('disabled', true);
  });

  it('makes a backup that a browser downloads', async () => {
    const engine = fakeEngine({ sessions: 20 });
    const backup = vi.spyOn(engine.care, 'backup');
    const { user } = drawApp(engine, '#/settings');
    await user.click(await screen.findByRole('button', { name: 'Back up now…' }));
    const download = await screen.findByRole('link', { name: 'Download the backup' });
    expect(download.getAttribute('href')).toBe('/download/one');
    expect(screen.getByText('1,000,000 sessions, 480 MB, read back whole.')).toBeDefined();
    expect(backup.mock.calls[0]?.[0]).toEqual({ path: null, replace: false });
  });
});
