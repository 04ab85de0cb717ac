import type { Rule } from './rule.ts';
import { browserRollback } from './rules/browser-rollback.ts';
import { bruteForce } from './rules/brute-force.ts';
import { clockProblem } from './rules/clock-problem.ts';
import { contradictoryUserAgent } from './rules/contradictory-user-agent.ts';
import { distributedBruteForce } from './rules/distributed-brute-force.ts';
import { dormantAccountAwakes } from './rules/dormant-account-awakes.ts';
import { firstLoginFromAnonymizer } from './rules/first-login-from-anonymizer.ts';
import { idleSession } from './rules/idle-session.ts';
import { impossibleTravel } from './rules/impossible-travel.ts';
import { loginBurst } from './rules/login-burst.ts';
import { neverExpiringSession } from './rules/never-expiring-session.ts';
import { newCountry } from './rules/new-country.ts';
import { newDevice } from './rules/new-device.ts';
import { newOsOrBrowser } from './rules/new-os-or-browser.ts';
import { oldSession } from './rules/old-session.ts';
import { oneUserManyNetworks } from './rules/one-user-many-networks.ts';
import { outdatedClient } from './rules/outdated-client.ts';
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
import { unusualHour } from './rules/unusual-hour.ts';

/** Every rule there is, in the order of the contract. A new one is a file in `rules/`, a line here and its id in the contract. */
export const catalogue: readonly Rule[] = [
  impossibleTravel,
  newCountry,
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
  clockProblem,
];
