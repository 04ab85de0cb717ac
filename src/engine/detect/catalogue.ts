import type { Rule } from './rule.ts';
import { impossibleTravel } from './rules/impossible-travel.ts';
import { newCountry } from './rules/new-country.ts';
import { sessionDeviceChange } from './rules/session-device-change.ts';
import { sessionNetworkChange } from './rules/session-network-change.ts';
import { unlikelyLogin } from './rules/unlikely-login.ts';

/** Every rule there is. A new one is a file in `rules/`, a line here and its id in the contract. */
export const catalogue: readonly Rule[] = [
  impossibleTravel,
  newCountry,
  sessionDeviceChange,
  sessionNetworkChange,
  unlikelyLogin,
];
