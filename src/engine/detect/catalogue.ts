import type { Rule } from './rule.ts';
import { browserRollback } from './rules/browser-rollback.ts';
import { bruteForce } from './rules/brute-force.ts';
import { clockProblem } from './rules/clock-problem.ts';
import { concurrentDistantSessions } from './rules/concurrent-distant-sessions.ts';
import { contradictoryUserAgent } from './rules/contradictory-user-agent.ts';
import { countryHop } from './rules/country-hop.ts';
import { countryPolicy } from './rules/country-policy.ts';
import { distributedBruteForce } from './rules/distributed-brute-force.ts';
import { dormantAccountAwakes } from './rules/dormant-account-awakes.ts';
import { dormantCountry } from './rules/dormant-country.ts';
import { firstLoginFromAnonymizer } from './rules/first-login-from-anonymizer.ts';
import { hostingNetwork } from './rules/hosting-network.ts';
import { idleSession } from './rules/idle-session.ts';
import { impossibleTravel } from './rules/impossible-travel.ts';
import { listedIp } from './rules/listed-ip.ts';
import { loginBurst } from './rules/login-burst.ts';
import { neverExpiringSession } from './rules/never-expiring-session.ts';
import { newCountry } from './rules/new-country.ts';
import { newCountryForOrganisation } from './rules/new-country-for-organisation.ts';
import { newDevice } from './rules/new-device.ts';
import { newNetwork } from './rules/new-network.ts';
import { newOsOrBrowser } from './rules/new-os-or-browser.ts';
import { oldSession } from './rules/old-session.ts';
import { oneUserManyNetworks } from './rules/one-user-many-networks.ts';
import { outdatedClient } from './rules/outdated-client.ts';
import { privateIp } from './rules/private-ip.ts';
import { relayOrSatellite } from './rules/relay-or-satellite.ts';
import { scriptedClient } from './rules/scripted-client.ts';
import { sessionAliveAfterRevoke } from './rules/session-alive-after-revoke.ts';
import { sessionDeviceChange } from './rules/session-device-change.ts';
import { sessionIpFanOut } from './rules/session-ip-fan-out.ts';
import { sessionNetworkChange } from './rules/session-network-change.ts';
import { sessionOutlivesUser } from './rules/session-outlives-user.ts';
import { sessionParallelUse } from './rules/session-parallel-use.ts';
import { sessionWithoutLogin } from './rules/session-without-login.ts';
import { successAfterFailures } from './rules/success-after-failures.ts';
import { tooManySessions } from './rules/too-many-sessions.ts';
import { torExit } from './rules/tor-exit.ts';
import { unlikelyLogin } from './rules/unlikely-login.ts';
import { unusualHour } from './rules/unusual-hour.ts';
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
  newDevice,
  newOsOrBrowser,
  browserRollback,
  outdatedClient,
  scriptedClient,
  contradictoryUserAgent,
  sessionDeviceChange,
  sessionNetworkChange,
  sessionIpFanOut,
  sessionParallelUse,
  sessionAliveAfterRevoke,
  sessionWithoutLogin,
  oldSession,
  neverExpiringSession,
  idleSession,
  tooManySessions,
  sessionOutlivesUser,
  bruteForce,
  distributedBruteForce,
  successAfterFailures,
  oneUserManyNetworks,
  loginBurst,
  dormantAccountAwakes,
  firstLoginFromAnonymizer,
  unusualHour,
  unlikelyLogin,
  clockProblem,
];
