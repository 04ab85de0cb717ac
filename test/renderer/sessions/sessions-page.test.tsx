// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { EngineError } from '../../../src/engine/errors.ts';
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

  it('shows rows before their number is known, and offers all that match only with the number', async () => {
    const engine = fakeEngine({ sessions: 450 });
    let tellCount: (count: number) => void = () => undefined;
    const count = vi.spyOn(engine, 'count').mockImplementation(
      () =>
        new Promise((resolve) => {
          tellCount = resolve;
        }),
    );
    const { user } = drawApp(engine, '#/sessions');
    await rows();
    expect(screen.getByText('… sessions')).toBeDefined();
    expect(screen.getByRole('grid', { name: 'Sessions' }).getAttribute('aria-rowcount')).toBe('-1');
    await user.click(screen.getByRole('checkbox', { name: 'Select all loaded sessions' }));
    expect(screen.getByText('Counting all that match…')).toBeDefined();
    tellCount(450);
    expect(await screen.findByRole('button', { name: 'Select all 450 matching' })).toBeDefined();
    expect(screen.getByText('450 sessions')).toBeDefined();
    expect(count.mock.calls).toEqual([['sessions', '']]);
  });

  it('never lets a page count, and asks for no number where all rows are there', async () => {
    const engine = fakeEngine({ sessions: 50 });
    const list = vi.spyOn(engine.sessions, 'list');
    const count = vi.spyOn(engine, 'count');
    drawApp(engine, '?user=chat/u-100#/timeline');
    expect(await screen.findByText(/^chat, \d+ sessions?, \d+ events?, \d+ findings?$/)).toBeDefined();
    expect(list.mock.calls.map(([request]) => request.total)).toEqual([false]);
    expect(count).not.toHaveBeenCalled();
  });

  it('loads on to the end with End, and can be stopped', async () => {
    const engine = fakeEngine({ sessions: 2_300 });
    const list = vi.spyOn(engine.sessions, 'list');
    const { user } = drawApp(engine, '#/sessions');
    await rows();
    expect(await screen.findByText('200 of 2,300 loaded, more come as you scroll.')).toBeDefined();
    await user.keyboard('{End}');
    await waitFor(() => expect(screen.queryByText(/loaded/)).toBeNull());
    // The first pages are small; further on each is as large as the engine gives.
    expect(list.mock.calls.map(([request]) => request.limit)).toEqual([
      200, 200, 200, 200, 200, 500, 500, 500,
    ]);
  });

  it('keeps the rows when the next page can not be had, and asks for it again', async () => {
    const engine = fakeEngine({ sessions: 450 });
    const working = fakeEngine({ sessions: 450 });
    const failing = vi.spyOn(engine.sessions, 'list').mockImplementation(async (request) => {
      if (request.cursor !== null) throw new EngineError('conflict', 'The data is being restored.');
      return working.sessions.list(request);
    });
    const { user } = drawApp(engine, '#/sessions');
    await rows();
    await user.keyboard('{End}');
    expect(await screen.findByText(/200 of 450 loaded. The data is being restored./)).toBeDefined();
    expect((await rows()).length).toBeGreaterThan(10);
    failing.mockImplementation((request) => working.sessions.list(request));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByText(/being restored/)).toBeNull());
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
