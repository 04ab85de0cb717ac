import { assumptions } from './company/assumptions.ts';
import type { Summary } from './summary.ts';
import {
  byHistory,
  byKind,
  bySpeed,
  causesOf,
  comparison,
  count,
  hardCaseTable,
  isHeard,
  rankingKindTable,
  rankingTable,
  ruleTable,
  silentOf,
  table,
} from './tables.ts';
import { targetsOf } from './targets.ts';

/** A run with what it found: what `--json` writes and `--docs-from` reads. */
export type Results = {
  readonly command: string;
  readonly startedAt: string;
  readonly machine: string;
  readonly seeds: { readonly name: string; readonly list: readonly number[] };
  readonly companies: { readonly company: Summary; readonly service: Summary };
};

/** The results as Markdown, every number in it from the run. */
export function reportOf(results: Results): string {
  const { company, service } = results.companies;
  return [
    `${results.machine}; ${results.startedAt.slice(0, 16).replace('T', ' ')} UTC; \`${results.command}\`; ` +
      `${results.seeds.name} seeds ${results.seeds.list.join(', ')}.`,
    '',
    '### What it must show',
    '',
    table(
      ['what', 'value', 'floor', 'goal', 'met', '95 % interval, and what it rests on'],
      targetsOf(company, service).map(({ what, value, floor, goal, met, note }) => [
        what,
        value,
        floor,
        goal,
        met,
        note,
      ]),
    ),
    '',
    ...sectionOf('A company', company),
    ...sectionOf('A public service', service),
    '### The peers, as they are rebuilt',
    '',
    ...company.detectors
      .filter(({ group }) => group === 'peer')
      .map(({ name, source }) => `- **${name}**: ${source}.`),
    '',
    '### What the made-up world assumes',
    '',
    ...assumptions.map((line) => `- ${line}`),
    '',
  ].join('\n');
}

function sectionOf(title: string, summary: Summary): readonly string[] {
  const { users, benignLogins, sightings, attacks, detectors } = summary;
  const rules = detectors.filter(({ group }) => group === 'rule');
  const compared = detectors.filter(({ group }) => group !== 'rule');
  const attackCount = Object.values(attacks).reduce((sum, count) => sum + count, 0);
  return [
    `### ${title}`,
    '',
    `${count(users)} accounts, ${count(benignLogins)} benign logins that count, ${count(sightings)} sightings, ${count(attackCount)} attacks; ` +
      `${count(summary.sightingsPerSecond)} sightings a second of processor time through our rules, at most ${summary.peakHeapMb} MB of heap.`,
    '',
    'Compared, each at its own thresholds; recall is the share of attacks with at least one alarm:',
    '',
    comparison(compared, summary),
    '',
    'By kind of attack:',
    '',
    byKind([...compared, ...rules.filter(isHeard)]),
    '',
    'By number of logins before the attack (all attacks; impossible journeys):',
    '',
    byHistory(compared),
    '',
    'Impossible journeys by how fast one would have had to be:',
    '',
    bySpeed(compared),
    '',
    'False alarms by what is special about an account (an account may be of several kinds):',
    '',
    hardCaseTable(summary),
    '',
    'Our rules one by one:',
    '',
    ruleTable(rules.filter(isHeard), summary),
    '',
    ...silentOf(rules),
    '',
    'As rankings, where every rate of false alarms can be had:',
    '',
    rankingTable(summary.rankings),
    '',
    'Their recall by kind of attack; a stolen session has no login that could be scored:',
    '',
    rankingKindTable(summary.rankings),
    '',
    ...causesOf(rules),
  ];
}
