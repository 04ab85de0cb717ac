// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

const NAME = 'Verdict on 1 finding';

const open = async () => {
  const { user } = drawApp(fakeEngine({ sessions: 800 }), '?finding=f-travel-0#/findings');
  await user.click(await screen.findByRole('button', { name: 'Verdict…' }));
  const dialog = within(await screen.findByRole('dialog', { name: NAME }));
  const clickBeside = () => user.click(document.querySelector('.mantine-Modal-overlay') ?? document.body);
  return { user, dialog, clickBeside };
};
const gone = () => waitFor(() => expect(screen.queryByRole('dialog', { name: NAME })).toBeNull());

describe('a dialog in which something is typed', () => {
  it('asks before Esc loses the text, and goes on where it was', async () => {
    const { user, dialog } = await open();
    await user.type(dialog.getByRole('textbox', { name: 'Reason' }), 'She was at home.');
    await user.keyboard('{Escape}');
    expect(dialog.getByRole('alert').textContent).toBe('What you typed is not kept.');
    await user.click(dialog.getByRole('button', { name: 'Go on writing' }));
    expect(dialog.queryByRole('alert')).toBeNull();
    expect(dialog.getByRole<HTMLTextAreaElement>('textbox', { name: 'Reason' }).value).toBe(
      'She was at home.',
    );
    await user.keyboard('{Escape}');
    await user.click(dialog.getByRole('button', { name: 'Discard it' }));
    await gone();
  });

  it('keeps the text when somebody clicks beside it', async () => {
    const { user, dialog, clickBeside } = await open();
    await user.type(dialog.getByRole('textbox', { name: 'Reason' }), 'She was at home.');
    await clickBeside();
    expect(screen.getByRole('dialog', { name: NAME })).toBeDefined();
    await user.click(dialog.getByRole('button', { name: 'Cancel' }));
    await gone();
  });

  it('closes at once while nothing is typed', async () => {
    const { user, clickBeside } = await open();
    await clickBeside();
    await gone();
    await user.click(screen.getByRole('button', { name: 'Verdict…' }));
    await screen.findByRole('dialog', { name: NAME });
    await user.keyboard('{Escape}');
    await gone();
  });
});
