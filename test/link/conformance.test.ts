import { afterEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../src/engine/errors.ts';
import { appRouter } from '../../src/engine/router.ts';
import { problemOf } from '../../src/link/problem.ts';
import { fakeEngine, sampleImport, sampleSession, sampleSweep } from '../support/fake-engine.ts';
import { openInProcess, openPort, openWeb, type LinkOpener, type TestLink } from './links.ts';

const links: readonly { name: string; openLink: LinkOpener; closedCode: string }[] = [
  { name: 'in process', openLink: openInProcess, closedCode: 'cancelled' },
  { name: 'MessagePort', openLink: openPort, closedCode: 'disconnected' },
  { name: 'WebSocket', openLink: openWeb, closedCode: 'disconnected' },
];

/** Every procedure with an input it accepts. */
const calls: readonly [kind: 'query' | 'mutation' | 'feed', path: string, input?: unknown][] = [
  ['query', 'system.info'],
  ['feed', 'system.changes'],
  ['query', 'system.queryFields', { list: 'sessions' }],
  ['mutation', 'system.startDemo'],
  ['mutation', 'system.removeDemo'],
  ['query', 'sources.list'],
  ['mutation', 'sources.import', { file: { sources: [] } }],
  ['mutation', 'sources.storeSecret', { value: 'typed' }],
  ['mutation', 'sources.remove', { id: 'chat' }],
  ['feed', 'sources.test', { ids: null }],
  ['feed', 'sources.poll', { ids: ['chat'] }],
  ['mutation', 'sources.pollNow', { ids: ['chat'] }],
  ['feed', 'sources.reports'],
  ['query', 'count', { list: 'users', query: 'country:DE' }],
  ['query', 'overview', { query: '' }],
  ['query', 'sessions.list', { query: 'country:DE' }],
  ['query', 'sessions.get', { key: 'k' }],
  ['query', 'sessions.observations', { key: 'k' }],
  ['query', 'sessions.map', { query: '' }],
  ['query', 'users.list', {}],
  ['mutation', 'users.tag', { user: { source: 'chat', userId: 'u1' }, tags: ['service'] }],
  ['query', 'persons.list'],
  [
    'mutation',
    'persons.link',
    {
      users: [
        { source: 'chat', userId: 'u1' },
        { source: 'app', userId: 'u2' },
      ],
    },
  ],
  ['mutation', 'persons.unlink', { source: 'chat', userId: 'u1' }],
  ['query', 'events.list', {}],
  ['query', 'rules'],
  ['query', 'findings.list', {}],
  ['query', 'findings.get', { id: 'f1' }],
  ['feed', 'history.import', { file: '/logs/logins.jsonl', source: 'history' }],
  ['mutation', 'findings.decide', { ids: ['f1'], verdict: 'false-positive', reason: 'Travelling' }],
  ['mutation', 'findings.reopen', { ids: ['f1'], reason: 'Not him' }],
  ['query', 'incidents.list', {}],
  ['query', 'incidents.get', { id: 'i1' }],
  ['mutation', 'incidents.decide', { ids: ['i1'], verdict: 'true-positive', reason: 'Stolen' }],
  ['mutation', 'incidents.reopen', { ids: ['i1'], reason: 'Too early' }],
  ['mutation', 'incidents.assign', { ids: ['i1'], assignee: 'bob' }],
  ['mutation', 'incidents.note', { id: 'i1', text: 'Called him.' }],
  ['query', 'suppressions.list'],
  ['query', 'suppressions.preview', { scope: { rule: 'impossible-travel' } }],
  ['mutation', 'suppressions.add', { scope: { asn: 64500 }, reason: 'Ours' }],
  ['mutation', 'suppressions.end', { id: 's1' }],
  ['mutation', 'revocations.plan', { keys: ['k'] }],
  ['mutation', 'revocations.start', { planId: 'p1', reason: 'stolen' }],
  ['query', 'revocations.list', {}],
  ['query', 'revocations.get', { id: 'r1' }],
  ['feed', 'revocations.watch', { id: 'r1' }],
  ['mutation', 'revocations.stop', { id: 'r1' }],
  ['mutation', 'revocations.resume', { id: 'r1' }],
  ['feed', 'reports.create', { format: 'csv' }],
  ['query', 'audit.list', {}],
  ['query', 'audit.verify'],
  ['feed', 'care.backup', {}],
  ['query', 'care.retention'],
  ['mutation', 'care.setRetention', { days: 90 }],
  ['feed', 'care.retain'],
  ['query', 'geoip.status'],
  ['mutation', 'geoip.import', { file: '/tmp/a.mmdb' }],
  ['query', 'lists.list'],
  ['mutation', 'lists.import', { name: 'tor exits', tag: 'tor', from: { text: '192.0.2.0/24' } }],
  ['mutation', 'lists.remove', { name: 'tor exits' }],
  ['query', 'lists.check', { address: '192.0.2.7' }],
  ['query', 'policy.countries'],
  ['mutation', 'policy.setCountries', { kind: 'allow', countries: ['DE', 'AT'] }],
  ['query', 'policy.previewCountries', { kind: 'none' }],
];

it('names every procedure of the router in the list of calls', () => {
  const all = Object.entries(appRouter._def.record).flatMap(([group, procedures]) =>
    typeof procedures === 'function' ? [group] : Object.keys(procedures).map((name) => `${group}.${name}`),
  );
  expect(calls.map(([, path]) => path).sort()).toEqual(all.sort());
});

describe.each(links)('over the link: $name', ({ openLink, closedCode }) => {
  let link: TestLink | null = null;
  afterEach(async () => {
    await link?.dispose();
    link = null;
  });

  it('answers queries and mutations', async () => {
    const removed: string[] = [];
    link = await openLink(fakeEngine({ sources: { remove: async (id) => void removed.push(id) } }));
    expect(await link.call('query', 'sessions.get', { key: 'k' })).toEqual(sampleSession);
    await link.call('mutation', 'sources.remove', { id: 'chat' });
    expect(removed).toEqual(['chat']);
  });

  it('yields progress and then the result, in order, and ends', async () => {
    link = await openLink(fakeEngine());
    const steps = await collect(link.feed('reports.create', { format: 'csv' }));
    expect(steps).toMatchObject([
      { kind: 'progress', rows: 500 },
      { kind: 'done', result: { rows: 1000 } },
    ]);
  });

  it('yields how far an import is, and what it came to', async () => {
    link = await openLink(fakeEngine());
    const request = { file: '/logs/logins.jsonl', source: 'history', format: 'events-jsonl' };
    expect(await collect(link.feed('history.import', request))).toEqual([
      { kind: 'reading', bytes: 500, totalBytes: 1000, read: 4, rejected: 0, events: 4 },
      { kind: 'done', result: sampleImport },
    ]);
    await expect(collect(link.feed('history.import', { ...request, source: 'No Such' }))).rejects.toThrow();
  });

  it("runs a feed's finally when its reader leaves", async () => {
    const feed = endlessFeed();
    link = await openLink(fakeEngine({ sources: { poll: feed.start } }));
    for await (const report of link.feed('sources.poll', { ids: null })) {
      expect(report).toEqual(sampleSweep);
      break;
    }
    await feed.ended;
    expect(feed.running()).toBe(0);
  });

  it("runs a feed's finally when it is aborted while nothing happens", async () => {
    const feed = endlessFeed();
    link = await openLink(fakeEngine({ sources: { poll: feed.start } }));
    const abort = new AbortController();
    const seen: unknown[] = [];
    for await (const report of link.feed('sources.poll', { ids: null }, abort.signal)) {
      seen.push(report);
      abort.abort();
    }
    await feed.ended;
    expect(seen).toEqual([sampleSweep]);
  });

  it('carries an error that the caller can act on whole', async () => {
    link = await openLink(
      fakeEngine({
        sessions: {
          list: async () => {
            throw new EngineError('invalid-input', 'There is no field "contry".', {
              position: 7,
              field: 'query',
            });
          },
        },
        sources: {
          // eslint-disable-next-line require-yield -- it fails before its first report
          poll: async function* () {
            throw new EngineError('rate-limited', 'Wait five seconds.', { retryAfterMs: 5000 });
          },
        },
      }),
    );
    expect(await problem(link.call('query', 'sessions.list', { query: 'source:contry' }))).toEqual({
      code: 'invalid-input',
      message: 'There is no field "contry".',
      field: 'query',
      position: 7,
      retryAfterMs: null,
    });
    expect(await problem(collect(link.feed('sources.poll', { ids: null })))).toMatchObject({
      code: 'rate-limited',
      message: 'Wait five seconds.',
      retryAfterMs: 5000,
    });
  });

  it('hides what a bug says', async () => {
    const bug = new TypeError('token hunter2 in /home/ann/db.sqlite: SELECT * FROM session');
    link = await openLink(
      fakeEngine({
        sessions: { get: async () => Promise.reject(bug) },
        sources: {
          poll: async function* () {
            yield sampleSweep;
            throw bug;
          },
        },
      }),
    );
    const failures = [
      await failure(link.call('query', 'sessions.get', { key: 'k' })),
      await failure(collect(link.feed('sources.poll', { ids: null }))),
    ];
    for (const error of failures) {
      expect(problemOf(error)).toMatchObject({ code: 'internal' });
      expect(JSON.stringify(error) + String(error)).not.toMatch(/hunter2|sqlite|SELECT|TypeError/);
    }
  });

  it('refuses unknown calls and wrong input before anything happens, and names the field', async () => {
    const asked: unknown[] = [];
    link = await openLink(
      fakeEngine({
        sessions: {
          get: async (key) => {
            asked.push(key);
            return sampleSession;
          },
        },
      }),
    );
    expect(await problem(link.call('query', 'sessions.steal', {}))).toMatchObject({ code: 'not-found' });
    expect(await problem(link.call('query', 'sessions.get', { key: '' }))).toMatchObject({
      code: 'invalid-input',
      field: 'key',
    });
    expect(asked).toEqual([]);
  });

  it('fails what is pending when it is closed, and every call after', async () => {
    const feed = endlessFeed();
    const entered = Promise.withResolvers<undefined>();
    link = await openLink(
      fakeEngine({
        sources: { poll: feed.start },
        sessions: {
          get: async () => {
            entered.resolve(undefined);
            return new Promise<never>(() => undefined);
          },
        },
      }),
    );
    const query = problem(link.call('query', 'sessions.get', { key: 'k' }));
    const reading = problem(collect(link.feed('sources.poll', { ids: null })));
    await Promise.all([entered.promise, feed.started]);
    link.close();
    expect(await query).toMatchObject({ code: closedCode });
    expect(await reading).toMatchObject({ code: closedCode });
    await feed.ended;
    expect(await problem(link.call('query', 'system.info'))).toMatchObject({ code: closedCode });
  });

  it.each(calls)('carries values that JSON does not change: %s %s', async (kind, path, input) => {
    link = await openLink(fakeEngine());
    const value =
      kind === 'feed' ? await collect(link.feed(path, input)) : await link.call(kind, path, input);
    expect(throughJson(value)).toStrictEqual(value);
    if (kind === 'feed') expect(value).not.toEqual([]);
  });
});

async function collect(feed: AsyncIterable<unknown>): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const value of feed) values.push(value);
  return values;
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    (value) => expect.fail(`answered ${JSON.stringify(value)} and should have failed`),
    (error: unknown) => error,
  );
}

async function problem(work: Promise<unknown>) {
  return problemOf(await failure(work));
}

function throughJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** A feed that yields once and then waits for its signal, as the engine's feeds do. */
function endlessFeed() {
  const started = Promise.withResolvers<undefined>();
  const ended = Promise.withResolvers<undefined>();
  let running = 0;
  const start = async function* (_ids: readonly string[] | null, signal: AbortSignal) {
    running += 1;
    try {
      yield sampleSweep;
      started.resolve(undefined);
      signal.throwIfAborted();
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      signal.throwIfAborted();
    } finally {
      running -= 1;
      ended.resolve(undefined);
    }
  };
  return { start, started: started.promise, ended: ended.promise, running: () => running };
}
