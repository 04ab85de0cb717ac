import { campaignsOf, type Flag } from '../detect/campaign.ts';
import type { Day, DayGlance } from '../detect/days/day.ts';
import { dayFindingsOf, mayFind } from '../detect/days/detect-day.ts';
import { DAY_MS, dayStartMs } from '../detect/days/utc-day.ts';
import type { Survey } from '../detect/survey.ts';
import { ruleId } from '../../contract/rules.ts';
import { codeOf, findingStates, severities, valueOf } from '../query/codes.ts';
import type { AttemptReader } from './attempts.ts';
import { type NumberedSource, type StoredAttempt } from './attempts.ts';
import type { Db } from './database.ts';
import type { DayOfSources, DaysJudgement, News } from './judgement.ts';
import type { OrgHistories } from './org-history.ts';
import type { StoredFindings } from './stored-findings.ts';
import { inOrder } from './stored-sighting.ts';
import type { UserNumber } from './user-number.ts';

type FlagRow = {
  user: UserNumber;
  person: string | null;
  source: string;
  userId: string;
  userName: string | null;
  rule: string;
  severity: number;
  at: number;
  prefix: string | null;
  asn: number | null;
  client: string | null;
  sessions: string;
};

/** A campaign is known by its first finding: where that is no longer looked at, the rest would look like another one. */
const LONGEST_CAMPAIGN_MS = 30 * DAY_MS;

/** Logins and failures judged in one go, unless one day alone has more: as many as are held at once. */
const ENOUGH_ATTEMPTS = 40_000;

type SourceJudgement = Omit<DaysJudgement, 'days'>;

/** What was tried on a day, by the ids of sources. */
type Attempts = ReadonlyMap<number, readonly StoredAttempt[]>;

type Read = {
  readonly day: number;
  readonly sources: ReadonlySet<number>;
  readonly version: number | undefined;
  readonly attempts: Attempts;
};

type JudgingDaysDeps = {
  readonly survey: Survey;
  readonly stored: StoredFindings;
  readonly histories: OrgHistories;
  readonly attempts: AttemptReader;
};

/** Judges what shows only in what many users did: days of sources, and findings that share where they came from. */
export class JudgingDays {
  readonly #deps: JudgingDaysDeps;
  readonly #sources;
  readonly #flags;
  /** Another number: another connection wrote. */
  readonly #version;
  readonly #isDue;
  #last: Read | null = null;

