// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

describe('the add-a-source dialog', () => {
  it('hands a typed secret to the store and shows the engine’s complaint at its field', async () => {
    const engine = fakeEngine({ sessions: 10 });
    const store = vi.spyOn(engine.sources, 'storeSecret');
    const load = vi.spyOn(engine.sources, 'import');
    const { user } = drawApp(engine, '#/sources');
    await user.click(await screen.findByRole('button', { name: 'Add a source' }));
    const dialog = await screen.findByRole('dialog', { name: 'Add a source' });
    await user.click(within(dialog).getByRole('button', { name: 'Add the source' }));
    expect(within(dialog).getByText('Give its address.')).toBeDefined();
    expect(load).not.toHaveBeenCalled();

    await user.type(within(dialog).getByLabelText('Name'), 'chat');
    await user.type(within(dialog).getByLabelText('Address'), 'http://chat.example.org');
    await user.type(within(dialog).getByLabelText('User id'), 'u1');
    await user.type(within(dialog).getByLabelText('Token'), 'distinctive-secret');
    await user.click(within(dialog).getByRole('button', { name: 'Add the source' }));

    expect(await within(dialog).findByText(/must use https/i)).toBeDefined();
    expect(within(dialog).getByLabelText('Address').getAttribute('aria-invalid')).toBe('true');
    expect(store).toHaveBeenCalledWith('distinctive-secret');
    expect(JSON.stringify(load.mock.calls)).not.toContain('distinctive-secret');
    expect(load.mock.calls[0]?.[0]).toEqual({
      sources: [
        {
          id: 'chat',
          kind: 'rocketchat',
          url: 'http://chat.example.org',
          mode: 'user',
          auth: { userId: 'u1', token: { stored: 'secret-1' } },
        },
      ],
    });
  });
});
