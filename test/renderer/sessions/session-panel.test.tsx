// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { EngineError } from '../../../src/engine/errors.ts';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

const everything = { query: '', sort: null, limit: 500, cursor: null };

/** An engine whose first session has a low, a critical and a suppressed finding. */
async function findingsOfOne() {
  const engine = fakeEngine({ sessions: 50 });
  const [session] = (await engine.sessions.list(everything)).rows;
  const [finding] = (await engine.findings.list(everything)).rows;
  if (session === undefined || finding === undefined) throw new Error('the company is empty');
  const rows = [
    { ...finding, id: 'f-critical', severity: 'critical' as const, title: 'The worst' },
    {
      ...finding,
      id: 'f-low',
      severity: 'low' as const,
      title: 'A habit',
      suppressedBy: 'He travels a lot.',
    },
  ];
  const list = vi.spyOn(engine.findings, 'list').mockResolvedValue({ rows, next: null, total: null });
  return { engine, session, list };
}

describe('the findings of an opened session', () => {
  it('come the worst first, a few lines of each, suppressed ones with their reason', async () => {
    const { engine, session, list } = await findingsOfOne();
    drawApp(engine, `?session=${session.key}#/sessions`);
    const findings = within(await screen.findByRole('region', { name: 'Findings' }));
    expect(findings.getByRole('link', { name: 'The worst' })).toBeDefined();
    expect(findings.getByText('He travels a lot.')).toBeDefined();
    expect(list.mock.calls.map(([request]) => request.sort)).toEqual(['-severity']);
  });

  it('are not taken for none when they can’t be fetched', async () => {
    const { engine, session, list } = await findingsOfOne();
    list.mockRejectedValue(new EngineError('internal', 'The findings could not be read. Try again.'));
    drawApp(engine, `?session=${session.key}#/sessions`);
    const findings = within(await screen.findByRole('region', { name: 'Findings' }));
    expect(await findings.findByText('The findings could not be read. Try again.')).toBeDefined();
  });
});
