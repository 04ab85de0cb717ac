import { suppressionScope } from '../../../../src/contract/suppression.ts';
import { describe, expect, it } from 'vitest';
import { readListText } from '../../../../src/engine/enrich/read-list-file.ts';
import { toProblem } from '../../../../src/engine/errors.ts';
import type { ListVersion } from '../../../../src/engine/store/lists/list-version.ts';
import { readLanes, writeLoads } from '../../../../src/engine/store/lanes.ts';
import type { StoreReader } from '../../../../src/engine/store/store-reader.ts';
import type { StoreWriter } from '../../../../src/engine/store/store-writer.ts';
import type { TextPage } from '../../../../src/engine/store/text/text-page.ts';
import { chatConfig, testStore } from '../../../support/data-dir.ts';
import { testLog } from '../../../support/log.ts';
import { manySessions } from '../../../support/many-sessions.ts';
import {
  account,
  batch,
  eventRecord,
  homeNetwork,
  NOON_MS,
  offline,
  ruleFinding,
  sessionRecord,
} from '../../../support/records.ts';
import { storeThread } from '../../../support/store-thread.ts';
import { found } from '../../../support/found.ts';

type Method = keyof StoreReader | keyof StoreWriter;
type Outcome = { readonly method: Method; readonly outcome: unknown };

const page = { query: '', sort: null, limit: 20, cursor: null };
const csv = { query: '', format: 'csv', cursor: null, limit: 10 } as const;
const end = {
  complete: true,
  problem: null,
  rejectedRows: 1,
  rejectedExamples: ['row 2'],
  idReconnects: true,
};
const draft = {
  at: new Date(NOON_MS).toISOString(),
  actor: 'ann',
  action: 'source.added',
  detail: { id: 'x' },
};
const item = {
  session: 'ann-laptop',
  source: 'chat',
  userId: 'u-ann',
  userName: 'Ann',
  hint: 'ab12',
  state: 'planned',
  why: null,
} as const;
const step = { id: 'job', session: 'ann-laptop', state: 'verified', why: null, atMs: NOON_MS } as const;

