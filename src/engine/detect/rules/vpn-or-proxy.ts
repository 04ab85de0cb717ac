import type { Case } from '../case.ts';
import { detourFinding, gatewayReason } from '../detour-finding.ts';
import type { Detour } from '../detours.ts';
import { isOnNewDevice } from '../device-news.ts';
import type { RuleFinding } from '../facts.ts';
import type { Rule } from '../rule.ts';
import { toldDetours } from '../told-detours.ts';

/**
 * A person comes through a VPN or proxy of a provider that is new for the person (detections 4.2): low, medium for who was not
 * seen with any in 90 days, high with a new device. Told once per provider for as long as it is used.
 *
 * Can't judge: unknown networks. Suppressed: the company's gateways and service accounts. Lower where the organisation
 * uses the provider.
 */
export const vpnOrProxy: Rule = {
  id: 'vpn-or-proxy',
  cannotJudge: ['unknown networks', 'times that are unknown or known to be wrong'],
  lowered: [
    'a gateway of the company, or a service account: suppressed',
    'a provider that five others of the organisation use: one step lower',
    'a provider that an analyst called known: not told',
  ],
  settings: ['organisation.commonUsers', 'organisation.commonDays', 'learning'],
  judge(person, unjudged) {
    return toldDetours('vpn-or-proxy', person, unjudged).map((detour) => vpnFinding(detour, person));
  },
};

function vpnFinding(detour: Detour, person: Case): RuleFinding {
  const isNewDevice = isOnNewDevice(detour.sighting, person.baseline);
  return detourFinding(
    detour,
    {
      severity: isNewDevice ? 'high' : detour.isFirst ? 'medium' : 'low',
      hasPrior: true,
      suppressedBy: gatewayReason(detour, person),
      why: [
        detour.isFirst
          ? 'In the 90 days before, the person was not seen behind any VPN or proxy.'
          : 'The person used others in the 90 days before, but not this provider.',
        ...(isNewDevice ? ['The device is new for this person too, which speaks for somebody else.'] : []),
        'How sure: that the network is one rests on databases, the source or a list; who is behind it, nobody can tell.',
      ],
      wrong:
        'a VPN the person switched on for privacy or travel, or a gateway of the company that is not tagged as one.',
    },
    person,
  );
}
