import { scoreBySeverity } from '../../src/contract/rules.ts';
import { findingsOf } from '../../src/engine/detect/detect.ts';
import type { PersonFacts, RuleFinding } from '../../src/engine/detect/facts.ts';
import { noOrganisation, type Organisation } from '../../src/engine/detect/organisation.ts';
import { defaultSettings } from '../../src/engine/detect/settings.ts';
import { createSurvey } from '../../src/engine/detect/survey.ts';
import type { Alert, Detector } from './detector.ts';

/** Whatever rules about one person the catalogue holds, with the settings they ship with. */
export function ourRules(organisation: Organisation = noOrganisation): Detector {
  const survey = createSurvey(defaultSettings);
  return {
    name: 'Sessionscope, all rules',
    source: 'src/engine/detect, default settings',
    judge: (facts) =>
      findingsOf(facts, survey, organisation).map((finding) => alertOf(finding, subjectsOf(finding, facts))),
  };
}

/** @param sightings ids of those that the finding is about, the one that set it off last */
export function alertOf(finding: RuleFinding, sightings: readonly string[]): Alert {
  const { rule, severity, state, atMs, sessions, infrastructure } = finding;
  // Without words and evidence: a company's alerts are kept until all of them are known.
  const groupable = { rule, severity, state, atMs, sessions, infrastructure };
  return { rule, severity, state, atMs, score: scoreBySeverity[severity], sightings, finding: groupable };
}

/** The sightings that the evidence names; where it names none, those at the finding's moment or of its sessions. */
function subjectsOf(
  { evidence, atMs, sessions }: RuleFinding,
  { sightings }: PersonFacts,
): readonly string[] {
  const named = [...namedIn(evidence)];
  if (named.length > 0) return named;
  const now = sightings.filter(({ toMs }) => toMs === atMs);
  const about = now.length > 0 ? now : sightings.filter(({ sessionKey }) => isOneOf(sessionKey, sessions));
  return about.map(({ id }) => id);
}

function isOneOf(sessionKey: string | null, sessions: readonly string[]): boolean {
  return sessionKey !== null && sessions.includes(sessionKey);
}

function* namedIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    for (const item of value) yield* namedIn(item);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, part] of Object.entries(value)) {
      if (key === 'sighting' && typeof part === 'string') yield part;
      else if (key === 'sightings' && Array.isArray(part)) yield* part.filter((id) => typeof id === 'string');
      else yield* namedIn(part);
    }
  }
}
