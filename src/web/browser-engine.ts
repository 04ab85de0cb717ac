import type { BackupProgress, BackupRequest } from '../contract/care.ts';
import type { ReportProgress, ReportRequest } from '../contract/report.ts';
import type { Engine } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import type { Downloads } from './downloads.ts';

/**
 * The engine as a browser sees it: reports are written where the engine keeps them, and their paths become
 * one-time addresses. A page never names a file of this machine to write to.
 */
export function browserEngine(engine: Engine, downloads: Downloads): Engine {
  return {
    system: engine.system,
    sources: engine.sources,
    count: (list, query) => engine.count(list, query),
    overview: (query) => engine.overview(query),
    sessions: engine.sessions,
    users: engine.users,
    persons: engine.persons,
    events: engine.events,
    rules: () => engine.rules(),
    findings: engine.findings,
    history: engine.history,
    incidents: engine.incidents,
    suppressions: engine.suppressions,
    revocations: engine.revocations,
    audit: engine.audit,
    care: {
      ...engine.care,
      backup: (request, signal) => writeBackup(engine, downloads, request, signal),
    },
    geoip: engine.geoip,
    lists: engine.lists,
    policy: engine.policy,
    reports: { create: (request, signal) => createReport(engine, downloads, request, signal) },
    start: () => engine.start(),
    resumeRevocations: (signal) => engine.resumeRevocations(signal),
    judgeChanges: (signal) => engine.judgeChanges(signal),
    stop: () => engine.stop(),
  };
}

async function* createReport(
  engine: Engine,
  downloads: Downloads,
  request: ReportRequest,
  signal: AbortSignal,
): AsyncGenerator<ReportProgress> {
  if (request.path !== null) {
    throw new EngineError('refused', 'In the browser a report is downloaded; leave its path empty.', {
      field: 'path',
    });
  }
  for await (const step of engine.reports.create(request, signal)) {
    if (step.kind === 'progress') yield step;
    else {
      const { path, metaPath } = step.result;
      const addresses = { path: downloads.offer(path), metaPath: downloads.offer(metaPath) };
      yield { kind: 'done', result: { ...step.result, ...addresses } };
    }
  }
}

async function* writeBackup(
  engine: Engine,
  downloads: Downloads,
  request: BackupRequest,
  signal: AbortSignal,
): AsyncGenerator<BackupProgress> {
  if (request.path !== null) {
    throw new EngineError('refused', 'In the browser a backup is downloaded; leave its path empty.', {
      field: 'path',
    });
  }
  for await (const step of engine.care.backup(request, signal)) {
    if (step.kind === 'progress') yield step;
    else yield { kind: 'done', result: { ...step.result, path: downloads.offer(step.result.path) } };
  }
}
