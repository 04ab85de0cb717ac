import { detourFinding, gatewayReason } from '../detour-finding.ts';
import type { Rule } from '../rule.ts';
import { toldDetours } from '../told-detours.ts';

/**
 * A person's session comes out of a data centre, from a provider that is new for the person (detections 4.2). Told once per
 * provider for as long as it is used.
 *
 * Can't judge: unknown networks. Suppressed: the company's gateways and service accounts. Lower where the organisation uses
 * the provider. Not told: scripts, which have a rule of their own, and data centres that are known as a VPN, Tor or a relay.
 */
export const hostingNetwork: Rule = {
  id: 'hosting-network',
  cannotJudge: ['unknown networks', 'times that are unknown or known to be wrong'],
  lowered: [
    'a gateway of the company, or a service account: suppressed',
    'a provider that five others of the organisation use: low',
    'a provider that an analyst called known: not told',
  ],
  settings: ['organisation.commonUsers', 'organisation.commonDays', 'learning'],
  judge(person, unjudged) {
    return toldDetours('hosting-network', person, unjudged).map((detour) =>
      detourFinding(
        detour,
        {
          severity: 'medium',
          hasPrior: true,
          suppressedBy: gatewayReason(detour, person),
          why: [
            'People sit at home or in an office; what comes out of a data centre is a rented machine, a tool or a VPN.',
            'How sure: it rests on the owner of the address range; the provider was not seen with this person in the 90 days before.',
          ],
          wrong:
            'a company gateway or a virtual desktop that is not tagged as one, or a robot of the person’s own.',
        },
        person,
      ),
    );
  },
};
