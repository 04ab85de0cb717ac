import type { Severity } from '../../../contract/rules.ts';
import type { Case } from '../case.ts';
import { OwnLogins, type OwnCounts } from '../days/own-logins.ts';
import { loginsOf } from '../days/score-logins.ts';
import { rounded, sightingEvidence, type SightingEvidence } from '../evidence.ts';
import type { RuleFinding, Sighting } from '../facts.ts';
import { featureOf } from '../features.ts';
import { findingOf } from '../finding.ts';
import { freemanScore, highestFreemanScore, type FreemanScore } from '../freeman.ts';
import type { Background } from '../organisation.ts';
import type { Rule } from '../rule.ts';
import { addressName, deviceName, moment, percent, personName } from '../words.ts';
import { contributionWords, type Contribution } from '../unlikely-words.ts';

/**
 * A login that hardly fits the user while it fits others (detections 4.7 and 5): its Freeman score is in the top 0.5 % of
 * what the source's logins scored in the 30 settled days before. A ranking, so there is always something at the top: one
 * such finding is a hint, and it counts together with others.
 *
 * Can't judge: sources without settled days, or with fewer than 200 scored logins. The first login of a user has no score.
 * Low when the device or the network is known for the person, info when both are: that somebody travels with his own laptop, or
 * has a new one at home, is rare and no news.
 */
export const unlikelyLogin: Rule = {
  id: 'unlikely-login',
  cannotJudge: [
    'sources whose logins go back less than two days, or of which fewer than 200 were scored in 30 days',
  ],
  lowered: [
    'the device or the network is known for the person: low',
    'the device and the network are both known: info',
  ],
  settings: [
    'unlikely.topShare',
    'unlikely.minScores',
    'unlikely.sampledUsers',
    'unlikely.weights',
    'organisation.normDays',
  ],
  judge(person, unjudged) {
    const { facts, organisation } = person;
    const findings: RuleFinding[] = [];
    for (const user of facts.users) {
      const logins = loginsOf(facts, user);
      if (logins.length < 2) continue;
      const own = new OwnLogins(logins);
      for (const [place, login] of logins.entries()) {
        if (!person.isJudged(login.toMs)) continue;
        const background = organisation.background(login.source, login.toMs);
        const unlikelyFrom = background?.unlikelyFrom ?? null;
        if (background === null || unlikelyFrom === null) {
          unjudged.add(background === null ? NO_DAYS : FEW_SCORES, login);
          continue;
        }
        const counts = own.before(place);
        // Most users do what they always do: then nothing anybody else did can make a login unlikely.
        if (counts === null || highestFreemanScore(counts.alone(background)) < unlikelyFrom) continue;
        const score = freemanScore(counts.against(background));
        if (score.logRisk >= unlikelyFrom)
          findings.push(unlikelyFinding(login, score, counts, background, person));
      }
    }
    return findings;
  },
};

const NO_DAYS = 'Nothing is known of the logins of others: no day of this source is settled.';
const FEW_SCORES = 'Too few logins of this source were scored in the 30 days before to say what is unlikely.';

export type UnlikelyLoginEvidence = {
  readonly sighting: SightingEvidence;
  /** Natural logarithm of the score, and from where on the top 0.5 % begins. */
  readonly logRisk: number;
  readonly unlikelyFrom: number;
  readonly contributions: readonly Contribution[];
  readonly ownLogins: number;
  readonly allLogins: number;
  readonly users: number;
};

function unlikelyFinding(
  login: Sighting,
  score: FreemanScore,
  counts: OwnCounts,
  background: Background,
  person: Case,
): RuleFinding {
  const { facts, baseline } = person;
  const { toMs } = login;
  const full = counts.against(background);
  const contributions = contributionWords(score, full);
  const known = knownParts(login, person);
  const evidence: UnlikelyLoginEvidence = {
    sighting: sightingEvidence(login),
    logRisk: rounded(score.logRisk, 3),
    unlikelyFrom: background.unlikelyFrom ?? 0,
    contributions,
    ownLogins: full.ownLogins,
    allLogins: full.allLogins,
    users: full.users,
  };
  return findingOf({
    rule: 'unlikely-login',
    about: login,
    severity: severityByKnown[known.length] ?? 'medium',
    key: [login.id],
    sessions: [login.sessionKey],
    atMs: toMs,
    title: `Unlikely login: ${contributions[0]?.title ?? 'it fits others better'}`,
    explanation: [
      `${personName(facts, login)} logged in at ${moment(toMs)} from ${addressName(login)} with ${deviceName(login.device)}.`,
      `Compared with the ${full.ownLogins.toLocaleString('en')} earlier logins of this user and the ${full.allLogins.toLocaleString('en')} logins of everybody in 90 days, largest first:`,
      ...contributions.map(({ words }) => words),
      `How sure: it ranks among the ${percent(0.005)} least likely logins of the source in the 30 days before; that is a rank and no probability.`,
      ...(known.length === 0 ? [] : [`Known for this person: ${known.join(' and ')}, which lowers it.`]),
      'What would make it wrong: a new device, a journey or a new provider of the user’s own.',
    ],
    evidence,
    isLearning: !baseline.mature(toMs),
    suppressedBy: null,
  });
}

/** By how many of device and network are known. */
const severityByKnown: readonly Severity[] = ['medium', 'low', 'info'];

function knownParts(login: Sighting, { baseline, survey }: Case): readonly string[] {
  const isKnown = (feature: 'device' | 'asn') => {
    const value = featureOf(feature, login, survey);
    return value !== null && baseline.known(feature, value, login.toMs);
  };
  return [...(isKnown('device') ? ['the device'] : []), ...(isKnown('asn') ? ['the network'] : [])];
}
