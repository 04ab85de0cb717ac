import type { Feature, LearnedValue } from '../detect/facts.ts';
import type { AttackTrace } from '../detect/quarantine.ts';
import type { Db } from './database.ts';
import type { UserNumber } from './user-number.ts';

/** What analysts decided of a user's past, as far as the rules are to know. */
export type DecidedFacts = {
  readonly attacks: readonly AttackTrace[];
  readonly learned: readonly LearnedValue[];
};

type AttackRow = {
  user: UserNumber;
  at: number;
  prefix: string | null;
  asn: number | null;
  client: string | null;
  sessions: string;
};
type LearnedRow = { user: UserNumber; feature: Feature; value: string };

const NOTHING: DecidedFacts = { attacks: [], learned: [] };

/** Reads what was decided of users; most have nothing, and are not in the answer's map. */
export function prepareDecidedFacts(
  db: Db,
): (users: readonly UserNumber[]) => (user: UserNumber) => DecidedFacts {
  const attacks = db.prepare<[string], AttackRow>(
    `SELECT f.user_id AS user, f.at, f.prefix, f.asn, f.client,
       (SELECT json_group_array(key_text(s.key)) FROM finding_session AS named JOIN session AS s ON s.id = named.session_id
        WHERE named.finding_id = f.id) AS sessions
     FROM json_each(?) AS asked CROSS JOIN finding AS f INDEXED BY finding_by_verdict
       ON f.verdict = 'true-positive' AND f.user_id = asked.value`,
  );
  const learned = db.prepare<[string], LearnedRow>(
    `SELECT l.user_id AS user, l.feature, l.value FROM json_each(?) AS asked CROSS JOIN learned AS l ON l.user_id = asked.value`,
  );
  return (users) => {
    const asked = JSON.stringify(users);
    const attackRows = Map.groupBy(attacks.iterate(asked), ({ user }) => user);
    const learnedRows = Map.groupBy(learned.iterate(asked), ({ user }) => user);
    if (attackRows.size === 0 && learnedRows.size === 0) return () => NOTHING;
    return (user) => ({
      attacks: (attackRows.get(user) ?? []).map(traceOf),
      learned: (learnedRows.get(user) ?? []).map(({ feature, value }) => ({ feature, value })),
    });
  };
}

function traceOf({ at, prefix, asn, client, sessions }: AttackRow): AttackTrace {
  return {
    atMs: at,
    infrastructure: { prefix, asn, client },
    sessions: new Set(JSON.parse(sessions) as string[]),
  };
}
