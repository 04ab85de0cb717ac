import type { RuleFinding } from '../detect/facts.ts';
import { codeOf, findingStates, severities } from '../query/codes.ts';
import { askedKeys, keyIs } from '../query/key-bytes.ts';
import type { Db } from './database.ts';
import { contentOf, publicIdOf } from './finding-identity.ts';
import { packTelling } from './finding-telling.ts';
import type { SavedFindings, UserFindings } from './store.ts';

/** Nobody has decided on it: only then do the rules have the last word. */
const isUndecided = `verdict IS NULL AND state <> ${codeOf(findingStates, 'closed')}`;

/** See `StoreWriter.saveFindings`; inside the caller's transaction. */
export function saveFindings(
  db: Db,
  found: readonly UserFindings[],
  withdrawn: readonly string[] = [],
): SavedFindings {
  const gone = withdraw(db, withdrawn);
  const known = db.prepare<[string], { id: number; content: number; isUndecided: number }>(
    `SELECT id, content, ${isUndecided} AS isUndecided FROM finding WHERE public_id = ?`,
  );
  const write = prepareWrite(db);
  let [added, changed] = [0, 0];
  for (const { user, findings } of found) {
    for (const finding of findings) {
      const publicId = publicIdOf(finding);
      const content = contentOf(finding);
      const stored = known.get(publicId);
      if (stored === undefined) {
        write.insert(publicId, user, finding, content);
        added += 1;
      } else if (stored.isUndecided === 1 && stored.content !== content) {
        write.update(stored.id, finding, content);
        changed += 1;
      }
    }
  }
  return { added, changed, withdrawn: gone };
}

/** Answers which ones are gone: somebody may have decided on one since it was judged. */
function withdraw(db: Db, publicIds: readonly string[]): readonly string[] {
  if (publicIds.length === 0) return [];
  const ids = db
    .prepare<[string], { id: number; publicId: string }>(
      `SELECT id, public_id AS publicId FROM finding
       WHERE public_id IN (SELECT value FROM json_each(?)) AND ${isUndecided}`,
    )
    .all(JSON.stringify(publicIds));
  const asked = JSON.stringify(ids.map(({ id }) => id));
  db.prepare('DELETE FROM finding_session WHERE finding_id IN (SELECT value FROM json_each(?))').run(asked);
  db.prepare('DELETE FROM finding WHERE id IN (SELECT value FROM json_each(?))').run(asked);
  return ids.map(({ publicId }) => publicId);
}

function prepareWrite(db: Db) {
  const insert = db.prepare(
    `INSERT INTO finding (public_id, user_id, rule, severity, score, at, telling, state, suppressed_by, content, prefix, asn, client)
     VALUES (@publicId, @user, @rule, @severity, @score, @at, @telling, @state, @suppressedBy, @content, @prefix, @asn, @client)`,
  );
  const update = db.prepare(
    `UPDATE finding SET severity = @severity, score = @score, at = @at, telling = @telling, state = @state,
       suppressed_by = @suppressedBy, content = @content, prefix = @prefix, asn = @asn, client = @client
     WHERE id = @id`,
  );
  const forget = db.prepare<[number]>('DELETE FROM finding_session WHERE finding_id = ?');
  const name = db.prepare(
    `INSERT INTO finding_session (finding_id, session_id)
     SELECT @finding, id FROM (${askedKeys}) CROSS JOIN session ON ${keyIs('session.key', 'asked')}
     UNION SELECT @finding, session_id FROM (${askedKeys}) CROSS JOIN session_alias ON session_alias.key = asked`,
  );
  return {
    insert(publicId: string, user: number, finding: RuleFinding, content: number) {
      const { rule, sessions } = finding;
      const { lastInsertRowid } = insert.run({ publicId, user, rule, ...columnsOf(finding, content) });
      name.run({ finding: lastInsertRowid, keys: JSON.stringify(sessions) });
    },
    update(id: number, finding: RuleFinding, content: number) {
      update.run({ id, ...columnsOf(finding, content) });
      forget.run(id);
      name.run({ finding: id, keys: JSON.stringify(finding.sessions) });
    },
  };
}

function columnsOf(finding: RuleFinding, content: number) {
  return {
    severity: codeOf(severities, finding.severity),
    score: finding.score,
    at: finding.atMs,
    telling: packTelling(finding),
    state: codeOf(findingStates, finding.state),
    suppressedBy: finding.suppressedBy,
    content,
    ...finding.infrastructure,
  };
}
