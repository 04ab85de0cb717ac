import type { RuleId, Severity } from '../../contract/rules.ts';
import type { Infrastructure, RuleFinding } from './facts.ts';
import { wordsIn } from './finding.ts';
import { isoTime } from './moment.ts';
import type { Rule } from './rule.ts';
import type { DetectSettings } from './settings.ts';
import { moment, plural, quoted, userNamed } from './words.ts';
import { compareText } from '../text-order.ts';

/** A finding as campaigns see it: who was flagged, when, and where it came from. */
export type Flag = {
  /** The person where one is known, else the user: who counts once. */
  readonly person: string;
  readonly source: string;
  readonly userId: string;
  readonly userName: string | null;
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly atMs: number;
  readonly infrastructure: Infrastructure;
  readonly sessions: readonly string[];
};

export type CampaignEvidence = {
  readonly prefix: string | null;
  readonly asn: number | null;
  readonly client: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly users: readonly {
    readonly source: string;
    readonly userId: string;
    readonly userName: string | null;
  }[];
  readonly rules: readonly RuleId[];
};

/** What is to be said of it where rules are explained; it is made of findings, and no rule over facts. */
export const campaign: Pick<Rule, 'id' | 'cannotJudge' | 'lowered' | 'settings'> = {
  id: 'campaign',
  cannotJudge: ['findings whose address and network are not known'],
  lowered: ['findings of less than medium severity, and those about tidying up: not counted'],
  settings: ['campaign'],
};

/** What tells of work to tidy up, or of our own collecting, and of no attacker. */
const cleanUp: ReadonlySet<RuleId> = new Set<RuleId>([
  'campaign',
  'clock-problem',
  'idle-session',
  'never-expiring-session',
  'old-session',
  'private-ip',
  'session-outlives-user',
  'too-many-sessions',
]);
const ranks: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

/**
 * Three or more users are flagged within a day from one prefix, or from one provider with one kind of client (detections
 * 4.7): one attacker, many accounts. Only findings of at least medium count: what is merely new (a device, a network) happens to
 * three people of an office on any day. The finding goes to the user who was flagged first, and names the sessions of all.
 * The same flags in any order give the same findings.
 */
export function campaignsOf(flags: readonly Flag[], settings: DetectSettings): readonly RuleFinding[] {
  const limits = settings.campaign;
  const counted = flags
    .filter(
      ({ rule, severity }) =>
        !cleanUp.has(rule) && ranks.indexOf(severity) >= ranks.indexOf(limits.leastSeverity),
    )
    .toSorted(byTime);
  const byPrefix = trailsOf(counted, ({ prefix }) => prefix, limits.withinMs);
  const byClient = trailsOf(
    counted,
    ({ asn, client }) => (asn === null || client === null ? null : JSON.stringify([asn, client])),
    limits.withinMs,
  );
  const found = byPrefix.filter((trail) => isCampaign(trail, limits));
  const told = found.map((trail) => new Set(trail));
  const wider = byClient.filter(
    (trail) =>
      isCampaign(trail, limits) && !told.some((flagsOfOne) => trail.every((flag) => flagsOfOne.has(flag))),
  );
  return [
    ...found.map((trail) => campaignFinding('prefix', trail)),
    ...wider.map((trail) => campaignFinding('client', trail)),
  ].flatMap((finding) => finding ?? []);
}

type Trail = readonly Flag[];

/** Flags that share where they came from, broken where nothing was flagged for longer than a day. */
function trailsOf(
  flags: readonly Flag[],
  traceOf: (infrastructure: Infrastructure) => string | null,
  withinMs: number,
): readonly Trail[] {
  const open = new Map<string, Flag[]>();
  const trails: Flag[][] = [];
  for (const flag of flags) {
    const trace = traceOf(flag.infrastructure);
    if (trace === null) continue;
    const trail = open.get(trace);
    if (trail !== undefined && flag.atMs - (trail.at(-1)?.atMs ?? 0) < withinMs) {
      trail.push(flag);
    } else {
      const begun = [flag];
      open.set(trace, begun);
      trails.push(begun);
    }
  }
  return trails;
}

/** Whether enough people were flagged within some stretch of a day. */
function isCampaign(trail: Trail, { users, withinMs }: DetectSettings['campaign']): boolean {
  const counts = new Map<string, number>();
  let first = 0;
  for (const { person, atMs } of trail) {
    counts.set(person, (counts.get(person) ?? 0) + 1);
    for (let old = trail[first]; old !== undefined && old.atMs <= atMs - withinMs; old = trail[first]) {
      const left = (counts.get(old.person) ?? 0) - 1;
      if (left > 0) counts.set(old.person, left);
      else counts.delete(old.person);
      first += 1;
    }
    if (counts.size >= users) return true;
  }
  return false;
}

function campaignFinding(kind: 'prefix' | 'client', trail: Trail): RuleFinding | null {
  const [first] = trail;
  const last = trail.at(-1);
  if (first === undefined || last === undefined) return null;
  const { prefix, asn, client } = first.infrastructure;
  const shared = kind === 'prefix' ? { prefix, asn: null, client: null } : { prefix: null, asn, client };
  const users = [
    ...new Map(trail.map((flag) => [JSON.stringify([flag.source, flag.userId]), flag])).values(),
  ];
  const rules = [...new Set(trail.map(({ rule }) => rule))].sort();
  const where = kind === 'prefix' ? (prefix ?? '') : `AS${asn ?? 0} with ${quoted(client ?? '')}`;
  const evidence: CampaignEvidence = {
    ...shared,
    from: isoTime(first.atMs),
    to: isoTime(last.atMs),
    users: users.map(({ source, userId, userName }) => ({ source, userId, userName })),
    rules,
  };
  return {
    rule: 'campaign',
    dedupeKey: JSON.stringify(['campaign', kind, kind === 'prefix' ? prefix : [asn, client], first.atMs]),
    severity: 'critical',
    source: first.source,
    userId: first.userId,
    sessions: [...new Set(trail.flatMap(({ sessions }) => sessions))],
    atMs: first.atMs,
    infrastructure: shared,
    words: wordsIn({
      title: `Campaign: ${plural(users.length, 'user')} flagged from ${where}`,
      explanation: [
        `Between ${moment(first.atMs)} and ${moment(last.atMs)} ${users.length} users were flagged from ${where}: ${users
          .slice(0, 5)
          .map((flag) => userNamed(flag))
          .join(', ')}${users.length > 5 ? ` and ${users.length - 5} more` : ''}.`,
        `How sure: the findings are of ${plural(rules.length, 'rule')} (${rules.join(', ')}); that they share where they come from is what this one adds.`,
        `The finding stands at ${quoted(first.userName ?? first.userId)}, who was flagged first; it names the sessions of all.`,
        'What would make it wrong: an office, a gateway or a carrier that these people share.',
      ],
    }),
    evidence,
    state: 'open',
    suppressedBy: null,
  };
}

function byTime(a: Flag, b: Flag): number {
  return a.atMs - b.atMs || compareText(identity(a), identity(b));
}

function identity({ source, userId, rule, sessions }: Flag): string {
  return JSON.stringify([source, userId, rule, sessions]);
}
