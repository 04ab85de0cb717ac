import { z } from 'zod';
import { eventOutcome } from '../../contract/event.ts';
import { networkKind, type NetworkKind } from '../../contract/place.ts';
import { networkOf } from '../enrich/network.ts';
import { anything, fieldProblem, isoMs, MAX_TEXT, textOrNull } from '../source/rows.ts';
import type { Line } from './lines.ts';
import type { PastLogin, PastLogins } from './past-login.ts';
import { statedPlace } from './stated-place.ts';

/**
 * Reads lines of `events-jsonl`: one JSON object each, of which `at`, `user` and `outcome` are needed and everything else
 * may be missing or nonsense. A line that can't be understood is rejected by itself, with a reason that repeats no value.
 */
export function parseEventLines(lines: readonly Line[]): PastLogins {
  const logins: PastLogin[] = [];
  const rejected: PastLogins['rejected'][number][] = [];
  for (const { number, text } of lines) {
    const parsed = text === null ? TOO_LONG : parseLine(text, number);
    if (typeof parsed === 'string') rejected.push({ index: number, reason: parsed });
    else logins.push(parsed);
  }
  return { logins, rejected };
}

export const TOO_LONG = 'it is longer than a megabyte';

/** What the line says, or why it can't be understood. */
function parseLine(text: string, number: number): PastLogin | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  const parsed = wire.safeParse(json);
  return parsed.success ? loginOf(parsed.data, number) : fieldProblem(parsed.error);
}

/** An id is never cut: two long ones would become one user. */
const userId = z.string().transform((value, context) => {
  const id = value.trim().toWellFormed();
  if (id === '') context.addIssue('is empty');
  if (id.length > MAX_TEXT.id) context.addIssue(`is longer than ${MAX_TEXT.id} characters`);
  return id;
});

const at = anything.transform((value, context) => {
  const atMs = isoMs(value);
  if (atMs !== null) return atMs;
  context.addIssue(
    'should be a time with its zone, such as "2026-11-20T12:00:00Z", in the years 2000 to 9999',
  );
  return z.NEVER;
});

const outcome = anything.transform((value, context) => {
  const known = eventOutcome.safeParse(value);
  if (known.success) return known.data;
  context.addIssue('should be "success", "failure" or "unknown"');
  return z.NEVER;
});

/** `label` is ground truth for evaluations: it is not even read. */
const wire = z.object({
  at,
  user: userId,
  outcome,
  userName: anything,
  ip: anything,
  userAgent: anything,
  sessionId: anything,
  deviceToken: anything,
  country: anything,
  region: anything,
  city: anything,
  lat: anything,
  lon: anything,
  accuracyKm: anything,
  asn: anything,
  org: anything,
  networkKinds: anything,
});

function loginOf(line: z.output<typeof wire>, number: number): PastLogin {
  const network = networkOf({ asn: line.asn, as_name: textOrNull(line.org, MAX_TEXT.name) });
  const { asn, org } = network.kind === 'value' ? network.value : { asn: null, org: null };
  return {
    line: number,
    atMs: line.at,
    user: { id: line.user, name: textOrNull(line.userName, MAX_TEXT.name) },
    outcome: line.outcome,
    ip: textOrNull(line.ip, MAX_TEXT.ip),
    userAgent: textOrNull(line.userAgent, MAX_TEXT.userAgent),
    sessionId: idOrNull(line.sessionId),
    deviceToken: idOrNull(line.deviceToken),
    place: statedPlace(line),
    network: { asn, org, kinds: kindsOf(line.networkKinds) },
    isCrowd: false,
  };
}

/** What is only hashed may have any length, and "unknown" may be one. */
function idOrNull(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** What others call network kinds (detections 2.1). */
const ALIASES: ReadonlyMap<string, NetworkKind> = new Map([
  ['corp', 'corporate'],
  ['mobile', 'cellular'],
  ['datacenter', 'hosting'],
  ['broadband', 'fixed'],
]);

/** Null where the line says nothing of it; an empty list says that none is known. */
function kindsOf(value: unknown): readonly NetworkKind[] | null {
  if (!Array.isArray(value)) return null;
  const words = new Set(value.map((word) => (typeof word === 'string' ? word.trim().toLowerCase() : '')));
  const said = new Set([...words].map((word) => ALIASES.get(word) ?? word));
  return networkKind.options.filter((kind) => said.has(kind));
}
