// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

const travel = '?finding=f-travel-0#/findings';

describe('copying what is open for a ticket', () => {
  it('puts a finding on the clipboard with c, and says so', async () => {
    const { user } = drawApp(fakeEngine({ sessions: 800 }), travel);
    await screen.findByRole('button', { name: 'Copy for a ticket' });
    await user.keyboard('c');
    expect(await screen.findByText('Copied for a ticket')).toBeDefined();
    expect(await navigator.clipboard.readText()).toMatch(
      /^Impossible travel.*\n\w+, open\. Impossible travel/,
    );
  });

  it('puts an incident with its findings on the clipboard', async () => {
    const { user } = drawApp(fakeEngine({ sessions: 800 }), '#/incidents');
    await screen.findByRole('grid', { name: 'Incidents' });
    await user.keyboard('j');
    await user.click(await screen.findByRole('button', { name: 'Copy for a ticket' }));
    expect(await screen.findByText('Copied for a ticket')).toBeDefined();
    const text = await navigator.clipboard.readText();
    for (const part of ['Findings:', 'Seen:', 'Sessions:', 'Sessionscope incident '])
      expect(text).toContain(part);
  });

  it('shows the text, selected, where the clipboard is forbidden', async () => {
    const { user } = drawApp(fakeEngine({ sessions: 800 }), travel);
    const button = await screen.findByRole('button', { name: 'Copy for a ticket' });
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('no', 'NotAllowedError'));
    await user.click(button);
    const dialog = within(await screen.findByRole('dialog', { name: 'Copy for a ticket' }));
    const text = dialog.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text for a ticket' });
    expect(text.value).toContain('Sessionscope finding f-travel-0');
    await vi.waitFor(() => expect(text.selectionEnd - text.selectionStart).toBe(text.value.length));
  });
});
