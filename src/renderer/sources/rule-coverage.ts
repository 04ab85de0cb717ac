import type { RuleId } from '../../contract/rules.ts';
import type { Capabilities } from '../../contract/source.ts';

/** A rule that can't be evaluated at a source, and why. Not evaluable is never "fine". */
export type Gap = { readonly rule: string; readonly why: string };

/** Which rules a source gives no input for (`needs` of each rule against what the source tells). */
export function rulesNotEvaluable(can: Capabilities): readonly Gap[] {
  return Object.entries(NEEDS).flatMap(([rule, lacks]) => {
    const why = lacks(can);
    return why === null ? [] : [{ rule, why }];
  });
}

const NEEDS: Record<RuleId, (can: Capabilities) => string | null> = {
  'impossible-travel': (can) =>
    can.ip === 'none' && (can.geo === 'none' || can.geo === 'country')
      ? 'It tells neither addresses nor places that are fine enough.'
      : null,
  'session-device-change': (can) =>
    changes(can) ?? (can.hasRawUserAgent || can.hasParsedDevice ? null : 'It tells no device.'),
  'session-network-change': (can) => changes(can) ?? (can.ip === 'none' ? 'It tells no addresses.' : null),
  'new-country': (can) =>
    can.ip === 'none' && can.geo === 'none' ? 'It tells neither addresses nor countries.' : null,
};

/** Rules that watch one session over polls need it to keep its id. */
function changes(can: Capabilities): string | null {
  return can.idStability === 'reconnects'
    ? 'A session gets a new id at each reconnect, so a change can’t be told from a new session.'
    : null;
}
