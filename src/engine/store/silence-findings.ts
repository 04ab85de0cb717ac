import type { SuppressionPreview, SuppressionScope } from '../../contract/suppression.ts';
import { silencedBy, type Silenceable } from '../detect/silence.ts';
import { defaultSettings } from '../detect/settings.ts';
import { ruleId, type RuleId } from '../../contract/rules.ts';
import { ruleCatalogue } from '../../contract/rule-catalogue.ts';
import { codeOf, findingStates } from '../query/codes.ts';
import type { Db } from './database.ts';
import { loadFindings } from './findings.ts';
import { groupFindings } from './group-findings.ts';
import { loadIncidents } from './incidents.ts';
import { readTelling, tellingColumns, tellingJoins, type TellingRow } from './stored-telling.ts';
import { countHits, silencersAt } from './suppressions.ts';
import type { UserNumber } from './user-number.ts';

type Row = TellingRow & {
  id: number;
  user: UserNumber;
  rule: string;
  prefix: string | null;
  from_asn: number | null;
  client: string | null;
  incident: number | null;
  state: number;
};
type Stored = Silenceable & Pick<Row, 'id' | 'user' | 'incident' | 'state' | 'at'>;

const DAY_MS = 86_400_000;
const SHOWN = 200;
const [OPEN, LEARNING, SUPPRESSED] = (['open', 'learning', 'suppressed'] as const).map((state) =>
  codeOf(findingStates, state),
);

/** What a scope would have kept from an analyst in the `days` before now: see the contract. */
export function previewSuppression(
  db: Db,
  { scope, days }: { readonly scope: SuppressionScope; readonly days: number },
  nowMs: number,
): SuppressionPreview {
  const silences = silencedBy(scope);
  const open = eachFinding(db, `f.state = ${OPEN} AND f.at >= ?`, nowMs - days * DAY_MS, (finding) => ({
    ...rowOf(finding),
    isHit: silences(finding),
  }));
  const hits = open.filter(({ isHit }) => isHit).sort((a, b) => b.at - a.at || b.id - a.id);
  const silenced = new Set(hits.map(({ id }) => id));
  const touched = new Set(hits.flatMap(({ incident }) => incident ?? []));
  const vanishing = vanishingOf(db, touched, silenced);
  const shown = hits.slice(0, SHOWN).map(({ id }) => id);
  const [findings, incidents] = [loadFindings(db, shown), loadIncidents(db, vanishing, nowMs)];
  return {
    days,
    findings: shown.flatMap((id) => findings.get(id) ?? []),
    total: hits.length,
    incidents: [...incidents.values()],
    warnings: [...warningsOf(scope, open, silenced, days)],
  };
}

/** Silences what is open now, as far back as findings are judged; answers how many. Inside the caller's transaction. */
export function silenceOpen(db: Db, suppression: number, nowMs: number): number {
  const silencer = silencersAt(db, nowMs).find(({ id }) => id === suppression);
  if (silencer === undefined) return 0;
  const condition = `f.state IN (${OPEN}, ${LEARNING}) AND f.at >= ?`;
  const hits = eachFinding(db, condition, nowMs - defaultSettings.judgedMs, (finding) =>
    silencer.silences(finding) ? rowOf(finding) : null,
  );
  const silence = db.prepare(
    `UPDATE finding SET state = ${SUPPRESSED}, suppressed_by = ?, suppression_id = ? WHERE id = ?`,
  );
  for (const { id } of hits) silence.run(silencer.words, suppression, id);
  countHits(db, new Map([[suppression, hits.length]]), hits.length === 0 ? null : nowMs);
  groupFindings(
    db,
    hits.map(({ user }) => user),
  );
  return hits.length;
}

