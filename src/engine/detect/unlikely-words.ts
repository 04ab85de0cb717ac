import type { freemanLevels } from './days/own-logins.ts';
import { rounded } from './evidence.ts';
import type { FeatureCounts, FreemanCounts, FreemanScore } from './freeman.ts';
import { percent } from './words.ts';

/** What one feature adds to a Freeman score. */
export type Contribution = {
  readonly feature: 'network' | 'client' | 'user';
  /** Natural logarithm; negative: it speaks for the user. */
  readonly logRisk: number;
  /** A few words for the title. */
  readonly title: string;
  /** A sentence with the numbers. */
  readonly words: string;
};

/** Each feature's contribution in words, the largest first. */
export function contributionWords(score: FreemanScore, counts: FreemanCounts): readonly Contribution[] {
  const [ip, agent] = counts.features;
  const share = counts.ownLogins / counts.allLogins;
  const all: readonly Contribution[] = [
    contribution('network', 'Where it came from', score.features[0], ip, counts, names.ip),
    contribution('client', 'What was used', score.features[1], agent, counts, names.agent),
    {
      feature: 'user',
      logRisk: rounded(score.user, 3),
      title: 'a user who seldom logs in',
      words: `How often this user logs in ${factorWords(score.user)}: ${percent(share)} of all logins are of one of ${counts.users.toLocaleString('en')} users.`,
    },
  ];
  return all.toSorted((a, b) => b.logRisk - a.logRisk);
}

const names = {
  ip: { ip: 'this address', asn: 'this network (ASN)', country: 'this country' },
  agent: {
    agent: 'this very user agent',
    browser: 'this version of the browser',
    os: 'this version of the system',
    device: 'this type of device',
  },
} satisfies {
  [Feature in keyof typeof freemanLevels]: Record<(typeof freemanLevels)[Feature][number], string>;
};

function contribution(
  feature: 'network' | 'client',
  subject: string,
  logRisk: number | undefined,
  counts: FeatureCounts | undefined,
  { ownLogins, allLogins }: FreemanCounts,
  levelNames: Readonly<Record<string, string>>,
): Contribution {
  const risk = logRisk ?? 0;
  const parts = Object.values(levelNames).map((name, level) => {
    const { own = 0, all = 0 } = counts?.levels[level] ?? {};
    return `${name} at ${own} of ${ownLogins} own logins and ${percent(all / Math.max(allLogins, 1))} of everybody’s`;
  });
  return {
    feature,
    logRisk: rounded(risk, 3),
    title: feature === 'network' ? 'from an unusual network' : 'with an unusual client',
    words: `${subject} ${factorWords(risk)}: ${parts.join(', ')}.`,
  };
}

/** `makes it 12 times as likely to be somebody else`. */
function factorWords(logRisk: number): string {
  const factor = Math.exp(Math.abs(logRisk));
  const times = factor < 10 ? factor.toFixed(1) : Math.round(factor).toLocaleString('en');
  return logRisk >= 0 ? `raises the risk ${times} times` : `lowers the risk ${times} times`;
}
