// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

/** Selects everything the query finds and opens the dialog. */
async function openDialog(engine: ReturnType<typeof fakeEngine>, query: string) {
  const { user } = drawApp(engine, `?q=${encodeURIComponent(query)}#/sessions`);
  await screen.findAllByRole('checkbox', { name: /^Select the session of/ });
  await user.click(screen.getByRole('checkbox', { name: 'Select all loaded sessions' }));
  await user.keyboard('r');
  const dialog = await screen.findByRole('dialog', { name: 'End sessions' });
  await within(dialog).findByLabelText('Reason');
  return { user, dialog };
}

const keys = (...numbers: number[]) =>
  `key:${numbers.map((number) => `k${String(number).padStart(4, '0')}abcdefghijklmnopqrstu`).join(',')}`;

describe('the revoke dialog', () => {
  it('names each session that will be ended, and each that is left alone with its reason', async () => {
    const { dialog } = await openDialog(fakeEngine({ sessions: 60 }), keys(0, 1, 2, 3));
    const grid = within(dialog).getByRole('grid', { name: 'Sessions to end' });
    const skipped = within(dialog).getByText(/^Left alone: \d+$/).parentElement;
    expect(Number(grid.getAttribute('aria-rowcount')) - 1).toBe(
      4 - within(skipped ?? dialog).getAllByRole('listitem').length,
    );
    expect(within(dialog).getByText(/It is ended already/)).toBeDefined();
  });

  it('says that nothing will be ended, and why, where nothing can be', async () => {
    const { dialog } = await openDialog(fakeEngine({ sessions: 60 }), 'state:ended');
    expect(within(dialog).getByText('No session').parentElement?.textContent).toBe(
      'No session will be ended: each is left alone for the reason beside it.',
    );
    expect(within(dialog).getByText('There is nothing left to end.')).toBeDefined();
  });

  it('starts nothing without a reason', async () => {
    const engine = fakeEngine({ sessions: 60 });
    const start = vi.spyOn(engine.revocations, 'start');
    const { user, dialog } = await openDialog(engine, keys(0, 1, 2));
    const button = within(dialog).getByRole('button', { name: /^End \d+ sessions?$/ });
    expect(button).toHaveProperty('disabled', true);
    await user.type(within(dialog).getByLabelText('Reason'), 'Stolen cookie');
    expect(within(dialog).getByText(/can’t be undone/)).toBeDefined();
    expect(button).toHaveProperty('disabled', false);
    expect(start).not.toHaveBeenCalled();
  });

  it('wants the number typed when there are more than 25', async () => {
    const { user, dialog } = await openDialog(fakeEngine({ sessions: 180 }), 'state:active');
    await user.type(within(dialog).getByLabelText('Reason'), 'Stolen cookie');
    const button = within(dialog).getByRole('button', { name: /^End \d+ sessions$/ });
    const count = /\d+/.exec(button.textContent)?.[0] ?? '';
    expect(button).toHaveProperty('disabled', true);
    await user.type(within(dialog).getByLabelText(`Type ${count} to confirm`), count);
    expect(button).toHaveProperty('disabled', false);
  });

  it('leaves the own session alone until it is named', async () => {
    const engine = fakeEngine({ sessions: 60 });
    const own = await engine.sessions.get(keys(11).slice(4));
    Object.assign(own, { state: 'active', revocable: true, current: true });
    const plan = vi.spyOn(engine.revocations, 'plan');
    const { user, dialog } = await openDialog(engine, keys(11));
    expect(within(dialog).getByText('There is nothing left to end.')).toBeDefined();
    await user.click(await within(dialog).findByRole('button', { name: 'Include it' }));
    await waitFor(() =>
      expect(plan).toHaveBeenLastCalledWith(expect.objectContaining({ includeCurrent: [own.key] })),
    );
    expect(await within(dialog).findByText(/1 of your own sessions included/)).toBeDefined();
  });

  it('follows the job to its verified end and says so', async () => {
    const engine = fakeEngine({ sessions: 60 });
    const { user, dialog } = await openDialog(engine, keys(0));
    await user.type(within(dialog).getByLabelText('Reason'), 'Stolen cookie');
    await user.click(within(dialog).getByRole('button', { name: 'End 1 session' }));
    expect(await screen.findByText(/the job goes on/)).toBeDefined();
    expect(await screen.findByText(/1 verified/, {}, { timeout: 4_000 })).toBeDefined();
    expect(
      screen.getByText('Proven: a complete listing after it no longer shows the session.'),
    ).toBeDefined();
    expect(await screen.findByText(/The job is over/)).toBeDefined();
  });
});
