import { detourFinding } from '../detour-finding.ts';
import type { Rule } from '../rule.ts';
import { toldDetours } from '../told-detours.ts';

/**
 * A person comes out of the Tor network (detections 4.2), by what was known of the address at that time. Fires without any
 * history, once and again after each day without Tor: the exit changes all the time, so it is never the person's own.
 *
 * Can't judge: unknown networks.
 */
export const torExit: Rule = {
  id: 'tor-exit',
  cannotJudge: ['unknown networks', 'times that are unknown or known to be wrong'],
  lowered: ['more of it within 24 hours: not told again'],
  settings: ['network.toldAgainAfterMs', 'learning'],
  judge(person, unjudged) {
    return toldDetours('tor-exit', person, unjudged).map((detour) =>
      detourFinding(
        detour,
        {
          severity: 'high',
          isFromTheStart: true,
          why: [
            'Tor hides who is behind an address; few people sign in to work that way, and many attackers do.',
            detour.isFirst
              ? 'In the 90 days before, the person was not seen there.'
              : 'The person was seen there before, in the last 90 days.',
            'How sure: exits are listed publicly; the address was known as one at that time.',
          ],
          wrong: 'a person who uses the Tor browser on principle, or a list that was out of date.',
        },
        person,
      ),
    );
  },
};
