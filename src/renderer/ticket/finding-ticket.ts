import type { Finding } from '../../contract/finding.ts';
import { ruleName } from '../badge/rule-name.ts';
import { sightingsOf } from '../evidence/sightings-of.ts';
import { utcTime } from '../text/times.ts';
import { decisionLines } from './decision-lines.ts';
import { part, sightingLine, told, toldExplanation } from './ticket-text.ts';

/** A finding as plain text that stands on its own in a ticket or a mail: what, who, when in UTC, why, from where. */
export function findingTicket(finding: Finding): string {
  const { id, title, severity, state, rule, at, userName, userId, source, incident } = finding;
  return [
    told(title),
    `${severity}, ${state}. ${ruleName(rule)} (${rule}), ${utcTime(at)}`,
    `User: ${told(userName ?? userId)} (${told(userId)}) at ${told(source)}`,
    ...(finding.suppressedBy === null ? [] : [`Suppressed: ${told(finding.suppressedBy)}`]),
    ...decisionLines(finding),
    ...part('Why', toldExplanation(finding.explanation)),
    ...part(
      'Seen',
      sightingsOf([finding]).map(({ end }) => sightingLine(end)),
    ),
    ...part('Sessions', finding.sessions),
    '',
    `Sessionscope finding ${id}${incident === null ? '' : `, incident ${incident}`}`,
  ].join('\n');
}
