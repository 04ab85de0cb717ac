import type { Detection, RuleFinding } from '../facts.ts';
import { collectUnjudged, ignored, type Unjudged } from '../not-evaluable.ts';
import { readable } from '../tell.ts';
import { dayCatalogue } from './catalogue.ts';
import type { Day, DayGlance, DayRule } from './day.ts';

/** Runs every rule that looks at many users over a day. Pure and total, as `detect` is over a person. */
export function detectDay(day: Day): Detection {
  const collectors = new Map(dayCatalogue.map((rule) => [rule, collectUnjudged(rule.id)]));
  const findings = judge(day, (rule) => collectors.get(rule) ?? ignored);
  return {
    findings: findings.map((finding) => readable(finding, day.names.get(finding.userId) ?? null)),
    notEvaluable: [...collectors.values()].flatMap((collector) => collector.list()),
  };
}

/** The findings alone. */
export function dayFindingsOf(day: Day): readonly RuleFinding[] {
  return judge(day, () => ignored);
}

/** Whether any rule may find something on a day of which so much is known. */
export function mayFind(glance: DayGlance): boolean {
  return dayCatalogue.some((rule) => rule.mayFind(glance));
}

function judge(day: Day, unjudgedBy: (rule: DayRule) => Unjudged): readonly RuleFinding[] {
  return dayCatalogue.flatMap((rule) => rule.judge(day, unjudgedBy(rule))).sort(byTimeThenKey);
}

function byTimeThenKey(a: RuleFinding, b: RuleFinding): number {
  return a.atMs - b.atMs || (a.dedupeKey < b.dedupeKey ? -1 : Number(a.dedupeKey > b.dedupeKey));
}
