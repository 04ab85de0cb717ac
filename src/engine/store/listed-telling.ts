import type { Finding } from '../../contract/finding.ts';
import type { RuleId } from '../../contract/rules.ts';
import type { RuleFinding } from '../detect/facts.ts';
import { isoTime } from '../detect/moment.ts';
import type { SessionListEvidence } from '../detect/session-list.ts';
import { isKey, keyBytes, keyText, PACKED_BYTES } from '../query/key-bytes.ts';
import { isStorable, listedDevices, listLines, storedValue, toldValue } from './evidence-lines.ts';
import { WholeNumbers, writeWhole } from './whole-numbers.ts';

/** Begins what is stored so: a block of a kind that deflate does not know, and none of the other tellings'. */
const LISTED = 0b1110;
const DAY_MS = 86_400_000;
const LISTED_AS = 'key,startedAt,device,since';

/** How a session stands: began and was listed whole days later, or any time later; or nobody knows when it began. */
const [BY_DAYS, BY_MS, NO_START] = [0, 1, 2] as const;

/** Behind the sessions: names of their devices that have no number, and the other values of the evidence. */
type Rest = readonly [names: readonly string[], ...values: unknown[]];
type ListedSession = SessionListEvidence['sessions'][number];
type ListEvidence = RuleFinding['evidence'] & SessionListEvidence;

/** Of several lines of a rule the last. */
const lineOf: ReadonlyMap<RuleId, number> = new Map(listLines.map(([rule], at) => [rule, at]));
const numberOfDevice: ReadonlyMap<string, number> = new Map(listedDevices.map((name, at) => [name, at + 1]));

/**
 * The telling of a finding whose evidence is a list of sessions, in fewer bytes than deflated: keys as the bits they are, moments
 * by how far they are from the finding's, and a line of values without names.
 *
 * @returns null where the evidence has another shape than its rule's line says
 */
export function listedTelling({ rule, words, evidence, atMs }: RuleFinding): Buffer | null {
  const line = lineOf.get(rule);
  const fields = line === undefined ? undefined : listLines[line]?.[1];
  if (line === undefined || fields === undefined || words !== null || !isList(evidence)) return null;
  const others = Object.keys(evidence).slice(2);
  const isOfShape =
    others.length === fields.length &&
    fields.every(({ name, as }, at) => name === others[at] && isStorable(evidence[name], as));
  if (!isOfShape) return null;
  const names: string[] = [];
  const bytes = [LISTED];
  for (const number of [line, evidence.count, evidence.sessions.length]) writeWhole(bytes, number);
  for (const session of evidence.sessions) writeSession(bytes, session, atMs, names);
  const rest: Rest = [names, ...fields.map(({ name, as }) => storedValue(evidence[name], as, atMs))];
  return Buffer.concat([Buffer.from(bytes), Buffer.from(JSON.stringify(rest))]);
}

/** Whether stored bytes are of `listedTelling`. */
export function isListedTelling(telling: Uint8Array): boolean {
  return telling[0] === LISTED;
}

/** The evidence that `listedTelling` stored of a finding at `atMs`. */
export function listedEvidence(telling: Buffer, atMs: number): Finding['evidence'] {
  const numbers = new WholeNumbers(telling, 1);
  const fields = listLines[numbers.next()]?.[1];
  if (fields === undefined)
    throw new Error('A finding has a list of a shape that this version does not know.');
  const count = numbers.next();
  const sessions = Array.from({ length: numbers.next() }, () => readSession(telling, numbers, atMs));
  const [names, ...values] = JSON.parse(telling.toString('utf8', numbers.at)) as Rest;
  const others = fields.map(({ name, as }, at) => [name, toldValue(values[at], as, atMs)] as const);
  // Plain values: evidence is what JSON can say.
  return {
    count,
    sessions: sessions.map(({ key, startedAt, device, since }) => {
      return { key, startedAt, device: deviceOf(device, names), since };
    }),
    ...Object.fromEntries(others),
  };
}

function writeSession(
  bytes: number[],
  { key, startedAt, device, since }: ListedSession,
  atMs: number,
  names: string[],
): void {
  bytes.push(...keyBytes(key));
  const startedMs = startedAt === null ? null : Date.parse(startedAt);
  const afterMs = Date.parse(since ?? '') - (startedMs ?? atMs);
  const kind = startedMs === null ? NO_START : afterMs % DAY_MS === 0 ? BY_DAYS : BY_MS;
  writeWhole(bytes, kind);
  if (startedMs !== null) writeWhole(bytes, atMs - startedMs);
  writeWhole(bytes, kind === BY_DAYS ? afterMs / DAY_MS : afterMs);
  const number = device === null ? 0 : numberOfDevice.get(device);
  writeWhole(bytes, number ?? -names.length - 1);
  if (number === undefined && device !== null) names.push(device);
}

function readSession(telling: Buffer, numbers: WholeNumbers, atMs: number) {
  const key = keyText(telling.subarray(numbers.at, numbers.at + PACKED_BYTES));
  numbers.at += PACKED_BYTES;
  const kind = numbers.next();
  const startedMs = kind === NO_START ? null : atMs - numbers.next();
  const after = numbers.next();
  const sinceMs = (startedMs ?? atMs) + (kind === BY_DAYS ? after * DAY_MS : after);
  return { key, startedAt: isoTime(startedMs), since: isoTime(sinceMs), device: numbers.next() };
}

function deviceOf(number: number, names: readonly string[]): string | null {
  if (number === 0) return null;
  return (number > 0 ? listedDevices[number - 1] : names[-number - 1]) ?? null;
}

function isList(evidence: RuleFinding['evidence']): evidence is ListEvidence {
  const [first, second] = Object.keys(evidence);
  const { count, sessions } = evidence as Partial<SessionListEvidence>;
  return (
    first === 'count' &&
    second === 'sessions' &&
    Number.isSafeInteger(count) &&
    Array.isArray(sessions) &&
    (sessions as readonly ListedSession[]).every(isListed)
  );
}

/** A session that is listed is so since some moment. */
function isListed(session: ListedSession): boolean {
  return isKey(session.key) && session.since !== null && Object.keys(session).join() === LISTED_AS;
}
