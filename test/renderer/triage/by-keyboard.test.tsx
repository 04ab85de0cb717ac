// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

const open = async () => {
  const engine = fakeEngine({ sessions: 800 });
  const { user } = drawApp(engine, '#/findings');
  await screen.findByRole('grid', { name: 'Findings' });
  await user.keyboard('j');
  const panel = await screen.findByRole('complementary', { name: 'Finding details' });
  await within(panel).findByRole('button', { name: 'Verdict…' });
  return { engine, user, panel };
};

describe('deciding without a mouse', () => {
  it('goes into the open finding with Enter, so that the next Tab is at what can be done', async () => {
    const { user, panel } = await open();
    await user.keyboard('{Enter}');
    expect(document.activeElement).toBe(panel);
    await user.tab();
    expect(document.activeElement).not.toBe(panel);
    expect(panel.contains(document.activeElement)).toBe(true);
  });

  it('leads from the finding to its incident, and begins a verdict with what to choose', async () => {
    const { user, engine } = await open();
    const decide = vi.spyOn(engine.incidents, 'decide');
    await user.keyboard('i');
    const panel = await screen.findByRole('complementary', { name: 'Incident details' });
    await within(panel).findByRole('button', { name: 'Verdict…' });
    await user.keyboard('v');
    const dialog = within(await screen.findByRole('dialog', { name: 'Verdict on 1 incident' }));
    await waitFor(() =>
      expect(document.activeElement).toBe(dialog.getByRole('radio', { name: 'True positive' })),
    );
    await user.keyboard(' ');
    await user.tab();
    await user.keyboard('She was at home.{Enter}And asleep.');
    expect(decide).not.toHaveBeenCalled();
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(decide).toHaveBeenCalledOnce());
    expect(decide.mock.calls[0]?.[0]).toMatchObject({
      verdict: 'true-positive',
      reason: 'She was at home.\nAnd asleep.',
    });
    const next = await screen.findByRole('button', { name: 'Plan to end them…' });
    expect(document.activeElement).toBe(next);
  });

  it('suppresses with Ctrl and Enter once there is a reason, and not before', async () => {
    const { user, engine } = await open();
    const add = vi.spyOn(engine.suppressions, 'add');
    await user.keyboard('s');
    const dialog = within(await screen.findByRole('dialog', { name: 'Suppress what is like this' }));
    await waitFor(() => expect(document.activeElement).toBe(dialog.getByRole('textbox', { name: 'Reason' })));
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(add).not.toHaveBeenCalled();
    await user.keyboard('Our own test.{Control>}{Enter}{/Control}');
    await waitFor(() => expect(add).toHaveBeenCalledOnce());
  });
});
