import { isApi, type AnyConfig, type SourceConfig, type SweepReport } from '../contract/source.ts';
import type { Engine } from './api.ts';
import { createAuditLog } from './audit/log.ts';
import { verifyChain } from './audit/chain.ts';
import { careCalls } from './calls/care.ts';
import { historyCalls } from './calls/history.ts';
import { listCalls } from './calls/lists.ts';
import { personCalls } from './calls/persons.ts';
import { policyCalls } from './calls/policy.ts';
import { reportCalls } from './calls/reports.ts';
import { revocationCalls } from './calls/revocations.ts';
import { sourceCalls } from './calls/sources.ts';
import { systemCalls } from './calls/system.ts';
import { triageCalls } from './calls/triage.ts';
import { Changes } from './changes.ts';
import { createJudge } from './poll/judge.ts';
import { ChangeJudging } from './poll/change-judging.ts';
import { underPolicy } from './detect/under-policy.ts';
import { describeRules } from './detect/describe-rules.ts';
import { defaultSettings } from './detect/settings.ts';
import { createEnricher } from './enrich/create-enricher.ts';
import { EngineError } from './errors.ts';
import { Feed } from './feed.ts';
import type { Host } from './host.ts';
import { JudgingRounds } from './poll/judging-rounds.ts';
import { Poller } from './poll/poller.ts';
import { SweepJudging } from './poll/sweep-judging.ts';
import { sweepSource } from './poll/sweep.ts';
import { Jobs } from './respond/jobs.ts';
import { capabilitiesOf, openSource } from './source/registry.ts';
import { resolveSecret } from './source/resolve-secret.ts';
import { RetentionRuns } from './store/care/retention-runs.ts';
import { openStore } from './store/open-store.ts';
import type { StoreWriter } from './store/store-writer.ts';
import type { Store } from './store/store.ts';

export type { Engine } from './api.ts';

/**
 * Wires the product together for one host and one data directory. Nothing is polled before `start()`.
 * When another process already works in the data directory, the engine reads and refuses to write (`conflict`).
 * Throws EngineError with a sentence when the data directory or the database can't be used.
 */
