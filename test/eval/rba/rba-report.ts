import { count, shareCell, table } from '../tables.ts';
import type { RbaSummary } from './evaluate-rba.ts';

/** What the labels of the RBA data set allow to say, as Markdown. */
export function rbaReportOf({ users, oneIn, logins, rules, rankings }: RbaSummary): string {
  const sample = oneIn === 1 ? 'all users' : `one user in ${count(oneIn)}, and everybody who was taken over`;
  return [
    '### The RBA data set',
    '',
    `${count(users)} accounts (${sample}), ${count(logins.honest)} successful logins without a label, ${count(logins['attack-ip'])} from ` +
      `addresses labelled as attackers’, ${count(logins.takeover)} labelled as takeovers. Countries, cities and times of the data set are not ` +
      'real: only rules that compare for equality are looked at. What is unlabelled is not known to be honest.',
    '',
    table(
      [
        'rule',
        'takeovers alarmed',
        'takeovers told at all',
        'attack addresses alarmed',
        'other logins alarmed',
      ],
      rules.map(({ name, takeovers, takeoversTold, attackIps, honest }) => [
        name,
        ...[takeovers, takeoversTold, attackIps, honest].map(shareCell),
      ]),
    ),
    '',
    table(
      ['ranking by', 'takeovers at 1 % of other logins', 'at 0.1 %', 'attack addresses at 1 %', 'at 0.1 %'],
      rankings.map(({ name, takeovers, attackIps }) => [
        name,
        ...[...takeovers, ...attackIps].map(shareCell),
      ]),
    ),
    '',
  ].join('\n');
}
