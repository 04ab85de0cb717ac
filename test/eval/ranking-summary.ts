import type { AttackRecord } from './attack-record.ts';
import { attackKinds, type AttackKind } from './company/history.ts';
import { reauthenticationAt, recallAbove, thresholdAt, type Reauthentication } from './measure/ranking.ts';
import type { Share } from './measure/share.ts';
import type { Count } from './evaluate.ts';
import type { Scored } from './scores.ts';

/** How well an order of logins by suspicion tells attacks from honest logins. */
export type RankingSummary = {
  readonly name: string;
  readonly recallAt1Percent: Recall;
  readonly recallAt01Percent: Recall;
  readonly at90: Reauthentication;
  readonly at99: Reauthentication;
};

/** The share of attacks above all but so many benign logins. */
export type Recall = { readonly all: Share; readonly kinds: Readonly<Record<AttackKind, Share>> };

export function rankingSummary(
  name: string,
  { benign: scores, attacks: highest }: Scored,
  { attacks, logins }: Pick<Count, 'attacks' | 'logins'>,
): RankingSummary {
  const benign = { scores, ...logins };
  const scoresOf = (is: (record: AttackRecord) => boolean) =>
    [...attacks].filter(([, record]) => is(record)).map(([id]) => highest.get(id) ?? 0);
  const all = scoresOf(() => true);
  const recallAt = (rate: number): Recall => {
    const threshold = thresholdAt({ benign }, rate);
    const kinds = attackKinds.map((kind) => [
      kind,
      recallAbove(
        scoresOf((record) => record.kind === kind),
        threshold,
      ),
    ]);
    // Object.fromEntries forgets the keys' type; all of them are there.
    return { all: recallAbove(all, threshold), kinds: Object.fromEntries(kinds) as Recall['kinds'] };
  };
  const ranking = { benign, attacks: all };
  return {
    name,
    recallAt1Percent: recallAt(0.01),
    recallAt01Percent: recallAt(0.001),
    at90: reauthenticationAt(ranking, 0.9),
    at99: reauthenticationAt(ranking, 0.99),
  };
}
