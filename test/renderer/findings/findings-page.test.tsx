// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

describe('the findings page', () => {
  it('lists the worst first and keeps suppressed ones in sight', async () => {
    drawApp(fakeEngine({ sessions: 800 }), '#/findings');
    await screen.findAllByText('critical');
    const [, first] = screen.getAllByRole('row');
    expect(first?.textContent).toContain('critical');
    expect(screen.getByText('suppressed')).toBeDefined();
  });

  it('explains an impossible journey with both places and every number', async () => {
    drawApp(fakeEngine({ sessions: 800 }), '?finding=f-travel-0#/findings');
    const panel = await screen.findByRole('complementary', { name: 'Finding details' });
    for (const name of ['Distance', 'Gap', 'Reach', 'Fastest honest trip', 'Uncertainty', 'Probability']) {
      expect(await within(panel).findByText(name)).toBeDefined();
    }
    expect(within(panel).getByText('96.0 %')).toBeDefined();
    expect(within(panel).getAllByText('São Paulo').length).toBeGreaterThan(0);
    const paragraphs = within(panel)
      .getAllByRole('paragraph')
      .map(({ textContent }) => textContent);
    expect(paragraphs).toContainEqual(expect.stringMatching(/was seen near .* takes 10\.1 hours\.$/));
    expect(paragraphs).toContainEqual(expect.stringMatching(/^What would make it wrong: a VPN/));
  });

  it('says why a suppressed finding does not alert', async () => {
    drawApp(fakeEngine({ sessions: 800 }), '?finding=f-travel-2#/findings');
    expect(await screen.findByText('Suppressed: it does not alert')).toBeDefined();
    expect(screen.getByText(/Same device and same network/)).toBeDefined();
  });

  it('leads from a finding to exactly its sessions', async () => {
    const { user } = drawApp(fakeEngine({ sessions: 800 }), '?finding=f-travel-0#/findings');
    await user.click(await screen.findByRole('button', { name: 'Show its sessions' }));
    expect(location.hash).toBe('#/sessions');
    expect(await screen.findByText('2 sessions')).toBeDefined();
  });
});

describe('suppressing', () => {
  it('shows what would not have been told before it is done', async () => {
    const engine = fakeEngine({ sessions: 800 });
    const { user } = drawApp(engine, '?finding=f-travel-0#/findings');
    await user.click(await screen.findByRole('button', { name: 'Suppress…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Suppress what is like this' });
    const preview = within(dialog).getByRole('region', { name: 'What you would not have been told' });
    expect(await within(preview).findByText(/Of the last 90 days: 1 open finding/)).toBeDefined();
    await user.click(within(dialog).getByRole('checkbox', { name: /^User:/ }));
    expect(await within(preview).findByText('It names the rule and nothing else.')).toBeDefined();
    await user.click(within(dialog).getByRole('checkbox', { name: /^User:/ }));
    await user.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'He travels a lot.');
    await user.click(within(dialog).getByRole('button', { name: 'Suppress' }));
    expect(await screen.findByText('Suppressed: it does not alert')).toBeDefined();
    expect(await engine.suppressions.list()).toMatchObject([
      { reason: 'He travels a lot.', scope: { rule: 'impossible-travel', network: null } },
    ]);
  });

  it('is refused without any term', async () => {
    const { user } = drawApp(fakeEngine({ sessions: 800 }), '?finding=f-travel-0#/findings');
    await user.click(await screen.findByRole('button', { name: 'Suppress…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Suppress what is like this' });
    for (const name of [/^Rule:/, /^User:/]) await user.click(within(dialog).getByRole('checkbox', { name }));
    expect(within(dialog).getByText(/without any, everything would be silenced/)).toBeDefined();
    expect(within(dialog).getByRole('button', { name: 'Suppress' })).toHaveProperty('disabled', true);
  });
});