/** A day in the life of a store: every method at least once, mistakes included, and what came of each call. */
async function transcript(thread: string | null): Promise<readonly Outcome[]> {
  const { read, write } = await testStore({ thread, logger: testLog().logger });
  const outcomes: Outcome[] = [];
  const note = async (method: Method, answer: Promise<unknown>) => {
    outcomes.push({ method, outcome: await answer.then((value) => ({ value }), failureOf) });
  };
  const ingested = batch({
    rows: [sessionRecord(), ...manySessions(60)],
    history: [sessionRecord({ key: 'past', state: 'ended' })],
    events: [eventRecord({ sessionKey: 'ann-laptop' })],
  });

  await note('putSource', write.putSource(chatConfig('other'), true));
  await note('beginSweep', write.beginSweep('chat', account(), NOON_MS));
  await note('beginSweep', write.beginSweep('nowhere', account(), NOON_MS));
  await note('ingest', write.ingest(1, ingested, NOON_MS));
  await note('ingest', write.ingest(99, batch(), NOON_MS));
  await note('ingest', write.ingest(1, broken(), NOON_MS));
  await note('finishSweep', write.finishSweep(1, end, NOON_MS));
  await note('recordFailure', write.recordFailure('other', offline, NOON_MS));
  await note('saveFindings', write.saveFindings([found(1, ruleFinding())]));
  await note('dueForJudging', read.dueForJudging());
  await note('concludeJudging', write.concludeJudging(NOON_MS));
  await note('dueForJudging', read.dueForJudging());
  const decision = {
    verdict: 'false-positive',
    reason: 'On holiday.',
    by: 'ann',
    atMs: NOON_MS,
    duplicateOf: null,
  } as const;
  await note('decide', write.decide({ kind: 'incidents', ids: ['i1'] }, decision, draft));
  await note(
    'decide',
    write.decide({ kind: 'incidents', ids: ['i1'] }, { ...decision, verdict: null }, draft),
  );
  await note('decide', write.decide({ kind: 'findings', ids: ['none'] }, decision, draft));
  await note('assignIncidents', write.assignIncidents(['i1'], 'Bob', draft));
  await note('addNote', write.addNote('i1', { text: 'Called her.', by: 'ann', atMs: NOON_MS }, draft));
  const scope = suppressionScope.parse({ rule: 'impossible-travel' });
  await note('previewSuppression', read.previewSuppression({ scope, days: 90 }));
  await note(
    'addSuppression',
    write.addSuppression({ scope, reason: 'A test.', days: 30 }, { owner: 'ann', atMs: NOON_MS }, draft),
  );
  await note('suppressions', read.suppressions());
  await note('endSuppression', write.endSuppression('s1', NOON_MS, draft));
  await note('endSuppression', write.endSuppression('s1', NOON_MS, draft));
  const [ann, other] = [
    { source: 'chat', userId: 'u-ann' },
    { source: 'chat', userId: 'U-3' },
  ];
  await note('linkUsers', write.linkUsers([ann, other], draft));
  await note('persons', read.persons());
  await note('unlinkUser', write.unlinkUser(ann, draft));
  await note('tagUser', write.tagUser(ann, ['service'], draft));
  await note('setPolicy', write.setPolicy({ kind: 'deny', countries: ['DE'] }, draft));
  await note('countryPolicy', read.countryPolicy());
  await note('previewPolicy', read.previewPolicy({ kind: 'allow', countries: ['AU'] }));
  await note('policyChange', read.policyChange());
  await note('settlePolicy', write.settlePolicy(1));
  await note('policyChange', read.policyChange());
  await note('createRevocation', write.createRevocation(job()));
  await note('unfinishedRevocations', read.unfinishedRevocations());
  await note('recordRevocationStep', write.recordRevocationStep({ ...step, audit: draft }));
  await note('recordRevocationStep', write.recordRevocationStep({ ...step, session: 'who', audit: draft }));
  await note('setRevocationState', write.setRevocationState('job', 'done', NOON_MS));
  await note('markRevoked', write.markRevoked(['session-000001'], NOON_MS));
  await note('appendAudit', write.appendAudit(draft));
  await note('setRetention', write.setRetention(30, draft));
  await note('retain', write.retain({ cutoffMs: 0, findingsCutoffMs: 0 }, 100, null));
  await note('concludeRetention', write.concludeRetention(draft, true));
  await note('importList', write.importList(exits(), draft));
  await note('importList', write.importList({ ...exits(), tag: 'vpn' }, draft));
  await note('giveBack', write.giveBack(10));
  await note('importEvents', write.importEvents('chat', [eventRecord({ atMs: NOON_MS })], NOON_MS));
  await note('recordImport', write.recordImport('chat', { lines: 1, examples: ['line 2'] }, NOON_MS));

  await note('sources', read.sources());
  await note('sessions', read.sessions(page));
  await note('sessions', read.sessions({ ...page, total: false, sort: '-city', query: 'country:DE' }));
  await note('sessions', read.sessions({ ...page, query: 'city:(' }));
  await note('sessions', read.sessions({ ...page, sort: 'colour' }));
  await note('sessions', read.sessions({ ...page, cursor: 'no cursor' }));
  await note('session', read.session('ann-laptop'));
  await note('session', read.session('nobody'));
  await note('observations', read.observations('ann-laptop'));
  await note('sessionText', read.sessionText(csv).then(readable));
  await note('users', read.users(page));
  await note('events', read.events(page));
  const findings = await read.findings(page);
  await note('findings', Promise.resolve(findings));
  await note('finding', read.finding(findings.rows[0]?.id ?? ''));
  await note('incidents', read.incidents(page));
  await note('incident', read.incident('i1'));
  await note('count', read.count('sessions', 'state:active'));
  await note('count', read.count('users', 'nonsense:1'));
  await note('overview', read.overview(''));
  await note('map', read.map(''));
  await note('planCandidates', read.planCandidates('userId:u-ann', ['session-000002', 'nobody']));
  await note('judge', read.judge([1, 999]));
  await note('settleDays', settledDays(write));
  await note('judgeDays', read.judgeDays([{ day: NOON_DAY, sources: ['chat'] }]));
  await note('judgeDays', read.judgeDays([{ day: NOON_DAY, sources: ['nowhere'] }]));
  await note('reconsidered', withoutRevision(read.reconsidered()));
  await note('concludeReconsidered', write.concludeReconsidered(await read.reconsidered()));
  await note('reconsidered', read.reconsidered());
  await note('usersSince', read.usersSince(NOON_DAY));
  await note('judgeCampaigns', read.judgeCampaigns());
  await note('revocations', read.revocations(10));
  await note('revocation', read.revocation('job'));
  await note('revocationSummary', read.revocationSummary('job'));
  await note('audit', read.audit(10, null));
  await note('auditFrom', read.auditFrom(0));
  await note('retention', read.retention());
  await note('networkLists', read.networkLists());
  await note(
    'listMatches',
    read.listMatches({ address: '198.51.100.7', asn: homeNetwork.asn, atMs: NOON_MS }),
  );
  const changed = await read.changedLists();
  await note('changedLists', Promise.resolve(changed));
  for (const list of changed) {
    await note('usersOnList', read.usersOnList(list));
    await note('settleList', write.settleList(list));
  }
  await note('removeList', write.removeList('exits', draft));
  await note('removeList', write.removeList('exits', draft));
  await note('checkBackup', read.checkBackup('/nowhere/backup.db'));
  await note('removeSource', write.removeSource('chat'));
  await note('removeSource', write.removeSource('chat'));
  await note('sources', read.sources());
  return outcomes;
}

