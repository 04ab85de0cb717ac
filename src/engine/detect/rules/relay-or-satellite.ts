import { detourFinding } from '../detour-finding.ts';
import type { Rule } from '../rule.ts';
import { toldDetours } from '../told-detours.ts';

/**
 * A person comes through a privacy relay or a satellite (detections 4.2): no suspicion, but the place of the address is
 * not the person's, and no place rule may use it. Told once per provider for as long as it is used.
 *
 * Can't judge: unknown networks.
 */
export const relayOrSatellite: Rule = {
  id: 'relay-or-satellite',
  cannotJudge: ['unknown networks', 'times that are unknown or known to be wrong'],
  lowered: ['a provider that was seen with the person in the 90 days before: not told again'],
  settings: ['learning'],
  judge(person, unjudged) {
    return toldDetours('relay-or-satellite', person, unjudged).map((detour) =>
      detourFinding(
        detour,
        {
          severity: 'info',
          why: [
            'The place is unreliable: rules about places leave this out, and so should you.',
            'How sure: that the network is one rests on published lists of its addresses.',
          ],
          wrong: 'a provider that has lines of another kind under the same number.',
        },
        person,
      ),
    );
  },
};
