// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Change } from '../../../src/contract/system.ts';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

describe('changes of the data', () => {
  it('fetch what is on screen again, and nothing else', async () => {
    let tell: (change: Change) => void = () => undefined;
    const engine = fakeEngine({ sessions: 40 });
    async function* changes(): AsyncGenerator<Change> {
      for (;;) yield await new Promise<Change>((resolve) => (tell = resolve));
    }
    const list = vi.spyOn(engine.sessions, 'list');
    const sources = vi.spyOn(engine.sources, 'list');
    drawApp({ ...engine, system: { ...engine.system, changes } }, '#/sessions');
    await screen.findAllByRole('checkbox', { name: /^Select the session of/ });
    const before = list.mock.calls.length;
    tell({ revision: 2, topics: ['sessions'] });
    await waitFor(() => expect(list.mock.calls.length).toBeGreaterThan(before), { timeout: 4_000 });
    expect(sources).not.toHaveBeenCalled();
  });
});
