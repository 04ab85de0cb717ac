// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

const card = async (id: string) => within(await screen.findByRole('article', { name: `Source ${id}` }));

describe('polling from the sources page', () => {
  it('orders with a call that nothing has to wait for, and shows what the sweep came to', async () => {
    const engine = fakeEngine({ sessions: 40 });
    const order = vi.spyOn(engine.sources, 'pollNow');
    const { user } = drawApp(engine, '#/sources');
    await user.click((await card('chat')).getByRole('button', { name: 'Poll now' }));
    expect(await (await card('chat')).findByText(/^Swept: 214 sessions, 3 new, 1 ended/)).toBeDefined();
    expect(order.mock.calls).toEqual([[['chat']]]);
  });

  it('gives the reason of a failure once', async () => {
    const { user } = drawApp(fakeEngine({ sessions: 40 }), '#/sources');
    const panel = await card('panel');
    await user.click(panel.getByRole('button', { name: 'Poll now' }));
    expect(await panel.findByText('The sweep failed, and what was known stays.')).toBeDefined();
    expect(panel.getAllByText(/asked for a pause of 15 minutes/)).toHaveLength(1);
  });

  it('is over when every source has been swept', async () => {
    const engine = fakeEngine({ sessions: 40 });
    const pollNow = engine.sources.pollNow.bind(engine.sources);
    const isAllowed = Promise.withResolvers<null>();
    vi.spyOn(engine.sources, 'pollNow').mockImplementation(async (ids) => {
      await isAllowed.promise;
      return pollNow(ids);
    });
    const { user } = drawApp(engine, '#/sources');
    const all = await screen.findByRole('button', { name: 'Poll all now' });
    await user.click(all);
    expect(all.getAttribute('data-loading')).toBe('true');
    isAllowed.resolve(null);
    await waitFor(() => expect(all.getAttribute('data-loading')).toBeNull());
  });
});
