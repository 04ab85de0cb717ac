import type { Rule } from './rule.ts';
import { concurrentDistantSessions } from './rules/concurrent-distant-sessions.ts';
import { countryHop } from './rules/country-hop.ts';
import { countryPolicy } from './rules/country-policy.ts';
import { dormantCountry } from './rules/dormant-country.ts';
import { hostingNetwork } from './rules/hosting-network.ts';
import { impossibleTravel } from './rules/impossible-travel.ts';
import { listedIp } from './rules/listed-ip.ts';
import { newCountry } from './rules/new-country.ts';
import { newCountryForOrganisation } from './rules/new-country-for-organisation.ts';
import { newNetwork } from './rules/new-network.ts';
import { privateIp } from './rules/private-ip.ts';
import { relayOrSatellite } from './rules/relay-or-satellite.ts';
import { sessionDeviceChange } from './rules/session-device-change.ts';
import { sessionNetworkChange } from './rules/session-network-change.ts';
import { torExit } from './rules/tor-exit.ts';
import { vpnOrProxy } from './rules/vpn-or-proxy.ts';

/** Every rule there is, in the order of the contract. A new one is a file in `rules/`, a line here and its id in the contract. */
export const catalogue: readonly Rule[] = [
  impossibleTravel,
  concurrentDistantSessions,
  countryHop,
  newCountry,
  newCountryForOrganisation,
  dormantCountry,
  countryPolicy,
  newNetwork,
  hostingNetwork,
  vpnOrProxy,
  torExit,
  relayOrSatellite,
  listedIp,
  privateIp,
  sessionDeviceChange,
  sessionNetworkChange,
];
