// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

/** The rows that are drawn, without the header, once there are any. */
async function rows(): Promise<HTMLElement[]> {
  await screen.findAllByRole('checkbox', { name: /^Select the session of/ });
  return screen.getAllByRole('row').slice(1);
}

describe('the sessions page', () => {
  it('draws only the rows in view and tells the whole number', async () => {
    drawApp(fakeEngine({ sessions: 400 }), '#/sessions');
    const drawn = await rows();
    expect(drawn.length).toBeGreaterThan(10);
    expect(drawn.length).toBeLessThan(60);
    expect(screen.getByRole('grid', { name: 'Sessions' }).getAttribute('aria-rowcount')).toBe('401');
  });

  it('is worked with j, x and Shift-x', async () => {
    const { user } = drawApp(fakeEngine({ sessions: 50 }), '#/sessions');
    await rows();
    await user.keyboard('jxjjX');
    expect(await screen.findByText('3 selected')).toBeDefined();
    await user.keyboard('{Escape}');
    expect(screen.queryByText('3 selected')).toBeNull();
  });

  it('offers all that match once all that is loaded is selected', async () => {
    const { user } = drawApp(fakeEngine({ sessions: 450 }), '#/sessions');
    await rows();
    await user.click(screen.getByRole('checkbox', { name: 'Select all loaded sessions' }));
    await user.click(screen.getByRole('button', { name: 'Select all 450 matching' }));
    expect(screen.getByText(/All 450 matching/)).toBeDefined();
  });

  it('opens a session beside the table and puts it into the address', async () => {
    const { user } = drawApp(fakeEngine({ sessions: 50 }), '#/sessions');
    const [first] = await rows();
    if (first === undefined) throw new Error('no row');
    await user.click(within(first).getAllByRole('gridcell')[2] ?? first);
    const panel = await screen.findByRole('complementary', { name: 'Session details' });
    expect(await within(panel).findByText('Observation history')).toBeDefined();
    expect(new URLSearchParams(location.search).get('session')).toMatch(/^k0/);
  });

  it('shows hostile names with their hidden characters marked', async () => {
    drawApp(fakeEngine({ sessions: 50 }), '#/sessions');
    await rows();
    expect(screen.getAllByText('RLO').length).toBeGreaterThan(0);
  });

  it('sorts by a header, and only where the engine can', async () => {
    const { user } = drawApp(fakeEngine({ sessions: 50 }), '#/sessions');
    await rows();
    await user.click(screen.getByRole('button', { name: 'User' }));
    expect(screen.getByRole('columnheader', { name: 'User' }).getAttribute('aria-sort')).toBe('ascending');
    await user.click(screen.getByRole('button', { name: 'User' }));
    expect(screen.getByRole('columnheader', { name: 'User' }).getAttribute('aria-sort')).toBe('descending');
    expect(within(screen.getByRole('columnheader', { name: 'State' })).queryByRole('button')).toBeNull();
  });

  it('says that nothing matches', async () => {
    drawApp(fakeEngine({ sessions: 50 }), '?q=user:nobody#/sessions');
    expect(await screen.findByText('No sessions match')).toBeDefined();
  });
});
