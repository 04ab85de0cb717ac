import { ruleCatalogue, type RuleInput } from '../../contract/rule-catalogue.ts';
import type { Capabilities } from '../../contract/source.ts';

/** A rule that can't be evaluated at a source, and why. Not evaluable is never "fine". */
export type Gap = { readonly rule: string; readonly why: string };

/** Which rules a source gives no input for, with the first input that is missing. */
export function rulesNotEvaluable(can: Capabilities): readonly Gap[] {
  return Object.entries(ruleCatalogue).flatMap(([rule, { inputs }]) => {
    const why = inputs.map((input) => LACKS[input](can)).find((reason) => reason !== null);
    return why === undefined ? [] : [{ rule, why }];
  });
}

/** Why a source can't tell an input; null when it can. */
const LACKS: Record<RuleInput, (can: Capabilities) => string | null> = {
  place: (can) =>
    can.ip === 'none' && (can.geo === 'none' || can.geo === 'country')
      ? 'It tells neither addresses nor places that are fine enough.'
      : null,
  country: (can) =>
    can.ip === 'none' && can.geo === 'none' ? 'It tells neither addresses nor countries.' : null,
  ip: lacksAddresses,
  asn: lacksAddresses,
  device: (can) => (can.hasRawUserAgent || can.hasParsedDevice ? null : 'It tells no device.'),
  userAgent: (can) => (can.hasRawUserAgent ? null : 'It tells no user agents.'),
  outcomes: (can) => (can.history === 'events' ? null : 'It tells of no failed logins.'),
  steadySessions: (can) =>
    can.idStability === 'reconnects'
      ? 'A session gets a new id at each reconnect, so a change can’t be told from a new session.'
      : null,
  start: () => null,
  expiry: (can) => (can.hasExpiry ? null : 'It does not tell when sessions expire.'),
  lastSeen: (can) =>
    can.lastSeen === 'good' ? null : 'It does not tell, or not finely enough, when a session was last used.',
  userState: (can) => (can.canListUsers ? null : 'It does not tell whether a user still exists.'),
  revocations: (can) =>
    can.canRevokeOne || can.canRevokeUser || can.canRevokeOthers ? null : 'It has no way to end a session.',
};

function lacksAddresses({ ip }: Capabilities): string | null {
  return ip === 'none' ? 'It tells no addresses.' : null;
}
