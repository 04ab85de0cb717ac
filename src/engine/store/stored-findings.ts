import { catalogue } from '../detect/catalogue.ts';
import { judgedSinceMs } from '../detect/case.ts';
import type { RuleFinding } from '../detect/facts.ts';
import type { DetectSettings } from '../detect/settings.ts';
import { codeOf, findingStates } from '../query/codes.ts';
import type { Db } from './database.ts';
import { contentOf, publicIdOf } from './finding-identity.ts';
import type { Member, StoredPerson } from './person-facts.ts';
import type { Judgement, UserFindings, UserNumber } from './store.ts';

type Row = {
  user: UserNumber;
  publicId: string;
  rule: string;
  at: number;
  content: number;
  isUndecided: number;
};
type News = Pick<Judgement, 'found' | 'withdrawn'>;

const personRules: ReadonlySet<string> = new Set(catalogue.map(({ id }) => id));

/**
 * Compares what the rules say of a person with what is stored of it, so that only news are written. Facts that arrive
 * late can explain what was flagged before: such a finding is withdrawn, unless somebody decided on it or it is older than
 * what is judged.
 */
export class StoredFindings {
  readonly #of;
  readonly #settings: DetectSettings;

  constructor(db: Db, settings: DetectSettings) {
    this.#settings = settings;
    this.#of = db.prepare<[string, number], Row>(
      `SELECT f.user_id AS user, f.public_id AS publicId, f.rule, f.at, f.content,
         f.verdict IS NULL AND f.state <> ${codeOf(findingStates, 'closed')} AS isUndecided
       FROM json_each(?) AS asked CROSS JOIN finding AS f ON f.user_id = asked.value WHERE f.at >= ?`,
    );
  }

  compare(person: StoredPerson, findings: readonly RuleFinding[]): News {
    const sinceMs = judgedSinceMs(person, this.#settings);
    const numbers = JSON.stringify(person.users.map(({ user }) => user));
    const stored = new Map(this.#of.all(numbers, sinceMs).map((row) => [row.publicId, row]));
    if (stored.size === 0 && findings.length === 0) return { found: [], withdrawn: [] };
    const said = new Map(findings.map((finding) => [publicIdOf(finding), finding]));
    const news = [...said].filter(([id, finding]) => stored.get(id)?.content !== contentOf(finding));
    const withdrawn = [...stored.values()].filter(
      ({ publicId, rule, isUndecided }) => isUndecided === 1 && personRules.has(rule) && !said.has(publicId),
    );
    return {
      found: byUser(
        news.map(([, finding]) => finding),
        person.users,
      ),
      withdrawn: withdrawn.map(({ publicId }) => publicId),
    };
  }
}

function byUser(findings: readonly RuleFinding[], members: readonly Member[]): readonly UserFindings[] {
  return members
    .map(({ user, source, userId }) => ({
      user,
      findings: findings.filter((finding) => finding.source === source && finding.userId === userId),
    }))
    .filter((each) => each.findings.length > 0);
}
