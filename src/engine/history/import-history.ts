import type { HistoryImported, HistoryImportProgress, HistoryImportRequest } from '../../contract/history.ts';
import type { Enricher } from '../enrich/enricher.ts';
import { EngineError } from '../errors.ts';
import type { Clock } from '../host.ts';
import type { JudgeInTurn, Touched, TouchedDay } from '../store/judgement.ts';
import type { StoreWriter } from '../store/store-writer.ts';
import type { Store } from '../store/store.ts';
import type { UserNumber } from '../store/user-number.ts';
import { ImportTally } from './import-tally.ts';
import { openFile, type OpenFile } from './open-file.ts';
import type { PastLogin } from './past-login.ts';
import { readHistory } from './read-history.ts';
import { createLoginRecorder } from './record-login.ts';

export type ImportDeps = {
  readonly store: Store;
  readonly write: StoreWriter;
  readonly enricher: Enricher;
  readonly clock: Clock;
  /** Runs the rules over these users and answers how many findings were new. */
  readonly judgeInTurn: JudgeInTurn;
  /** Makes the source where there is none; called once there is something to put into it. */
  readonly putSource: () => Promise<void>;
};

export type ImportStep = Exclude<HistoryImportProgress, { kind: 'done' }>;

/** What an import came to, whether it ended or broke off. */
export type ImportOutcome = {
  readonly result: HistoryImported;
  /** Of the file as it lies there, in hex; null when it was not read to its end. */
  readonly sha256: string | null;
  /** Why it broke off; null: it did not. */
  readonly fault: { readonly error: unknown } | null;
};

/** Users judged between two notes of progress, and before anybody can stop it; enough for two readers to share. */
const USERS_A_STEP = 800;

/**
 * Reads a login history into the store and has its users judged. Where the file breaks off, the rules run over what was
 * stored until then; who stops an import stops them too. Importing the file again adds what is missing, has all of its users
 * judged, and adds nothing twice. Throws `invalid-input` with a sentence when there is nothing to begin with.
 */
export async function importHistory(
  deps: ImportDeps,
  request: HistoryImportRequest,
  report: (step: ImportStep) => void,
  signal: AbortSignal,
): Promise<ImportOutcome> {
  await deps.enricher.ready();
  const file = await openFile(request.file);
  const tally = new ImportTally(deps.clock.now());
  const read = await storePages(deps, request, file, tally, report, signal);
  const days = [...tally.touchedDays].map((day) => ({ source: request.source, day }));
  const findings = await judge(deps, tally.touched, days, report, signal);
  const fault = signal.aborted ? { error: STOPPED } : read;
  const { rejected, rejectedExamples, isStored } = tally;
  if (fault === null && isStored)
    await deps.write.recordImport(
      request.source,
      { lines: rejected, examples: rejectedExamples },
      deps.clock.now(),
    );
  return {
    result: tally.result(request.source, findings),
    sha256: read === null ? file.sha256() : null,
    fault,
  };
}

const STOPPED = new EngineError(
  'cancelled',
  'The import was stopped: what was read is in. Import the file again to add the rest, and to have the rules look at all of it.',
);

/** Stores page after page; a fault after the first of them is the answer. */
async function storePages(
  deps: ImportDeps,
  { source, format }: HistoryImportRequest,
  file: OpenFile,
  tally: ImportTally,
  report: (step: ImportStep) => void,
  signal: AbortSignal,
): Promise<ImportOutcome['fault']> {
  const { enricher, store, write, clock } = deps;
  const record = createLoginRecorder({ enricher, identityKey: store.identityKey, source });
  const storeLogins = (logins: readonly PastLogin[]) =>
    write.importEvents(source, logins.map(record), clock.now());
  try {
    for await (const page of readHistory(file.chunks, format)) {
      const logins = tally.addPage(page);
      const people = logins.filter(({ isCrowd }) => !isCrowd);
      const crowd = logins.filter(({ isCrowd }) => isCrowd);
      if (logins.length > 0 && !tally.isStored) await deps.putSource();
      if (people.length > 0) tally.addStored(await storeLogins(people), { isJudged: true });
      if (crowd.length > 0) tally.addStored(await storeLogins(crowd), { isJudged: false });
      const { read, rejected, events } = tally;
      report({ kind: 'reading', bytes: file.bytes(), totalBytes: file.totalBytes, read, rejected, events });
      if (signal.aborted) return { error: STOPPED };
    }
    return null;
  } catch (error) {
    if (!tally.isStored) throw error;
    return { error };
  }
}

/** Answers how many findings were new. */
async function judge(
  deps: ImportDeps,
  touched: ReadonlySet<UserNumber>,
  days: readonly TouchedDay[],
  report: (step: ImportStep) => void,
  signal: AbortSignal,
): Promise<number> {
  const parts = signal.aborted ? [] : inSteps([...touched], days);
  let [findings, users] = [0, 0];
  for await (const added of deps.judgeInTurn(parts)) {
    findings += added;
    users = Math.min(users + USERS_A_STEP, touched.size);
    report({ kind: 'judging', users, totalUsers: touched.size });
    if (signal.aborted) break;
  }
  return findings;
}

/** Days are judged once, with the first users. */
function inSteps(users: readonly UserNumber[], days: readonly TouchedDay[]): readonly Touched[] {
  const steps = Math.ceil(users.length / USERS_A_STEP);
  return Array.from({ length: steps }, (_, step) => ({
    users: new Set(users.slice(step * USERS_A_STEP, (step + 1) * USERS_A_STEP)),
    days: step === 0 ? days : [],
  }));
}
