import type { FactsUser, PersonFacts, Sighting } from '../facts.ts';
import { freemanScore } from '../freeman.ts';
import { untimedReason } from '../not-evaluable.ts';
import type { Background } from '../organisation.ts';
import { defaultSettings } from '../settings.ts';
import { isLogin } from './attempt.ts';
import { OwnLogins } from './own-logins.ts';

/** The successful logins of one user of a person, in time order, with believable times. */
export function loginsOf({ sightings, nowMs }: PersonFacts, user: FactsUser): readonly Sighting[] {
  return sightings.filter(
    (sighting) =>
      sighting.userId === user.userId &&
      sighting.source === user.source &&
      isLogin(sighting, { tellsLogins: user.tellsLogins === true }) &&
      !sighting.isOwnPoll &&
      sighting.isQuarantined !== true &&
      untimedReason(sighting, nowMs, defaultSettings) === null,
  );
}

/** Freeman scores of a user's logins from a moment on; a first login has none. */
export function scoresOf(
  logins: readonly Sighting[],
  fromMs: number,
  background: Background,
): readonly number[] {
  const own = new OwnLogins(logins);
  const scores: number[] = [];
  for (const [place, { toMs }] of logins.entries()) {
    if (toMs < fromMs) continue;
    const counts = own.before(place);
    if (counts !== null) scores.push(freemanScore(counts.against(background)).logRisk);
  }
  return scores;
}