  constructor(db: Db, deps: JudgingDaysDeps) {
    this.#deps = deps;
    this.#version = db.prepare<[], number>('SELECT data_version FROM pragma_data_version').pluck();
    this.#isDue = db
      .prepare<[number, number, number], 1>('SELECT 1 FROM org_due WHERE source_id = ? AND day IN (?, ?)')
      .pluck();
    this.#sources = db.prepare<[string], NumberedSource>(
      'SELECT id, name FROM source WHERE name IN (SELECT value FROM json_each(?)) ORDER BY id',
    );
    this.#flags = db.prepare<[number], FlagRow>(
      `SELECT f.user_id AS user, user.person_id AS person, source.name AS source, user.external_id AS userId,
         user.name AS userName, f.rule, f.severity, f.at, f.prefix, f.asn, f.client,
         (SELECT json_group_array(key_text(s.key) ORDER BY s.key) FROM finding_session AS named
          JOIN session AS s ON s.id = named.session_id WHERE named.finding_id = f.id) AS sessions
       FROM finding AS f CROSS JOIN user ON user.id = f.user_id CROSS JOIN source ON source.id = user.source_id
       WHERE f.at >= ? AND f.severity >= ${codeOf(severities, 'medium')} AND f.rule <> 'campaign'
         AND (f.state = ${codeOf(findingStates, 'open')} OR f.verdict = 'true-positive')
         AND (f.prefix IS NOT NULL OR f.asn IS NOT NULL)`,
    );
  }

  /**
   * Judges days from the front, as many as have enough attempts together. Nothing is said of a source that is gone, nor of days of which
   * retention may have removed something.
   *
   * @param forgottenBeforeMs what is older may be gone; null: nothing is
   */
  judge(days: readonly DayOfSources[], forgottenBeforeMs: number | null): DaysJudgement {
    this.#deps.histories.refresh();
    const judged: SourceJudgement[] = [];
    let [done, attempts] = [0, 0];
    for (const { day, sources } of days) {
      if (attempts >= ENOUGH_ATTEMPTS) break;
      const isForgotten = forgottenBeforeMs !== null && dayStartMs(day) - DAY_MS < forgottenBeforeMs;
      const known = isForgotten ? [] : this.#sources.all(JSON.stringify(sources));
      const ofDay = known.length === 0 ? [] : this.#judgeDay(day, known);
      judged.push(...ofDay);
      for (const each of ofDay) attempts += each.attempts;
      done += 1;
    }
    return {
      days: done,
      attempts,
      found: judged.flatMap(({ found }) => found),
      withdrawn: judged.flatMap(({ withdrawn }) => withdrawn),
    };
  }

  #judgeDay(day: number, all: readonly NumberedSource[]): readonly SourceJudgement[] {
    const quiet = this.#quietOf(day, all);
    const sources = all.filter(({ id }) => !quiet.has(id));
    return [
      ...all.filter(({ id }) => quiet.has(id)).map(({ name }) => this.#nothingFound(name, day)),
      ...(sources.length === 0 ? [] : this.#judgeBusy(day, sources)),
    ];
  }

  /**
   * Sources at which no rule may find anything on a day, as failures and the counts of both days tell: most, of which nothing else is read.
   * What is due to be counted is not told by counts yet.
   */
  #quietOf(day: number, sources: readonly NumberedSource[]): ReadonlySet<number> {
    const { attempts, survey, histories } = this.#deps;
    const counted = sources.filter(({ id }) => this.#isDue.get(id, day - 1, day) === undefined);
    const failures = attempts.readFailures(counted, dayStartMs(day - 1), dayStartMs(day + 1));
    if (failures === null) return new Set();
    const quiet = counted.filter(({ id, name }) => {
      const glance: DayGlance = {
        day,
        failures: (failures.get(id) ?? []).map(({ sighting }) => sighting),
        history: histories.of(name),
        clientShare: (mark) => histories.clientShare(mark, day),
        settings: survey.settings,
      };
      return !mayFind(glance);
    });
    return new Set(quiet.map(({ id }) => id));
  }

  #nothingFound(source: string, day: number): SourceJudgement {
    return { attempts: 0, ...this.#deps.stored.compareDay(source, day, [], () => undefined) };
  }

  #judgeBusy(day: number, sources: readonly NumberedSource[]): readonly SourceJudgement[] {
    const today = this.#readAll(day, sources);
    const busy = today === null ? sources : sources.filter(({ id }) => today.has(id));
    const before = this.#readAll(day - 1, busy);
    this.#last =
      today === null
        ? null
        : {
            day,
            sources: new Set(sources.map(({ id }) => id)),
            version: this.#version.get(),
            attempts: today,
          };
    return sources.map((source) => {
      const attempts = this.#of(source, day, today);
      const earlier = attempts.length === 0 ? [] : this.#of(source, day - 1, before);
      return this.#judgeSource(source, day, { today: attempts, before: earlier });
    });
  }

  #judgeSource(
    { name }: NumberedSource,
    day: number,
    {
      today,
      before,
    }: { readonly today: readonly StoredAttempt[]; readonly before: readonly StoredAttempt[] },
  ): SourceJudgement {
    const { survey, stored, histories } = this.#deps;
    const attempts = today.length === 0 ? [] : [...before, ...today];
    const fromMs = dayStartMs(day);
    const numbers = new Map(attempts.map(({ user, sighting }) => [sighting.userId, user]));
    const facts: Day = {
      source: name,
      day,
      attempts: attempts.map(({ sighting }) => sighting),
      names: new Map(attempts.map(({ userName, sighting }) => [sighting.userId, userName])),
      history: histories.of(name),
      organisation: histories.organisation,
      survey,
      settings: survey.settings,
      isToday: (atMs) => atMs >= fromMs && atMs < fromMs + DAY_MS,
    };
    const findings = today.length === 0 ? [] : dayFindingsOf(facts);
    const sightings = findings.length === 0 ? [] : attempts.map(({ sighting }) => sighting).sort(inOrder);
    const news = stored.compareDay(name, day, findings, ({ userId }) => numbers.get(userId), sightings);
    return { attempts: attempts.length, ...news };
  }

  /**
   * Days are judged one after the other, and each looks back on the one before, which is read once: by one answer, which is of one moment
   * whoever writes meanwhile, and from one answer to the next while nobody writes.
   */
  #readAll(day: number, sources: readonly NumberedSource[]): Attempts | null {
    const last = this.#last;
    const isFresh =
      last?.day === day &&
      sources.every(({ id }) => last.sources.has(id)) &&
      last.version === this.#version.get();
    if (isFresh) return last.attempts;
    return this.#deps.attempts.readAll(sources, dayStartMs(day), dayStartMs(day + 1));
  }

  #of(source: NumberedSource, day: number, all: Attempts | null): readonly StoredAttempt[] {
    if (all === null) return this.#deps.attempts.read(source, dayStartMs(day), dayStartMs(day + 1));
    return all.get(source.id) ?? [];
  }

  /** Over all that is judged: findings are few, and a late one may belong to an old campaign. */
  judgeCampaigns(sinceMs: number): News {
    const { survey, stored } = this.#deps;
    const rows = this.#flags.all(sinceMs - LONGEST_CAMPAIGN_MS);
    const numbers = new Map(rows.map((row) => [identity(row), row.user]));
    const findings = campaignsOf(rows.map(flagOf), survey.settings).filter(({ atMs }) => atMs >= sinceMs);
    return stored.compareCampaigns(sinceMs, findings, (finding) => numbers.get(identity(finding)));
  }
}

function identity({ source, userId }: Pick<FlagRow, 'source' | 'userId'>): string {
  return JSON.stringify([source, userId]);
}

function flagOf(row: FlagRow): Flag {
  const { user, person, source, userId, userName, rule, severity, at, prefix, asn, client, sessions } = row;
  return {
    person: person ?? `user ${user}`,
    source,
    userId,
    userName,
    rule: ruleId.parse(rule),
    severity: valueOf(severities, severity),
    atMs: at,
    infrastructure: { prefix, asn, client },
    sessions: JSON.parse(sessions) as string[],
  };
}