/** Ends a suppression and gives back what it silenced and findings are still judged of, unless another one silences it. */
export function endSuppression(db: Db, suppression: number, nowMs: number): number {
  db.prepare('UPDATE suppression SET ended_at = ? WHERE id = ?').run(nowMs, suppression);
  const condition = `f.suppression_id = ${suppression} AND f.at >= ?`;
  const others = silencersAt(db, nowMs);
  const silenced = eachFinding(db, condition, nowMs - defaultSettings.judgedMs, (finding) => ({
    ...rowOf(finding),
    other: others.find(({ silences }) => silences(finding)),
  }));
  const move = db.prepare('UPDATE finding SET suppressed_by = ?, suppression_id = ? WHERE id = ?');
  // A verdict stays as it is; only when it is taken back does the finding turn up again.
  const reopen = db.prepare(
    `UPDATE finding SET state = iif(state = ${SUPPRESSED}, said_state, state), suppressed_by = NULL, suppression_id = NULL
     WHERE id = ?`,
  );
  let reopened = 0;
  for (const { id, state, other } of silenced) {
    if (other === undefined) reopen.run(id);
    else move.run(other.words, other.id, id);
    if (other === undefined && state === SUPPRESSED) reopened += 1;
  }
  groupFindings(
    db,
    silenced.map(({ user }) => user),
  );
  return reopened;
}

/** Incidents of which every open finding would be silenced. */
function vanishingOf(db: Db, touched: ReadonlySet<number>, silenced: ReadonlySet<number>): readonly number[] {
  const rows = db
    .prepare<[string], { id: number; incident: number }>(
      `SELECT id, incident_id AS incident FROM finding
       WHERE incident_id IN (SELECT value FROM json_each(?)) AND state = ${OPEN}`,
    )
    .all(JSON.stringify([...touched]));
  const kept = new Set(rows.filter(({ id }) => !silenced.has(id)).map(({ incident }) => incident));
  return [...touched].filter((incident) => !kept.has(incident));
}

/** Filters that are right one by one can silence everything together, so what is left is counted with all in force. */
function* warningsOf(
  scope: SuppressionScope,
  open: readonly Pick<Stored, 'id' | 'rule'>[],
  silenced: ReadonlySet<number>,
  days: number,
): Generator<string> {
  const terms = Object.entries(scope).filter(([, value]) => value !== null);
  if (terms.length === 1 && scope.rule !== null)
    yield `It names the rule and nothing else: “${ruleCatalogue[scope.rule].name}” would never alert for anybody.`;
  if (terms.length === 1 && scope.source !== null)
    yield `It names the source and nothing else: no rule would alert for anybody at “${scope.source}”.`;
  const byRule = Map.groupBy(open, ({ rule }) => rule);
  for (const [rule, findings] of byRule)
    if (findings.every(({ id }) => silenced.has(id)))
      yield `Nothing of “${nameOf(rule)}” would be left: all ${findings.length} open findings of the last ${days} days would be silenced.`;
}

function nameOf(rule: RuleId): string {
  return ruleCatalogue[rule].name;
}

/** Asks every finding in turn, and keeps only what comes of it: with their evidence they may be more than fit into memory. */
function eachFinding<T extends object>(
  db: Db,
  condition: string,
  sinceMs: number,
  take: (finding: Stored) => T | null,
): readonly T[] {
  const rows = db
    .prepare<[number], Row>(
      `SELECT f.id, f.user_id AS user, f.rule, f.prefix, f.asn AS from_asn, f.client, f.incident_id AS incident, f.state,
         ${tellingColumns}
       FROM finding AS f JOIN user ON user.id = f.user_id JOIN source ON source.id = user.source_id ${tellingJoins}
       WHERE ${condition}`,
    )
    .iterate(sinceMs);
  const taken: T[] = [];
  for (const row of rows) {
    const { id, user, incident, state, at, source, prefix, from_asn: asn, client } = row;
    const kept = take({
      ...{ id, user, incident, state, at, source },
      userId: row.external_id,
      rule: ruleId.parse(row.rule),
      infrastructure: { prefix, asn, client },
      evidence: readTelling(row).evidence,
    });
    if (kept !== null) taken.push(kept);
  }
  return taken;
}

function rowOf({ id, user, rule, incident, state, at }: Stored) {
  return { id, user, rule, incident, state, at };
}
