import type { RuleId } from '../../contract/rules.ts';
import { isCleanUp } from './clean-up.ts';
import type { Infrastructure } from './facts.ts';

/** What a finding tells of who left it behind. */
export type Traced = {
  readonly rule: RuleId;
  /** Keys of the sessions it is about. */
  readonly sessions: readonly string[];
  readonly infrastructure: Infrastructure;
};

/**
 * What findings of one person have in common when one attacker left them: an address block, a network entered with one kind
 * of client (who rents one machine rents the next), or the one session both are about (a stolen session is one, wherever
 * it is used from). A finding about several sessions names the victim's too, so these say nothing. Where neither address
 * nor network is known, the client alone has to do.
 *
 * Clean-up findings are a person's one list, and share nothing with attacks.
 */
export function traceKeys({ rule, sessions, infrastructure }: Traced): readonly string[] {
  if (isCleanUp(rule)) return ['clean-up'];
  const { prefix, asn, client } = infrastructure;
  const keys: string[] = [];
  if (prefix !== null) keys.push(`prefix ${prefix}`);
  if (asn !== null) keys.push(`network ${asn} ${client ?? ''}`);
  if (prefix === null && asn === null) keys.push(`client ${client ?? ''}`);
  const [session] = sessions;
  if (session !== undefined && sessions.length === 1) keys.push(`session ${session}`);
  return keys;
}
