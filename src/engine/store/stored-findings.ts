import { catalogue } from '../detect/catalogue.ts';
import { judgedSinceMs } from '../detect/case.ts';
import { dayCatalogue } from '../detect/days/catalogue.ts';
import { dayStartMs } from '../detect/days/utc-day.ts';
import type { RuleFinding } from '../detect/facts.ts';
import type { DetectSettings } from '../detect/settings.ts';
import { codeOf, findingStates } from '../query/codes.ts';
import { findingIdText } from '../query/finding-id.ts';
import type { Db } from './database.ts';
import { identityOf } from './finding-identity.ts';
import type { News, UserFindings } from './judgement.ts';
import type { StoredPerson } from './person-facts.ts';
import type { StoredSighting } from './stored-sighting.ts';
import { toldFinding, type ToldFinding } from './told-finding.ts';
import type { UserNumber } from './user-number.ts';

type Row = {
  user: UserNumber;
  publicId: string;
  rule: string;
  at: number;
  content: number;
  isUndecided: number;
};
/** Who a finding is about, as the store numbers it. */
type NumberOf = (finding: Pick<RuleFinding, 'source' | 'userId'>) => UserNumber | undefined;

const personRules: ReadonlySet<string> = new Set(catalogue.map(({ id }) => id));
const dayRules: ReadonlySet<string> = new Set(dayCatalogue.map(({ id }) => id));
const campaignRule: ReadonlySet<string> = new Set(['campaign']);

/** Ids of rules are words of ours. */
const quoted = (rules: ReadonlySet<string>) => [...rules].map((rule) => `'${rule}'`).join(', ');

const columns = `f.user_id AS user, ${findingIdText('f.public_id')} AS publicId, f.rule, f.at, f.content,
  f.verdict IS NULL AND f.state <> ${codeOf(findingStates, 'closed')} AS isUndecided`;

/**
 * Compares what the rules say with what is stored of the same subject and time, so that only news are written. Facts that
 * arrive late can explain what was flagged before: such a finding is withdrawn, unless somebody decided on it or it is
 * older than what is judged.
 */
export class StoredFindings {
  readonly #ofUsers;
  readonly #ofDay;
  readonly #ofRule;
  readonly #settings: DetectSettings;

  constructor(db: Db, settings: DetectSettings) {
    this.#settings = settings;
    this.#ofUsers = db.prepare<[string], Row>(
      `SELECT ${columns} FROM json_each(?) AS asked CROSS JOIN finding AS f ON f.user_id = asked.value`,
    );
    this.#ofDay = db.prepare<[number, number, string], Row>(
      `SELECT ${columns} FROM finding AS f CROSS JOIN user ON user.id = f.user_id
       CROSS JOIN source ON source.id = user.source_id
       -- + : by rule; of these there are few, and of a day many.
       WHERE +f.at >= ? AND +f.at < ? AND f.rule IN (${quoted(dayRules)}) AND source.name = ?`,
    );
    this.#ofRule = db.prepare<[string, number], Row>(
      `SELECT ${columns} FROM finding AS f WHERE f.rule = ? AND f.at >= ?`,
    );
  }

  /** Reads what is stored of some people at once; answers how to compare what rules say of one of them. */
  among(people: readonly StoredPerson[]): (person: StoredPerson, findings: readonly RuleFinding[]) => News {
    const numbers = people.flatMap(({ users }) => users.map(({ user }) => user));
    const stored = Map.groupBy(this.#ofUsers.all(JSON.stringify(numbers)), ({ user }) => user);
    return (person, findings) => {
      const sinceMs = judgedSinceMs(person, this.#settings);
      const rows = person.users
        .flatMap(({ user }) => stored.get(user) ?? [])
        .filter(({ at }) => at >= sinceMs);
      const numberOf: NumberOf = ({ source, userId }) =>
        person.users.find((each) => each.source === source && each.userId === userId)?.user;
      return newsOf(personRules, rows, findings, numberOf, person.sightings);
    };
  }

  /**
   * What rules about many users say of a day of a source.
   *
   * @param sightings that the findings rest on, in order
   */
  compareDay(
    source: string,
    day: number,
    findings: readonly RuleFinding[],
    numberOf: NumberOf,
    sightings: readonly StoredSighting[] = [],
  ): News {
    const stored = this.#ofDay.all(dayStartMs(day), dayStartMs(day + 1), source);
    return newsOf(dayRules, stored, findings, numberOf, sightings);
  }

  /** What is said of campaigns since a moment. */
  compareCampaigns(sinceMs: number, findings: readonly RuleFinding[], numberOf: NumberOf): News {
    return newsOf(campaignRule, this.#ofRule.all('campaign', sinceMs), findings, numberOf);
  }
}

function newsOf(
  rules: ReadonlySet<string>,
  rows: readonly Row[],
  findings: readonly RuleFinding[],
  numberOf: NumberOf,
  sightings: readonly StoredSighting[] = [],
): News {
  if (rows.length === 0 && findings.length === 0) return { found: [], withdrawn: [] };
  const stored = new Map(rows.map(({ publicId, content }) => [publicId, content]));
  const said = new Map<string, ToldFinding | null>();
  for (const finding of findings) {
    const identity = identityOf(finding);
    const isKnown = stored.get(identity.publicId) === identity.content;
    said.set(identity.publicId, isKnown ? null : toldFinding(finding, identity, sightings));
  }
  const withdrawn = rows.filter(
    ({ publicId, rule, isUndecided }) => isUndecided === 1 && rules.has(rule) && !said.has(publicId),
  );
  return {
    found: byUser(
      [...said.values()].filter((finding) => finding !== null),
      numberOf,
    ),
    withdrawn: withdrawn.map(({ publicId }) => publicId),
  };
}

function byUser(findings: readonly ToldFinding[], numberOf: NumberOf): readonly UserFindings[] {
  const users = new Map<UserNumber, ToldFinding[]>();
  for (const finding of findings) {
    const user = numberOf(finding);
    if (user === undefined) continue;
    const known = users.get(user);
    if (known === undefined) users.set(user, [finding]);
    else known.push(finding);
  }
  return [...users].map(([user, found]) => ({ user, findings: found }));
}
