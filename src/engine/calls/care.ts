import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupProgress, RetentionCounts } from '../../contract/care.ts';
import type { Engine } from '../api.ts';
import type { AuditLog } from '../audit/log.ts';
import type { Changes } from '../changes.ts';
import { EngineError } from '../errors.ts';
import type { Host } from '../host.ts';
import { writeBackup } from '../store/care/backup.ts';
import type { RetentionRuns } from '../store/care/retention-runs.ts';
import { dataFiles } from '../store/data-dir.ts';
import type { StoreWriter } from '../store/store-writer.ts';
import type { Store } from '../store/store.ts';
import { withProgress } from './with-progress.ts';

type Writing = { readonly write: StoreWriter; readonly audit: AuditLog; readonly runs: RetentionRuns };

/** What the router's `care` calls do: the data directory as a thing to look after. */
export function careCalls({
  host,
  store,
  changes,
  writing,
  requireWriting,
}: {
  readonly host: Host;
  readonly store: Store;
  readonly changes: Changes;
  /** Null when another process holds the data directory. */
  readonly writing: Pick<Writing, 'audit'> | null;
  readonly requireWriting: () => Writing;
}): Engine['care'] {
  const { dataDir } = host.paths;
  const { database } = dataFiles(dataDir);

  return {
    async *backup({ path, replace }, signal) {
      const file = path ?? (await defaultPath(host));
      const madeAtMs = host.clock.now();
      const identityKey = store.identityKey;
      const steps = withProgress<Extract<BackupProgress, { kind: 'progress' }>, BackupResult>(
        (report, aborted) =>
          writeBackup({
            dataDir,
            database,
            path: file,
            replace,
            stamp: { madeAtMs, madeBy: host.actor, version: host.version, identityKey },
            check: (written) => store.read.checkBackup(written),
            report: (bytes, totalBytes) => report({ kind: 'progress', bytes, totalBytes }),
            signal: aborted,
          }),
        signal,
      );
      for await (const step of steps) {
        if (step.kind === 'done') {
          const { sessions, bytes } = step.result;
          await writing?.audit.append('backup.written', { sessions, bytes });
        }
        yield step;
      }
    },

    retention: () => store.read.retention(),

    setRetention: async (days) => {
      const { write, audit } = requireWriting();
      await write.setRetention(days, audit.draft('retention.set', { days }));
      changes.mark('audit');
      return store.read.retention();
    },

    async *retain(signal) {
      const { runs } = requireWriting();
      if ((await store.read.retention()).days === null) throw OFF;
      const steps = withProgress(
        (report: (removed: RetentionCounts) => void, aborted) => runs.run(aborted, 'hand', report),
        signal,
      );
      for await (const step of steps) {
        if ('result' in step) yield { kind: 'done', ...step.result };
        else yield { kind: 'progress', removed: step };
      }
      changes.mark('audit');
    },
  };
}

type BackupResult = Awaited<ReturnType<typeof writeBackup>>;

const OFF = new EngineError(
  'refused',
  'Nothing was removed, because everything is kept: set a limit first ("sessionscope retention --days N").',
);

async function defaultPath({ paths, clock }: Host): Promise<string> {
  const folder = join(paths.dataDir, 'backups');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const moment = new Date(clock.now()).toISOString().replaceAll(/[:.]/g, '-');
  return join(folder, `sessionscope-${moment}.backup`);
}
