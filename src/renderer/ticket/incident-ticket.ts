import type { Finding } from '../../contract/finding.ts';
import type { IncidentDetail } from '../../contract/incident.ts';
import { sightingsOf } from '../evidence/sightings-of.ts';
import { utcTime } from '../text/times.ts';
import { decisionLines } from './decision-lines.ts';
import { part, sightingLine, told, toldExplanation, toldLines } from './ticket-text.ts';

/** An incident as plain text that stands on its own in a ticket or a mail; `findings` are those it is made of, as far as loaded. */
export function incidentTicket(incident: IncidentDetail, findings: readonly Finding[]): string {
  const { id, title, severity, score, state, userName, userId, source, assignee } = incident;
  const missing = incident.findings - findings.length;
  return [
    `${id}: ${told(title)}`,
    `${severity}, score ${score}, ${state}, assigned to ${assignee === null ? 'nobody' : told(assignee)}`,
    `User: ${told(userName ?? userId)} (${told(userId)}) at ${told(source)}`,
    `From ${utcTime(incident.firstAt)} to ${utcTime(incident.lastAt)}`,
    ...decisionLines(incident),
    ...part('Findings', [
      ...findings.flatMap(({ at, severity: weight, title: what, state: stands, explanation }) => [
        `${utcTime(at)} [${weight}, ${stands}] ${told(what)}`,
        ...toldExplanation(explanation).map((line) => `  ${line}`),
      ]),
      ...(missing > 0 ? [`and ${missing.toLocaleString()} more in Sessionscope`] : []),
    ]),
    ...part(
      'Seen',
      sightingsOf(findings).map(({ end }) => sightingLine(end)),
    ),
    ...part('Sessions', incident.sessions),
    ...part(
      'Notes',
      incident.noteTexts.flatMap(({ at, by, text }) => [
        `${utcTime(at)}, ${told(by)}`,
        ...toldLines(text).map((line) => `  ${line}`),
      ]),
    ),
    '',
    `Sessionscope incident ${id}`,
  ].join('\n');
}
