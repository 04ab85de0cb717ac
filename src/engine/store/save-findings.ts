import { codeOf, findingStates, severities } from '../query/codes.ts';
import type { Db } from './database.ts';
import { unpackTelling } from './finding-telling.ts';
import { findNamed, type Named } from './finding-sessions.ts';
import { groupFindings } from './group-findings.ts';
import type { SavedFindings, UserFindings } from './judgement.ts';
import { countHits, silencersAt, type Silencer } from './suppressions.ts';
import type { ToldFinding } from './told-finding.ts';
import type { UserNumber } from './user-number.ts';

/** Nobody has decided on it: only then do the rules have the last word. */
const isUndecided = `verdict IS NULL AND state <> ${codeOf(findingStates, 'closed')}`;

type Known = {
  id: number;
  content: number;
  isUndecided: number;
  suppression: number | null;
  words: string | null;
};

/** See `StoreWriter.saveFindings`; inside the caller's transaction. */
export function saveFindings(
  db: Db,
  found: readonly UserFindings[],
  withdrawn: readonly string[] = [],
  atMs = Infinity,
): SavedFindings {
  const gone = withdraw(db, withdrawn);
  const known = db.prepare<[string], Known>(
    `SELECT id, content, ${isUndecided} AS isUndecided, suppression_id AS suppression,
       suppressed_by AS words FROM finding WHERE public_id = ?`,
  );
  const write = prepareWrite(db, findNamed(db, found));
  const silencers = silencersAt(db, atMs);
  const hits = new Map<number, number>();
  let [added, changed] = [0, 0];
  for (const { user, findings } of found) {
    for (const finding of findings) {
      const stored = known.get(finding.publicId);
      if (stored !== undefined && (stored.isUndecided === 0 || stored.content === finding.content)) continue;
      const silencer = silencerOf(finding, silencers, stored);
      const columns = columnsOf(finding, silencer);
      if (silencer !== null && silencer.id !== stored?.suppression)
        hits.set(silencer.id, (hits.get(silencer.id) ?? 0) + 1);
      if (stored === undefined) {
        write.insert(user, finding, columns);
        added += 1;
      } else {
        write.update(stored.id, finding, columns);
        changed += 1;
      }
    }
  }
  countHits(db, hits, Number.isFinite(atMs) ? atMs : null);
  const touched = new Set([...found.map(({ user }) => user), ...gone.map(({ user }) => user)]);
  if (touched.size > 0) groupFindings(db, touched);
  return { added, changed, withdrawn: gone.map(({ publicId }) => publicId) };
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
): Silencing | null {
  if (finding.state === 'suppressed') return null;
  if (stored?.suppression != null) return { id: stored.suppression, words: stored.words ?? '' };
  if (silencers.length === 0) return null;
  const silenceable = { ...finding, evidence: unpackTelling(finding.telling).evidence };
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
      `SELECT id, public_id AS publicId, user_id AS user FROM finding
       WHERE public_id IN (SELECT value FROM json_each(?)) AND ${isUndecided}`,
    )
    .all(JSON.stringify(publicIds));
  const asked = JSON.stringify(rows.map(({ id }) => id));
  db.prepare('DELETE FROM finding_session WHERE finding_id IN (SELECT value FROM json_each(?))').run(asked);
  db.prepare('DELETE FROM finding WHERE id IN (SELECT value FROM json_each(?))').run(asked);
  return rows;
}

type Columns = ReturnType<typeof columnsOf>;

function prepareWrite(db: Db, named: Named) {
  const insert = db.prepare(
    `INSERT INTO finding (public_id, user_id, rule, severity, score, at, telling, state, said_state, suppressed_by,
       suppression_id, content, prefix, asn, client)
     VALUES (@publicId, @user, @rule, @severity, @score, @at, @telling, @state, @saidState, @suppressedBy,
       @suppression, @content, @prefix, @asn, @client)`,
  );
  const update = db.prepare(
    `UPDATE finding SET severity = @severity, score = @score, at = @at, telling = @telling, state = @state,
       said_state = @saidState, suppressed_by = @suppressedBy, suppression_id = @suppression, content = @content,
       prefix = @prefix, asn = @asn, client = @client
     WHERE id = @id`,
  );
  const forget = db.prepare<[number]>('DELETE FROM finding_session WHERE finding_id = ?');
  const name = db.prepare<[number | bigint, number]>(
    'INSERT OR IGNORE INTO finding_session (finding_id, session_id) VALUES (?, ?)',
  );
  const nameAll = (id: number | bigint, { sessions }: ToldFinding) => {
    for (const key of sessions) for (const session of named.get(key) ?? []) name.run(id, session);
  };
  return {
    insert(user: number, finding: ToldFinding, columns: Columns) {
      const { publicId, rule } = finding;
      nameAll(insert.run({ publicId, user, rule, ...columns }).lastInsertRowid, finding);
    },
    update(id: number, finding: ToldFinding, columns: Columns) {
      update.run({ id, ...columns });
      forget.run(id);
      nameAll(id, finding);
    },
  };
}

function columnsOf(finding: ToldFinding, silencer: Silencing | null) {
  return {
    severity: codeOf(severities, finding.severity),
    score: finding.score,
    at: finding.atMs,
    telling: finding.telling,
    state: codeOf(findingStates, silencer === null ? finding.state : 'suppressed'),
    saidState: codeOf(findingStates, finding.state),
    suppressedBy: silencer?.words ?? finding.suppressedBy,
    suppression: silencer?.id ?? null,
    content: finding.content,
    ...finding.infrastructure,
  };
}
