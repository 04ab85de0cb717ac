// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

const param = (name: string) => new URLSearchParams(location.search).get(name);

describe('the keys of lists', () => {
  it('go from entry to entry of the audit, and Esc closes', async () => {
    const { user } = drawApp(fakeEngine({ sessions: 50 }), '#/audit');
    await screen.findByRole('grid', { name: 'Audit chain' });
    await user.keyboard('j');
    const panel = await screen.findByRole('complementary', { name: 'Audit entry' });
    const first = panel.textContent;
    await user.keyboard('j');
    await waitFor(() => expect(panel.textContent).not.toBe(first));
    await user.keyboard('k');
    await waitFor(() => expect(panel.textContent).toBe(first));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('complementary')).toBeNull());
  });

  it('choose a user, and Enter opens whose timeline it is', async () => {
    const { user } = drawApp(fakeEngine({ sessions: 50 }), '#/timeline');
    const grid = await screen.findByRole('grid', { name: 'Users' });
    await within(grid).findAllByRole('gridcell');
    await user.keyboard('jj');
    expect(param('user')).toBeNull();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(param('user')).not.toBeNull());
  });

  it('leave Enter to the button that has the focus', async () => {
    const { user } = drawApp(fakeEngine({ sessions: 50 }), '#/sessions');
    await screen.findAllByRole('checkbox', { name: /^Select the session of/ });
    await user.keyboard('j');
    (await screen.findByRole('button', { name: 'Address' })).focus();
    await user.keyboard('{Enter}');
    const header = screen.getByRole('columnheader', { name: 'Address' });
    await waitFor(() => expect(header.getAttribute('aria-sort')).toBe('ascending'));
    expect(param('session')).toBeNull();
  });

  it('leave the arrows to radio buttons that have the focus', async () => {
    const { user } = drawApp(fakeEngine({ sessions: 50 }), '#/timeline');
    await screen.findByRole('grid', { name: 'Users' });
    screen.getByRole('radio', { name: 'All users' }).focus();
    await user.keyboard('{ArrowDown}');
    await waitFor(() => expect(param('only')).toBe('several'));
  });
});
