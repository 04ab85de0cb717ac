// @vitest-environment jsdom
import { screen } from '@testing-library/react';
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
