import { codeOf, findingStates, severities } from '../query/codes.ts';
import { findingIdText } from '../query/finding-id.ts';
import { findingAdder, type NewFinding } from './add-findings.ts';
import type { Db } from './database.ts';
import { nameSessions } from './finding-sessions.ts';
import { groupFindings } from './group-findings.ts';
import type { SavedFindings, UserFindings } from './judgement.ts';
import { toldTelling } from './stored-telling.ts';
import { countHits, silencersAt, type Silencer } from './suppressions.ts';
import { tellingBytes, type ToldFinding } from './told-finding.ts';
import type { UserNumber } from './user-number.ts';

/** Nobody has decided on it: only then do the rules have the last word. */
const isUndecided = `verdict IS NULL AND state <> ${codeOf(findingStates, 'closed')}`;

type TellingOf = ReturnType<typeof toldTelling>;
type Known = {
  publicId: string;
  id: number;
  content: number;
  isUndecided: number;
  suppression: number | null;
  words: string | null;
};

/** What is to be written, and how many findings each suppression silences. */
type Writing = {
  readonly fresh: readonly NewFinding[];
  readonly changed: readonly (Columns & { readonly id: number; readonly publicId: string })[];
  readonly hits: ReadonlyMap<number, number>;
};

/** See `StoreWriter.saveFindings`; inside the caller's transaction. Lives as long as its connection. */
export function findingSaver(db: Db): FindingSaver {
  const add = findingAdder(db);
  const tellingOf = toldTelling(db);
  return (found, withdrawn = [], atMs = Infinity) => {
    const gone = withdraw(db, withdrawn);
    const { fresh, changed, hits } = writingOf(db, found, atMs, tellingOf);
    const added = add(fresh);
    change(db, changed);
    nameSessions(
      db,
      found,
      new Map([...added, ...changed.map(({ publicId, id }) => [publicId, id] as const)]),
    );
    countHits(db, hits, Number.isFinite(atMs) ? atMs : null);
    const touched = new Set([...found.map(({ user }) => user), ...gone.map(({ user }) => user)]);
    if (touched.size > 0) groupFindings(db, touched);
    return {
      added: fresh.length,
      changed: changed.length,
      withdrawn: gone.map(({ publicId }) => publicId),
    };
  };
}

type FindingSaver = (
  found: readonly UserFindings[],
  withdrawn?: readonly string[],
  atMs?: number,
) => SavedFindings;

/** What is new, and what is said in other words of what nobody decided on; the rest is stored already. */
function writingOf(db: Db, found: readonly UserFindings[], atMs: number, tellingOf: TellingOf): Writing {
  // A person's findings come twice where two of his users were judged apart.
  const told = new Map(
    found.flatMap(({ user, findings }) =>
      findings.map((finding) => [finding.publicId, { user, finding }] as const),
    ),
  );
  const known = readKnown(db, [...told.keys()]);
  const silencers = silencersAt(db, atMs);
  const hits = new Map<number, number>();
  const fresh: NewFinding[] = [];
  const changed: (Columns & { id: number; publicId: string })[] = [];
  for (const [publicId, { user, finding }] of told) {
    const stored = known.get(publicId);
    if (stored !== undefined && (stored.isUndecided === 0 || stored.content === finding.content)) continue;
    const silencer = silencerOf(finding, silencers, stored, tellingOf);
    if (silencer !== null && silencer.id !== stored?.suppression)
      hits.set(silencer.id, (hits.get(silencer.id) ?? 0) + 1);
    const columns = columnsOf(finding, silencer);
    if (stored === undefined) fresh.push({ publicId, user, rule: finding.rule, ...columns });
    else changed.push({ id: stored.id, publicId, ...columns });
  }
  return { fresh, changed, hits };
}

function readKnown(db: Db, publicIds: readonly string[]): ReadonlyMap<string, Known> {
  const rows = db
    .prepare<[string], Known>(
      `SELECT ${findingIdText('public_id')} AS publicId, id, content, ${isUndecided} AS isUndecided, suppression_id AS suppression,
         suppressed_by AS words FROM finding WHERE public_id IN (SELECT unhex(value) FROM json_each(?))`,
    )
    .all(JSON.stringify(publicIds));
  return new Map(rows.map((row) => [row.publicId, row]));
}

type Silencing = Pick<Silencer, 'id' | 'words'>;

/**
 * What keeps a finding from alerting apart from its rule. What was silenced once stays so when its rule puts it into other
 * words: an expiry lets only new findings through.
 */
function silencerOf(
  finding: ToldFinding,
  silencers: readonly Silencer[],
  stored: Known | undefined,
  tellingOf: TellingOf,
): Silencing | null {
  if (finding.state === 'suppressed') return null;
  if (stored?.suppression != null) return { id: stored.suppression, words: stored.words ?? '' };
  if (silencers.length === 0) return null;
  const silenceable = { ...finding, evidence: tellingOf(finding).evidence };
  return silencers.find(({ silences }) => silences(silenceable)) ?? null;
}

/** Answers which ones are gone: somebody may have decided on one since it was judged. */
function withdraw(
  db: Db,
  publicIds: readonly string[],
): readonly { readonly publicId: string; readonly user: UserNumber }[] {
  if (publicIds.length === 0) return [];
  const rows = db
    .prepare<[string], { id: number; publicId: string; user: UserNumber }>(
      `SELECT id, ${findingIdText('public_id')} AS publicId, user_id AS user FROM finding
       WHERE public_id IN (SELECT unhex(value) FROM json_each(?)) AND ${isUndecided}`,
    )
    .all(JSON.stringify(publicIds));
  const asked = JSON.stringify(rows.map(({ id }) => id));
  db.prepare('DELETE FROM finding_session WHERE finding_id IN (SELECT value FROM json_each(?))').run(asked);
  db.prepare('DELETE FROM finding WHERE id IN (SELECT value FROM json_each(?))').run(asked);
  return rows;
}

type Columns = ReturnType<typeof columnsOf>;

function change(db: Db, changed: Writing['changed']): void {
  const update = db.prepare(
    `UPDATE finding SET severity = @severity, at = @at, telling = @telling, state = @state,
       said_state = @saidState, suppressed_by = @suppressedBy, suppression_id = @suppression, content = @content,
       prefix = @prefix, asn = @asn, client = @client, ip_id = @ip, place_id = @place, network_id = @network,
       agent_id = @agent, device_id = @device
     WHERE id = @id`,
  );
  const forget = db.prepare<[number]>('DELETE FROM finding_session WHERE finding_id = ?');
  for (const columns of changed) {
    update.run(columns);
    forget.run(columns.id);
  }
}

function columnsOf(finding: ToldFinding, silencer: Silencing | null) {
  const [ip, place, network, agent, device] = finding.entries;
  return {
    severity: codeOf(severities, finding.severity),
    at: finding.atMs,
    telling: tellingBytes(finding),
    state: codeOf(findingStates, silencer === null ? finding.state : 'suppressed'),
    saidState: codeOf(findingStates, finding.state),
    suppressedBy: silencer?.words ?? finding.suppressedBy,
    suppression: silencer?.id ?? null,
    content: finding.content,
    ...finding.infrastructure,
    ...{ ip, place, network, agent, device },
  };
}
