import { learnBaseline } from './baseline.ts';
import { catalogue } from './catalogue.ts';
import type { Detection, NotEvaluable, PersonFacts, RuleFinding, Sighting } from './facts.ts';
import { isMoment } from './moment.ts';
import { defaultSettings, type DetectSettings } from './settings.ts';

/**
 * Runs every rule over one person. Pure and total: the same facts in any order give the same findings in the same
 * order, and no fact makes it throw. O(n log n) in the number of sightings.
 */
export function detect(facts: PersonFacts, settings: DetectSettings = defaultSettings): Detection {
  const ready = readyFacts(facts);
  const baseline = learnBaseline(ready, settings);
  const answers = catalogue.map((rule) => rule.judge(ready, baseline, settings));
  return {
    findings: answers
      .flatMap((answer) => answer.findings)
      .filter((finding) => finding.atMs >= facts.nowMs - settings.judgedMs)
      .sort(byTimeThenKey),
    notEvaluable: [...unreadable(facts), ...answers.flatMap((answer) => answer.notEvaluable)],
  };
}

/** Sorted as the rules expect it, without what our own polling left behind and without unreadable times. */
function readyFacts(facts: PersonFacts): PersonFacts {
  const sightings = facts.sightings
    .filter((sighting) => !sighting.isOwnPoll && isMoment(sighting))
    .sort(byTimeThenId);
  return { ...facts, sightings };
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

/** By code unit, the same on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
