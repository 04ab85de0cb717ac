import { OwnLogins } from '../../src/engine/detect/days/own-logins.ts';
import { loginsOf as ownLogins } from '../../src/engine/detect/days/score-logins.ts';
import type { FactsUser, PersonFacts } from '../../src/engine/detect/facts.ts';
import { freemanScore } from '../../src/engine/detect/freeman.ts';
import type { Organisation } from '../../src/engine/detect/organisation.ts';
import { loginsOf, trip } from './baselines/logins.ts';
import type { BenignLogin } from './benign-logins.ts';
import type { History } from './company/history.ts';
import { isTidying, type Alert } from './detector.ts';
import { combined } from './measure/incidents.ts';

/** By sighting id, the more the more suspicious; what is left out scores 0. */
export type Scores = ReadonlyMap<string, number>;

/** Of each sighting what its open and learning findings are worth together; lists to clean up say nothing of a login. */
export function findingScores(alerts: readonly Alert[]): Scores {
  const bySighting = new Map<string, Alert[]>();
  for (const alert of alerts) {
    if (alert.state === 'suppressed' || isTidying(alert)) continue;
    for (const id of alert.sightings) {
      const known = bySighting.get(id);
      if (known === undefined) bySighting.set(id, [alert]);
      else known.push(alert);
    }
  }
  return new Map([...bySighting].map(([id, list]) => [id, combined(list)]));
}

/**
 * The speed since the login before, in km/h: what the peers' rules compare with their thresholds, here as a ranking, so that
 * they can be seen at any rate of false alarms and not only at their own.
 */
export function speedScores(facts: PersonFacts): Scores {
  const logins = loginsOf(facts);
  const scores = new Map<string, number>();
  for (const [at, after] of logins.entries()) {
    const before = logins[at - 1];
    if (before !== undefined) scores.set(after.id, trip(before, after, 1 / 3600).kmPerHour);
  }
  return scores;
}

/**
 * The Freeman score of each login, whatever `unlikely-login` makes of it; 0 for a first login, which has none. Not the logarithm,
 * which is below 0 for most.
 */
export function freemanScores(facts: PersonFacts, user: FactsUser, organisation: Organisation): Scores {
  const logins = ownLogins(facts, user);
  const own = new OwnLogins(logins);
  const scores = new Map<string, number>();
  for (const [place, { id, toMs }] of logins.entries()) {
    const background = organisation.background(user.source, toMs);
    const counts = own.before(place);
    if (background !== null && counts !== null)
      scores.set(id, Math.exp(freemanScore(counts.against(background)).logRisk));
  }
  return scores;
}

/** A ranking in the making: the score of each benign login, and for each attack the highest of its sightings. */
export type Scored = { readonly benign: number[]; readonly attacks: Map<string, number> };

/** Adds one account. */
export function addScores(
  scored: Scored,
  scores: Scores,
  { benign, truths }: { readonly benign: readonly BenignLogin[]; readonly truths: History['truths'] },
): void {
  for (const { id } of benign) scored.benign.push(scores.get(id) ?? 0);
  for (const [id, { attack }] of truths) {
    if (attack === null) continue;
    scored.attacks.set(attack, Math.max(scored.attacks.get(attack) ?? 0, scores.get(id) ?? 0));
  }
}
