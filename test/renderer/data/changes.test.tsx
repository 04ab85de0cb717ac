// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Change } from '../../../src/contract/system.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

/** An engine that tells of a change when the test does. */
function changing(engine: Engine): { engine: Engine; tell: (topics: Change['topics']) => void } {
  let tell: (change: Change) => void = () => undefined;
  async function* changes(): AsyncGenerator<Change> {
    for (;;) yield await new Promise<Change>((resolve) => (tell = resolve));
  }
  return {
    engine: { ...engine, system: { ...engine.system, changes } },
    tell: (topics) => tell({ revision: 2, topics }),
  };
}

function hideTab(isHidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, value: isHidden });
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('changes of the data', () => {
  afterEach(() => hideTab(false));

  it('fetch what is on screen again, and nothing else', async () => {
    const { engine, tell } = changing(fakeEngine({ sessions: 40 }));
    const list = vi.spyOn(engine.sessions, 'list');
    const count = vi.spyOn(engine, 'count');
    const sources = vi.spyOn(engine.sources, 'list');
    drawApp(engine, '#/sessions');
    await screen.findAllByRole('checkbox', { name: /^Select the session of/ });
    await screen.findByText('40 sessions');
    const before = { list: list.mock.calls.length, count: count.mock.calls.length };
    tell(['sessions']);
    await waitFor(() => expect(list.mock.calls.length).toBeGreaterThan(before.list));
    await waitFor(() => expect(count.mock.calls.length).toBeGreaterThan(before.count));
    expect(sources).not.toHaveBeenCalled();
  });

  it('do not pull a long list from under its reader, who is told until it is loaded anew', async () => {
    const { engine, tell } = changing(fakeEngine({ sessions: 3_000 }));
    const working = fakeEngine({ sessions: 3_000 });
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const list = vi.spyOn(engine.sessions, 'list').mockImplementation(async (request) => {
      if (request.cursor === '2000') await held;
      return working.sessions.list(request);
    });
    const { user } = drawApp(engine, '#/sessions');
    await screen.findAllByRole('checkbox', { name: /^Select the session of/ });
    await user.keyboard('{End}');
    await screen.findByText('2,000 of 3,000 loaded');
    tell(['sessions']);
    const reload = await screen.findByRole('button', { name: 'The data changed: reload' });
    release();
    await waitFor(() => expect(screen.queryByText(/ of 3,000 loaded/)).toBeNull());
    expect(list.mock.calls.filter(([request]) => request.cursor === null)).toHaveLength(1);
    expect(reload.isConnected).toBe(true);
    await user.click(reload);
    await screen.findByText('200 of 3,000 loaded, more come as you scroll.');
    expect(list.mock.calls.filter(([request]) => request.cursor === null)).toHaveLength(2);
    expect(screen.queryByRole('button', { name: 'The data changed: reload' })).toBeNull();
  });

  it('wait while nobody looks, and are caught up with when somebody does', async () => {
    const { engine, tell } = changing(fakeEngine({ sessions: 40 }));
    const overview = vi.spyOn(engine, 'overview');
    drawApp(engine, '#/');
    await screen.findByText('Health of the sources');
    await waitFor(() => expect(overview).toHaveBeenCalledTimes(1));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      hideTab(true);
      tell(['sessions']);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(overview).toHaveBeenCalledTimes(1);
      hideTab(false);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(overview).toHaveBeenCalledTimes(2);
    } finally {
      vi.useRealTimers();
    }
  });
});
