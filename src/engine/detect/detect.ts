import { raiseForAdministrators } from './admin-in-new-context.ts';
import { caseOf } from './case.ts';
import { catalogue } from './catalogue.ts';
import type { Detection, NotEvaluable, PersonFacts, RuleFinding, Sighting } from './facts.ts';
import { noOrganisation, type Organisation } from './organisation.ts';
import { isMoment } from './moment.ts';
import { collectUnjudged, ignored, type Unjudged } from './not-evaluable.ts';
import type { Rule } from './rule.ts';
import { defaultSettings, type DetectSettings } from './settings.ts';
import { createSurvey, type Survey } from './survey.ts';
import { readable } from './tell.ts';
import { userNameOf } from './words.ts';
import { compareText } from '../text-order.ts';

/**
 * Runs every rule over one person. Pure and total: the same facts in any order give the same findings in the same
 * order, and no fact makes it throw. O(n log n) in the number of sightings.
 */
export function detect(
  facts: PersonFacts,
  settings: DetectSettings = defaultSettings,
  organisation: Organisation = noOrganisation,
): Detection {
  const collectors = new Map(catalogue.map((rule) => [rule, collectUnjudged(rule.id)]));
  const inOrder = { ...facts, sightings: facts.sightings.filter(isMoment).sort(byTimeThenId) };
  const unjudgedBy = (rule: Rule) => collectors.get(rule) ?? ignored;
  const findings = judge(inOrder, createSurvey(settings), organisation, unjudgedBy);
  const unjudged = [...collectors.values()].flatMap((collector) => collector.list());
  return {
    findings: findings.map((finding) => readable(finding, userNameOf(facts, finding))),
    notEvaluable: [...unreadable(facts), ...unjudged],
  };
}

/**
 * The findings alone, O(n), for facts that are in order: by `toMs`, then id; without the words that are told when they are read. One
 * survey serves all the people that are judged under its settings.
 */
export function findingsOf(
  facts: PersonFacts,
  survey: Survey,
  organisation: Organisation = noOrganisation,
): readonly RuleFinding[] {
  const isReadable = facts.sightings.every(isMoment);
  const readable = isReadable ? facts : { ...facts, sightings: facts.sightings.filter(isMoment) };
  return judge(readable, survey, organisation, () => ignored);
}

function judge(
  facts: PersonFacts,
  survey: Survey,
  organisation: Organisation,
  unjudgedBy: (rule: Rule) => Unjudged,
): readonly RuleFinding[] {
  const person = caseOf(withoutOwnPolls(facts), survey, organisation);
  const findings = catalogue
    .flatMap((rule) => rule.judge(person, unjudgedBy(rule)))
    .filter(({ atMs }) => person.isJudged(atMs))
    .sort(byTimeThenKey);
  return raiseForAdministrators(findings, facts);
}

/** Our own requests leave traces too. */
function withoutOwnPolls(facts: PersonFacts): PersonFacts {
  if (!facts.sightings.some(({ isOwnPoll }) => isOwnPoll)) return facts;
  return { ...facts, sightings: facts.sightings.filter(({ isOwnPoll }) => !isOwnPoll) };
}

/** What has no readable time can't be put in order, so no rule gets to see it. */
function unreadable({ sightings }: PersonFacts): readonly NotEvaluable[] {
  const ids = sightings.filter((sighting) => !isMoment(sighting)).map(({ id }) => id);
  if (ids.length === 0) return [];
  return catalogue.map(({ id }) => ({
    rule: id,
    sightings: ids.sort(),
    reason: 'The time is no readable date.',
  }));
}

function byTimeThenId(a: Sighting, b: Sighting): number {
  return a.toMs - b.toMs || compareText(a.id, b.id);
}

function byTimeThenKey(a: RuleFinding, b: RuleFinding): number {
  return a.atMs - b.atMs || compareText(a.dedupeKey, b.dedupeKey);
}
