import { attackKinds } from './company/history.ts';
import { historyBuckets } from './measure/ranking.ts';
import type { Share } from './measure/share.ts';
import type { RankingSummary } from './ranking-summary.ts';
import type { DetectorSummary, Summary } from './summary.ts';
import { percent, perAnalystDay } from './targets.ts';

/** Everybody at their own thresholds. */
export function comparison(detectors: readonly DetectorSummary[], summary: Summary): string {
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

export function byKind(detectors: readonly DetectorSummary[]): string {
  return table(
    ['detector', ...attackKinds],
    detectors.map(({ name, kinds }) => [name, ...attackKinds.map((kind) => shareCell(kinds[kind]))]),
  );
}

export function byHistory(detectors: readonly DetectorSummary[]): string {
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

export function bySpeed(detectors: readonly DetectorSummary[]): string {
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

export function ruleTable(rules: readonly DetectorSummary[], summary: Summary): string {
  return table(
    [
      'rule',
      'attacks found',
      'by it alone',
      'false alarms per 10,000 benign logins',
      'false alarms by severity',
      'false incidents per analyst-day: by itself, alerted to by it alone',
      'on lists to clean up',
      'about benign sightings: learning, suppressed, info',
      'about attacks: learning, suppressed, info',
    ],
    rules.map(({ name, kinds, falseAlarms, severities, falseIncidents, alone, tidying, quiet }) => {
      const found = attackKinds.reduce((sum, kind) => sum + kinds[kind].hits, 0);
      const { learning, suppressed, info } = quiet;
      return [
        name,
        count(found),
        count(alone.attacks),
        `${per10k(falseAlarms.value)} (${per10k(falseAlarms.low)} – ${per10k(falseAlarms.high)})`,
        Object.entries(severities)
          .map(([severity, number]) => `${count(number)} ${severity}`)
          .join(', '),
        [falseIncidents, alone.falseIncidents]
          .map((number) => perAnalystDay(number, summary).toFixed(2))
          .join(', '),
        count(tidying),
        [learning.benign, suppressed.benign, info.benign].map(count).join(', '),
        [learning.attack, suppressed.attack, info.attack].map(count).join(', '),
      ];
    }),
  );
}

export function hardCaseTable({ hardCases }: Summary): string {
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

export function silentOf(rules: readonly DetectorSummary[]): readonly string[] {
  const silent = rules.filter((rule) => !isHeard(rule)).map(({ name }) => name);
  return silent.length === 0 ? [] : [`Without a finding here: ${silent.join(', ')}.`];
}

/** Whether a rule said anything at all. */
export function isHeard({ alarms, tidying, quiet }: DetectorSummary): boolean {
  return alarms + tidying > 0 || Object.values(quiet).some(({ benign, attack }) => benign + attack > 0);
}

export function rankingTable(rankings: readonly RankingSummary[]): string {
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
      shareCell(recallAt1Percent.all),
      shareCell(recallAt01Percent.all),
      `${percent(at90.all)}, ${percent(at90.median)}`,
      historyBuckets.map((bucket) => percent(at90.byHistory[bucket])).join(', '),
      `${percent(at99.all)}, ${percent(at99.median)}`,
    ]),
  );
}

export function rankingKindTable(rankings: readonly RankingSummary[]): string {
  return table(
    ['ranking by', 'false positives', ...attackKinds],
    rankings.flatMap(({ name, recallAt1Percent, recallAt01Percent }) => [
      [name, '1 %', ...attackKinds.map((kind) => shareCell(recallAt1Percent.kinds[kind]))],
      [name, '0.1 %', ...attackKinds.map((kind) => shareCell(recallAt01Percent.kinds[kind]))],
    ]),
  );
}

/** Where the false alarms of the travel rule come from: what the two lines truly were. */
export function causesOf(rules: readonly DetectorSummary[]): readonly string[] {
  const travel = rules.find(({ name }) => name === 'impossible-travel');
  if (travel === undefined || travel.causes.length === 0) return [];
  const causes = travel.causes.map(([cause, number]) => `${cause} ${count(number)}`).join(' · ');
  return [`False alarms of impossible-travel by what the lines truly were: ${causes}.`, ''];
}

function hoursCell({ hoursToDetect: { median, p90 } }: DetectorSummary): string {
  return median === null || p90 === null ? '–' : `${median.toFixed(1)}, ${p90.toFixed(1)}`;
}

export function shareCell({ value, low, high, of }: Share): string {
  return of === 0 ? '–' : `${percent(value)} (${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)})`;
}

function per10k(rate: number): string {
  return (10_000 * rate).toFixed(2);
}

export function count(value: number): string {
  return value.toLocaleString('en');
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