const NOON_DAY = Math.floor(NOON_MS / 86_400_000);

/** Everything that is due, as if it were three days later. */
async function settledDays(write: StoreWriter): Promise<unknown> {
  const done: boolean[] = [];
  while (done.at(-1) !== true) done.push((await write.settleDays(NOON_MS + 3 * 86_400_000)).done);
  return done;
}

/** A revision is a mark made by chance. */
async function withoutRevision(reconsidered: ReturnType<StoreReader['reconsidered']>): Promise<unknown> {
  const { days, fromDay } = await reconsidered;
  return { days: days.map(({ revision: _mark, ...day }) => day), fromDay };
}

function job() {
  return { id: 'job', reason: 'incident 42', createdAtMs: NOON_MS, items: [item] };
}

function exits(): ListVersion {
  const { entries } = readListText('198.51.100.0/24\nAS64500');
  return {
    ...{ name: 'exits', tag: 'tor', note: null, entries },
    ...{ importedAtMs: NOON_MS, expiresAtMs: null },
  };
}

function readable({ text, ...page }: TextPage) {
  return { ...page, text: new TextDecoder().decode(text) };
}

/** A page that only a fault in Sessionscope could make. */
function broken() {
  return batch({ rows: [{ ...sessionRecord({ key: 'broken' }), hint: null as unknown as string }] });
}

/** All that a caller can learn of a failed call. */
function failureOf(error: unknown) {
  const { retryAfterMs = null, field = null, position = null } = error as Record<string, unknown>;
  return { problem: toProblem(error), retryAfterMs, field, position };
}

describe('a store in threads and one in the caller’s thread', () => {
  it('answer every read and every write alike, errors included', async () => {
    const here = await transcript(null);
    const threads = await transcript(storeThread);
    expect(threads).toEqual(here);

    const failures = here.filter(({ outcome }) => 'problem' in (outcome as object));
    expect(
      failures.map(({ method, outcome }) => [
        method,
        (outcome as { problem: { code: string } }).problem.code,
      ]),
    ).toEqual([
      ['beginSweep', 'not-found'],
      ['ingest', 'conflict'],
      ['ingest', 'internal'],
      ['decide', 'not-found'],
      ['endSuppression', 'refused'],
      ['recordRevocationStep', 'not-found'],
      ['importList', 'conflict'],
      ['sessions', 'invalid-input'],
      ['sessions', 'invalid-input'],
      ['sessions', 'invalid-input'],
      ['count', 'invalid-input'],
      ['removeList', 'not-found'],
      ['checkBackup', 'invalid-input'],
      ['removeSource', 'not-found'],
    ]);
    const called = new Set(here.map(({ method }) => method));
    const missing = [...Object.keys(readLanes), ...Object.keys(writeLoads)].filter(
      (method) => !called.has(method as Method),
    );
    expect(missing).toEqual([]);
  });

  it('tell the log and nobody else what only a developer can act on', async () => {
    const { logger, lines } = testLog();
    const { write } = await testStore({ thread: storeThread, logger });
    const sweep = await write.beginSweep('chat', account(), NOON_MS);
    const error = await write.ingest(sweep, broken(), NOON_MS).catch((thrown: unknown) => thrown);

    expect(String(error)).not.toMatch(/SQLITE|NOT NULL|hint/);
    expect(error).not.toHaveProperty('cause');
    expect(lines).toEqual([
      expect.stringMatching(/^the store failed inside Sessionscope .*"method":"ingest".*NOT NULL/),
    ]);
  });
});
