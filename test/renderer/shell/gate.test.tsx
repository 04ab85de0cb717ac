// @vitest-environment jsdom
import { act, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { PROTOCOL_REVISION } from '../../../src/contract/system.ts';
import { PAGE_PROTOCOL_REVISION } from '../../../src/renderer/shell/protocol-revision.ts';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

describe('the way in', () => {
  it('speaks the contract’s revision', () => {
    expect(PAGE_PROTOCOL_REVISION).toBe(PROTOCOL_REVISION);
  });

  it('stops at an engine of another version', async () => {
    drawApp(fakeEngine({ sessions: 5, info: { protocolRevision: PROTOCOL_REVISION + 1 } }), '#/sessions');
    expect(await screen.findByText('The page and the engine are of different versions')).toBeDefined();
  });

  it('says that the engine does not answer while what was known stays in view', async () => {
    drawApp(fakeEngine({ sessions: 5 }), '#/sessions', 'connecting');
    expect(await screen.findByText(/The engine does not answer/)).toBeDefined();
    expect(await screen.findByRole('grid', { name: 'Sessions' })).toBeDefined();
  });

  it('says what a start that takes long may be about', async () => {
    vi.useFakeTimers();
    try {
      const engine = fakeEngine({ sessions: 5 });
      vi.spyOn(engine.system, 'info').mockReturnValue(new Promise(() => undefined));
      drawApp(engine, '#/sessions', 'connecting');
      await act(() => vi.advanceTimersByTimeAsync(7_000));
      expect(screen.getByText('This takes a moment after a start.')).toBeDefined();
      await act(() => vi.advanceTimersByTimeAsync(2_000));
      expect(screen.getByText(/a large database is brought up to date first/)).toBeDefined();
    } finally {
      vi.useRealTimers();
    }
  });

  it('offers the demo company on a first run', async () => {
    const engine = fakeEngine({ isEmpty: true });
    const start = vi.spyOn(engine.system, 'startDemo');
    const { user } = drawApp(engine, '#/sources');
    await user.click(await screen.findByRole('button', { name: 'Look around in the demo company' }));
    expect(start).toHaveBeenCalledOnce();
  });

  it('says that the demo is a demo', async () => {
    drawApp(fakeEngine({ sessions: 5, info: { demo: 'running' } }), '#/sessions');
    expect(await screen.findByText(/simulated company/)).toBeDefined();
    expect(screen.getByRole('button', { name: 'Remove the demo…' })).toBeDefined();
  });
});
