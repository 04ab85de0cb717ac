import type { Case } from '../case.ts';
import type { RuleFinding, SessionFacts } from '../facts.ts';
import { findingOf } from '../finding.ts';
import { isoTime } from '../moment.ts';
import type { Rule } from '../rule.ts';
import { deviceName, duration, moment, personName } from '../words.ts';

/** What a source is polled by where nobody says: doubt favours the source. */
const USUAL_POLL_MS = 15 * 60_000;

/**
 * A session is listed alive although its source accepted our revoke, more than two polls later (detections 4.4, H5): the revoke
 * did not work, or somebody brought the session back. Fires without any history.
 *
 * Silent within the grace of two polls. What is revoked is watched for 24 hours by every complete listing; whatever comes back
 * later is told as well.
 */
export const sessionAliveAfterRevoke: Rule = {
  id: 'session-alive-after-revoke',
  cannotJudge: ['sources that have no way to end a session'],
  lowered: ['the first two polls after the revoke: not told'],
  settings: ['sessionState.revokeGracePolls'],
  judge(person) {
    return (person.facts.sessions ?? [])
      .filter((session) => isAlive(session, person))
      .map((session) => aliveFinding(session, person));
  },
};

export type SessionAliveAfterRevokeEvidence = {
  readonly session: string;
  readonly revokedAt: string | null;
  readonly expiresAt: string | null;
  readonly lastSeenAt: string | null;
  readonly graceMinutes: number;
};

function isAlive({ revokedAtMs, lastListedAtMs, pollEveryMs }: SessionFacts, { settings }: Case): boolean {
  if (revokedAtMs === null) return false;
  return (
    lastListedAtMs > revokedAtMs + settings.sessionState.revokeGracePolls * (pollEveryMs ?? USUAL_POLL_MS)
  );
}

function aliveFinding(session: SessionFacts, { facts, settings }: Case): RuleFinding {
  const { key, source, userId, expiresAtMs, device = null } = session;
  const revokedAtMs = session.revokedAtMs ?? facts.nowMs;
  const graceMs = settings.sessionState.revokeGracePolls * (session.pollEveryMs ?? USUAL_POLL_MS);
  const evidence: SessionAliveAfterRevokeEvidence = {
    session: key,
    revokedAt: isoTime(revokedAtMs),
    expiresAt: isoTime(expiresAtMs),
    lastSeenAt: isoTime(session.lastSeenAtMs),
    graceMinutes: Math.round(graceMs / 60_000),
  };
  return findingOf({
    rule: 'session-alive-after-revoke',
    severity: 'critical',
    about: { source, userId, ip: null, network: null, device },
    key: [key, String(revokedAtMs)],
    sessions: [key],
    atMs: revokedAtMs + graceMs,
    title: 'Session is alive after its revocation',
    explanation: [
      `A session of ${personName(facts, session)}${device === null ? '' : ` with ${deviceName(device)}`} was revoked by ${moment(revokedAtMs)}, and the source accepted that. ` +
        `It was still listed as alive over ${duration(graceMs)} later.`,
      expiresAtMs === null
        ? 'The source does not say when it expires by itself.'
        : `Its access lives until ${moment(expiresAtMs)} unless it is ended.`,
      'How sure: a complete listing of the source shows it, and two polls were left for the revoke to work.',
      'What would make it wrong: a source that keeps ended sessions in its list. End it again, and by hand where that does not help.',
    ],
    evidence,
    isLearning: false,
    suppressedBy: null,
  });
}
