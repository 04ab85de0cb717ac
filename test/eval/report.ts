import { assumptions } from './company/assumptions.ts';
import { attackKinds } from './company/history.ts';
import { historyBuckets } from './measure/ranking.ts';
import type { Share } from './measure/share.ts';
import type { DetectorSummary, RankingSummary, Summary } from './summary.ts';
import { percent, perAnalystDay, targetsOf } from './targets.ts';

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
      `${count(summary.sightingsPerSecond)} sightings a second through our rules, at most ${summary.peakHeapMb} MB of heap.`,
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
    ruleTable(rules.filter(isHeard)),
    '',
    ...silentOf(rules),
    '',
    'As rankings, where every rate of false alarms can be had:',
    '',
    rankingTable(summary.rankings),
    '',
    ...causesOf(rules),
  ];
}

function comparison(detectors: readonly DetectorSummary[], summary: Summary): string {
  return table(
    [
      'detector',
      'impossible journeys found',
      'false alarms per 10,000 benign logins',
      'alarms per 1,000 logins',
      'alarms per analyst-day',
      'incidents per analyst-day',
      'hours to detect: median, slowest tenth',
    ],
    detectors.map((detector) => [
      detector.name,
      shareCell(detector.impossible),
      `${per10k(detector.falseAlarms.value)} (${per10k(detector.falseAlarms.low)} – ${per10k(detector.falseAlarms.high)})`,
      ((1000 * detector.falseAlarmCount) / Math.max(1, summary.benignLogins)).toFixed(2),
      perAnalystDay(detector.falseAlarmCount, summary).toFixed(1),
      perAnalystDay(detector.falseIncidents, summary).toFixed(1),
      hoursCell(detector),
    ]),
  );
}

function byKind(detectors: readonly DetectorSummary[]): string {
  return table(
    ['detector', ...attackKinds],
    detectors.map(({ name, kinds }) => [name, ...attackKinds.map((kind) => shareCell(kinds[kind]))]),
  );
}

function byHistory(detectors: readonly DetectorSummary[]): string {
  return table(
    [
      'detector',
      ...historyBuckets.map((bucket) => `all, ${bucket}`),
      ...historyBuckets.map((bucket) => `impossible, ${bucket}`),
    ],
    detectors.map((detector) => [
      detector.name,
      ...historyBuckets.map((bucket) => shareCell(detector.byHistory[bucket])),
      ...historyBuckets.map((bucket) => shareCell(detector.impossibleByHistory[bucket])),
    ]),
  );
}

function bySpeed(detectors: readonly DetectorSummary[]): string {
  const bands = detectors[0]?.impossibleBySpeed.map(([band]) => band) ?? [];
  return table(
    ['detector', ...bands, 'told at all, learning and suppressed too'],
    detectors.map(({ name, impossibleBySpeed, impossibleTold }) => [
      name,
      ...impossibleBySpeed.map(([, share]) => shareCell(share)),
      shareCell(impossibleTold),
    ]),
  );
}

function ruleTable(rules: readonly DetectorSummary[]): string {
  return table(
    [
      'rule',
      'attacks found',
      'false alarms per 10,000 benign logins',
      'false alarms by severity',
      'about benign sightings: learning, suppressed, info',
      'about attacks: learning, suppressed, info',
    ],
    rules.map(({ name, kinds, falseAlarms, severities, quiet }) => {
      const found = attackKinds.reduce((sum, kind) => sum + kinds[kind].hits, 0);
      const { learning, suppressed, info } = quiet;
      return [
        name,
        count(found),
        `${per10k(falseAlarms.value)} (${per10k(falseAlarms.low)} – ${per10k(falseAlarms.high)})`,
        Object.entries(severities)
          .map(([severity, number]) => `${count(number)} ${severity}`)
          .join(', '),
        [learning.benign, suppressed.benign, info.benign].map(count).join(', '),
        [learning.attack, suppressed.attack, info.attack].map(count).join(', '),
      ];
    }),
  );
}

function hardCaseTable({ hardCases }: Summary): string {
  return table(
    ['account', 'accounts', 'false alarms of all rules per 10,000 benign logins', 'of impossible-travel'],
    hardCases.map(({ trait, accounts, all, travel }) => [
      trait,
      count(accounts),
      per10k(all),
      per10k(travel),
    ]),
  );
}

function silentOf(rules: readonly DetectorSummary[]): readonly string[] {
  const silent = rules.filter((rule) => !isHeard(rule)).map(({ name }) => name);
  return silent.length === 0 ? [] : [`Without a finding here: ${silent.join(', ')}.`];
}

/** Whether a rule said anything at all. */
function isHeard({ alarms, quiet }: DetectorSummary): boolean {
  return alarms > 0 || Object.values(quiet).some(({ benign, attack }) => benign + attack > 0);
}

function rankingTable(rankings: readonly RankingSummary[]): string {
  return table(
    [
      'ranking by',
      'recall at 1 % false positives',
      'at 0.1 %',
      'asked again at TPR 90: all logins, median user',
      'at TPR 90 by logins before: 0, 1–4, ≥ 5',
      'asked again at TPR 99: all logins, median user',
    ],
    rankings.map(({ name, recallAt1Percent, recallAt01Percent, at90, at99 }) => [
      name,
      percent(recallAt1Percent),
      percent(recallAt01Percent),
      `${percent(at90.all)}, ${percent(at90.median)}`,
      historyBuckets.map((bucket) => percent(at90.byHistory[bucket])).join(', '),
      `${percent(at99.all)}, ${percent(at99.median)}`,
    ]),
  );
}

/** Where the false alarms of the travel rule come from: what the two lines truly were. */
function causesOf(rules: readonly DetectorSummary[]): readonly string[] {
  const travel = rules.find(({ name }) => name === 'impossible-travel');
  if (travel === undefined || travel.causes.length === 0) return [];
  const causes = travel.causes.map(([cause, number]) => `${cause} ${count(number)}`).join(' · ');
  return [`False alarms of impossible-travel by what the lines truly were: ${causes}.`, ''];
}

function hoursCell({ hoursToDetect: { median, p90 } }: DetectorSummary): string {
  return median === null || p90 === null ? '–' : `${median.toFixed(1)}, ${p90.toFixed(1)}`;
}

function shareCell({ value, low, high, of }: Share): string {
  return of === 0 ? '–' : `${percent(value)} (${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)})`;
}

function per10k(rate: number): string {
  return (10_000 * rate).toFixed(2);
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
