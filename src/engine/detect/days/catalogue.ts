import type { DayRule } from './day.ts';
import { credentialStuffing } from './rules/credential-stuffing.ts';
import { manyUsersOneClient } from './rules/many-users-one-client.ts';
import { manyUsersOneNetwork } from './rules/many-users-one-network.ts';
import { passwordSpray } from './rules/password-spray.ts';
import { userAgentRotation } from './rules/user-agent-rotation.ts';

/** Every rule that looks at many users. A new one is a file in `rules/`, a line here and its id in the contract. */
export const dayCatalogue: readonly DayRule[] = [
  userAgentRotation,
  credentialStuffing,
  passwordSpray,
  manyUsersOneNetwork,
  manyUsersOneClient,
];
