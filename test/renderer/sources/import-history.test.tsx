// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react';
import { TRPCError } from '@trpc/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EngineError } from '../../../src/engine/errors.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { BRIDGE_NAME } from '../../../src/contract/desktop-bridge.ts';
import { fileCapabilities } from '../../../src/engine/source/file/capabilities.ts';
import { drawApp } from '../support/draw.tsx';
import { fakeEngine } from '../support/fake-engine.ts';

afterEach(() => void Reflect.deleteProperty(window, BRIDGE_NAME));

/** An engine with one source more, which came from a file. */
function engineWithHistory(): Engine {
  const engine = fakeEngine({ sessions: 40 });
  const list = async () => {
    const [first, ...others] = await engine.sources.list();
    if (first === undefined) throw new Error('the fake engine has no source');
    const none = {
      mode: null,
      url: null,
      secrets: [],
      pollEverySeconds: null,
      nextPollAt: null,
      problem: null,
    };
    const figures = { liveSessions: 0, rejectedRows: 2, rejectedExamples: ['line 3: it is not JSON'] };
    const history = {
      ...first,
      ...none,
      ...figures,
      id: 'vpn-logs',
      kind: 'file',
      capabilities: fileCapabilities,
    } as const;
    return [history, first, ...others];
  };
  return { ...engine, sources: { ...engine.sources, list } };
}

const dialog = async () => within(await screen.findByRole('dialog', { name: 'Import login history' }));

describe('importing login history from the page', () => {
  it('asks for a file and a source, and shows what it came to', async () => {
    const engine = fakeEngine({ sessions: 40 });
    const order = vi.spyOn(engine.history, 'import');
    const { user } = drawApp(engine, '#/sources');
    await user.click(await screen.findByRole('button', { name: 'Import login history…' }));
    const form = await dialog();
    expect(form.getByRole('button', { name: 'Import' })).toHaveProperty('disabled', true);
    fireEvent.change(form.getByLabelText('File'), { target: { value: '/srv/logs/logins.jsonl' } });
    fireEvent.change(form.getByLabelText('Source'), { target: { value: 'vpn-logs' } });
    await user.click(form.getByRole('button', { name: 'Import' }));

    expect(await form.findByText('9 lines read, 8 accepted: 8 new events, 1 new finding.')).toBeDefined();
    expect(form.getByText('line 3: it is not JSON')).toBeDefined();
    expect(order.mock.calls[0]?.[0]).toEqual({
      file: '/srv/logs/logins.jsonl',
      source: 'vpn-logs',
      format: null,
    });
  });

  it('says why nothing was imported', async () => {
    const engine = fakeEngine({ sessions: 40 });
    engine.history.import = () => {
      const cause = new EngineError('invalid-input', 'Nothing was imported. The file is empty.');
      // In process, tRPC asks again for ever after an error of the server; the real links don't.
      throw new TRPCError({ code: 'BAD_REQUEST', cause });
    };
    const { user } = drawApp(engine, '#/sources');
    await user.click(await screen.findByRole('button', { name: 'Import login history…' }));
    const form = await dialog();
    fireEvent.change(form.getByLabelText('File'), { target: { value: '/srv/empty' } });
    fireEvent.change(form.getByLabelText('Source'), { target: { value: 'vpn-logs' } });
    await user.click(form.getByRole('button', { name: 'Import' }));
    expect(await form.findByText(/The file is empty/)).toBeDefined();
  });

  it('lets the person choose the file in the desktop app', async () => {
    const chooseHistoryFile = async () => '/home/ann/export.jsonl.gz';
    Object.defineProperty(window, BRIDGE_NAME, { configurable: true, value: { chooseHistoryFile } });
    const { user } = drawApp(fakeEngine({ sessions: 40 }), '#/sources');
    await user.click(await screen.findByRole('button', { name: 'Import login history…' }));
    const form = await dialog();
    await user.click(form.getByRole('button', { name: 'Choose…' }));
    expect(await form.findByDisplayValue('/home/ann/export.jsonl.gz')).toBeDefined();
  });
});

describe('the card of a source that came from a file', () => {
  it('offers more imports, and neither polls nor secrets nor sessions', async () => {
    const { user } = drawApp(engineWithHistory(), '#/sources');
    const card = within(await screen.findByRole('article', { name: 'Source vpn-logs' }));
    for (const name of ['Test', 'Poll now']) expect(card.queryByRole('button', { name })).toBeNull();
    for (const figure of ['Interval', 'Next poll', 'Secrets', 'Live sessions'])
      expect(card.queryByText(figure)).toBeNull();
    expect(card.getByText('Last import')).toBeDefined();
    expect(card.getByText(/^2 lines of the last import could not be understood/)).toBeDefined();
    expect(card.getByRole('button', { name: 'Show its findings' })).toBeDefined();
    await user.click(card.getByRole('button', { name: 'Show what it can do' }));
    expect(card.getByText('Holds what was imported from files, and is never polled')).toBeDefined();

    await user.click(card.getByRole('button', { name: 'Import more…' }));
    expect((await dialog()).getByLabelText('Source')).toHaveProperty('value', 'vpn-logs');
  });
});
