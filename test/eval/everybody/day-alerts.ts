import type { ManyUsersEvidence } from '../../../src/engine/detect/days/accounts.ts';
import { dayFindingsOf } from '../../../src/engine/detect/days/detect-day.ts';
import { countedValue } from '../../../src/engine/detect/days/tally.ts';
import { utcDay } from '../../../src/engine/detect/days/utc-day.ts';
import type { RuleFinding, Sighting } from '../../../src/engine/detect/facts.ts';
import { prefixOfSighting } from '../../../src/engine/detect/features.ts';
import { defaultSettings } from '../../../src/engine/detect/settings.ts';
import { createSurvey } from '../../../src/engine/detect/survey.ts';
import { userAgentWithoutVersions } from '../../../src/engine/enrich/user-agent-similarity.ts';
import type { Alert } from '../detector.ts';
import { alertOf } from '../our-rules.ts';
import type { Attempts } from './attempts.ts';
import type { Everybody } from './organisation.ts';

/** What rules about many users say of every day of a company, by the user whose finding it is. */
export function dayAlertsOf(
  { byDay, users }: Attempts,
  { history, organisation }: Everybody,
): ReadonlyMap<string, readonly Alert[]> {
  const survey = createSurvey(defaultSettings);
  const names = new Map(users.map(({ user }) => [user.userId, user.userName]));
  const alerts = new Map<string, Alert[]>();
  for (const [day, today] of byDay) {
    const attempts = [...(byDay.get(day - 1) ?? []), ...today].map(({ sighting }) => sighting);
    const findings = dayFindingsOf({
      source: 'app',
      day,
      attempts,
      names,
      history,
      organisation,
      survey,
      settings: survey.settings,
      isToday: (atMs) => utcDay(atMs) === day,
    });
    for (const finding of findings) {
      const alert = alertOf(finding, subjectsOf(finding, attempts));
      const known = alerts.get(finding.userId);
      if (known === undefined) alerts.set(finding.userId, [alert]);
      else known.push(alert);
    }
  }
  return alerts;
}

/** What attempts that a finding tells of have in common: evidence has one of these. */
const shared: Readonly<Record<string, (attempt: Sighting) => string | null>> = {
  ip: ({ ip }) => ip,
  prefix: prefixOfSighting,
  asn: (attempt) => countedValue('asn', attempt),
  client: ({ userAgent }) => (userAgent === null ? null : userAgentWithoutVersions(userAgent)),
};

/** The evidence names one attempt; the finding is about all that share with it what it names, from its beginning to its end. */
function subjectsOf({ evidence, userId }: RuleFinding, attempts: readonly Sighting[]): readonly string[] {
  // What every finding about many users shows: see `manyUsersFinding`.
  const { from, to, accounts, sighting } = evidence as ManyUsersEvidence;
  const [fromMs, toMs] = [Date.parse(from ?? ''), Date.parse(to ?? '')];
  const [feature, valueOf] =
    Object.entries(shared).find(([name]) => typeof evidence[name] === 'string') ?? [];
  const among = attempts.filter((attempt) => {
    const isShared = feature !== undefined && valueOf?.(attempt) === evidence[feature];
    const isOneOf = accounts > 1 || attempt.userId === userId;
    return isShared && isOneOf && attempt.toMs >= fromMs && attempt.toMs <= toMs;
  });
  return [...new Set([...among.map(({ id }) => id), sighting.sighting])];
}