export async function createEngine(host: Host): Promise<Engine> {
  const { clock, logger, paths } = host;
  const store = await openStore({
    dataDir: paths.dataDir,
    clock,
    logger,
    thread: paths.storeThread,
    traitsOf: capabilitiesOf,
  });
  const enricher = createEnricher({ geoipDir: paths.geoip, dataDir: paths.dataDir, clock, logger });
  const changes = new Changes(clock);
  const reports = new Feed<SweepReport>();
  const open = (config: SourceConfig, isOrderedByHand: () => boolean) =>
    openSource(config, {
      secret: (ref) => resolveSecret(host.secrets, ref),
      clock,
      http: {
        isOrderedByHand,
        ...(host.answerTimeoutMs === undefined ? {} : { timeoutMs: host.answerTimeoutMs }),
      },
    });

  const { judge, judgeInTurn } = createJudge({
    store,
    clock,
    isQuiet: () => judging.isQuiet,
    onFindings: () => changes.mark('findings'),
    onWithdrawn: async (findings) => {
      await writing?.audit.append('findings.withdrawn', { findings: [...findings] });
    },
  });
  const judging = new SweepJudging(judgeInTurn, clock);
  const poller = new Poller({
    clock,
    random: Math.random,
    open,
    sweep: async (id, source, signal) => {
      const sweep = await sweepSource(
        { store, enricher, clock, logger, judging },
        requireWriter(),
        id,
        source,
        signal,
      );
      changes.mark('sources', 'sessions', 'events');
      reports.send(sweep.report);
      return sweep;
    },
    onChange: () => changes.mark('sources'),
    onBug: (id, error) => logger.error('a scheduled poll failed', { source: id, error: String(error) }),
  });
  for (const config of await configuredSources(host, store)) if (isApi(config)) await poller.put(config);

  const writing = createWriting();
  const system = systemCalls({ host, store, poller, changes, writing: requireWriting });

  function requireWriter(): StoreWriter {
    if (store.write !== null) return store.write;
    throw new EngineError(
      'conflict',
      `Process ${store.heldByPid ?? 'unknown'} works in this data directory; close it, or use another --data-dir.`,
    );
  }

  function createWriting() {
    if (store.write === null) return null;
    const write = store.write;
    const audit = createAuditLog({ write, clock, actor: host.actor, onAppend: () => changes.mark('audit') });
    const onChange = () => changes.mark('revocations', 'sessions', 'audit');
    return {
      write,
      audit,
      jobs: new Jobs({ read: store.read, write, poller, clock, logger, audit, onChange }),
      rounds: new JudgingRounds({
        read: store.read,
        write,
        judge,
        clock,
        onBug: (error) => logger.error('a round of judging failed', { error: String(error) }),
      }),
      judging: new ChangeJudging({
        read: store.read,
        write,
        judge,
        onBug: (error) => logger.error('changes were not judged', { error: String(error) }),
      }),
      runs: new RetentionRuns({
        read: store.read,
        write,
        clock,
        draft: (action, detail) => audit.draft(action, detail),
        onRemoved: () => changes.mark('sessions', 'events', 'findings', 'audit'),
        onBug: (error) => logger.error('retention failed', { error: String(error) }),
      }),
    };
  }

  function requireWriting() {
    requireWriter();
    if (writing === null)
      throw new EngineError('internal', 'The data directory can be written, but nothing was set up for it.');
    return writing;
  }

  return {
    system,
    sources: sourceCalls({
      host,
      store,
      poller,
      writing: requireWriting,
      open: (config) => open(config, () => true),
      reports,
    }),
    count: (list, query) => store.read.count(list, query),
    overview: (query) => store.read.overview(query),
    sessions: {
      list: (request) => store.read.sessions(request),
      get: async (key) => orNotFound(await store.read.session(key), `There is no session "${key}".`),
      observations: (key) => store.read.observations(key),
      map: (query) => store.read.map(query),
    },
    ...personCalls({ store, changes, requireWriting, judge }),
    events: { list: (request) => store.read.events(request) },
    rules: async () => describeRules(underPolicy(defaultSettings, await store.read.countryPolicy())),
    ...triageCalls({ actor: host.actor, clock, store, changes, requireWriting, judge }),
    history: historyCalls({ store, enricher, clock, judgeInTurn, changes, writing: requireWriting }),
    revocations: revocationCalls({ read: store.read, clock, jobs: () => requireWriting().jobs }),
    reports: reportCalls({ host, read: store.read, enricher, audit: writing?.audit ?? null }),
    audit: {
      list: (limit, beforeSeq) => store.read.audit(limit, beforeSeq),
      verify: () => verifyChain((afterSeq) => store.read.auditFrom(afterSeq)),
    },
    care: careCalls({ host, store, changes, writing, requireWriting }),
    geoip: {
      status: async () => {
        await enricher.ready();
        return enricher.status();
      },
      import: async (file) => {
        const { audit } = requireWriting();
        const status = await enricher.importDatabase(file);
        await audit.append('geoip.imported', { databases: status.databases.map(({ name }) => name) });
        changes.mark('geoip');
        return status;
      },
    },
    lists: listCalls({
      read: store.read,
      enricher,
      clock,
      changes,
      writing: requireWriting,
      onChange: () => writing?.judging.changed(),
    }),
    policy: policyCalls({
      read: store.read,
      changes,
      requireWriting,
      onChange: () => writing?.judging.changed(),
    }),
    start: ({ only } = {}) => {
      if (writing === null) return;
      poller.start(only);
      writing.runs.start();
      writing.rounds.start();
      writing.judging.start();
      writing.jobs
        .resumeAll()
        .catch((error: unknown) => logger.error('revocations were not resumed', { error: String(error) }));
    },
    resumeRevocations: async (signal) => (await writing?.jobs.resumeAllToTheEnd(signal)) ?? [],
    judgeChanges: async (signal) => (await writing?.judging.run(signal)) ?? { users: 0, findings: 0 },
    stop: async () => {
      await writing?.jobs.close();
      await writing?.judging.close();
      await writing?.runs.close();
      await writing?.rounds.close();
      await poller.stop();
      await host.demo?.stop();
      enricher.close();
      await store.close();
    },
  };
}

/** The demo company lives in this process: after a restart it is started anew, at new addresses. */
async function configuredSources(host: Host, store: Store): Promise<readonly AnyConfig[]> {
  const stored = await store.read.sources();
  const own = stored.filter(({ demo }) => !demo).map(({ config }) => config);
  if (own.length === stored.length || host.demo === null) return stored.map(({ config }) => config);
  const demo = await host.demo.start();
  for (const config of demo) await store.write?.putSource(config, true);
  return [...own, ...demo];
}

function orNotFound<T>(value: T | null, message: string): T {
  if (value === null) throw new EngineError('not-found', message);
  return value;
}
