import { CsvError, parse } from 'csv-parse/sync';
import { networkOf } from '../enrich/network.ts';
import { isoMs, MAX_TEXT, textOrNull } from '../source/rows.ts';
import { TOO_LONG } from './events-jsonl.ts';
import type { Line } from './lines.ts';
import type { PastLogin, PastLogins } from './past-login.ts';
import { statedPlace } from './stated-place.ts';

/**
 * Columns of the "Login Data Set for Risk-Based Authentication" (Wiefling et al. 2022, doi 10.1145/3546069) that are read.
 * `Is Attack IP` and `Is Account Takeover` are labels and never looked at; the parsed browser, system and device are
 * left to our own reading of the user agent.
 */
const COLUMNS = {
  at: 'Login Timestamp',
  user: 'User ID',
  ip: 'IP Address',
  country: 'Country',
  region: 'Region',
  city: 'City',
  asn: 'ASN',
  userAgent: 'User Agent String',
  isSuccess: 'Login Successful',
} as const;
type Column = keyof typeof COLUMNS;

/** Stands in the data set for every name that is not known: 44.9 % of its rows, failures of many people. */
const UNKNOWN_NAMES = '-4324475583306591935';

/** The names in a header line; null when they are not those of the data set. */
export function rbaColumns(header: string): readonly string[] | null {
  const names = cellsOf(header);
  if (typeof names === 'string') return null;
  return Object.values(COLUMNS).every((name) => names.includes(name)) ? names : null;
}

/**
 * Reads lines of `rba-csv` by the names in its header. A record is one line: the data set has no line breaks in its cells,
 * and a quote that is never closed so spoils one record, not all that follow.
 */
export function parseRbaLines(lines: readonly Line[], names: readonly string[]): PastLogins {
  const logins: PastLogin[] = [];
  const rejected: PastLogins['rejected'][number][] = [];
  for (const { number, cells } of tabulate(lines)) {
    const parsed = typeof cells === 'string' ? cells : loginOf(cells, names, number);
    if (typeof parsed === 'string') rejected.push({ index: number, reason: parsed });
    else logins.push(parsed);
  }
  return { logins, rejected };
}

type Tabulated = { readonly number: number; readonly cells: readonly string[] | string };

/** All lines at once, which is several times faster; one by one where that does not come out even. */
function tabulate(lines: readonly Line[]): readonly Tabulated[] {
  const text = lines.map((line) => line.text).join('\n');
  const records = lines.some((line) => line.text === null) ? null : recordsOf(text);
  if (records !== null && typeof records !== 'string' && records.length === lines.length)
    return lines.map(({ number }, index) => ({ number, cells: records[index] ?? NOT_CSV }));
  return lines.map((line) => ({
    number: line.number,
    cells: line.text === null ? TOO_LONG : cellsOf(line.text),
  }));
}

const NOT_CSV = 'it is not a line of CSV';

/** The cells of one line, or why there are none. */
function cellsOf(line: string): readonly string[] | string {
  const records = recordsOf(line);
  if (typeof records === 'string') return records;
  return records.length === 1 ? (records[0] ?? NOT_CSV) : NOT_CSV;
}

function recordsOf(text: string): readonly (readonly string[])[] | string {
  try {
    return parse(text, { relax_column_count: true });
  } catch (error) {
    if (error instanceof CsvError) return NOT_CSV;
    throw error;
  }
}

/** What the record says, or why it can't be understood. */
function loginOf(cells: readonly string[], names: readonly string[], line: number): PastLogin | string {
  if (cells.length !== names.length) return `it has ${cells.length} columns, not ${names.length}`;
  const cell = (column: Column) => cells[names.indexOf(COLUMNS[column])] ?? '';
  const atMs = isoMs(`${cell('at').trim().replace(' ', 'T')}Z`);
  if (atMs === null) return `"${COLUMNS.at}" should be a time such as 2020-02-03 12:43:30.772`;
  const id = cell('user').trim();
  if (id === '' || id.length > MAX_TEXT.id) return `"${COLUMNS.user}" is empty or too long`;
  const outcome = OUTCOMES.get(cell('isSuccess').trim().toLowerCase());
  if (outcome === undefined) return `"${COLUMNS.isSuccess}" should be True or False`;
  const network = networkOf({ asn: cell('asn').trim() });
  return {
    line,
    atMs,
    // As text: the ids are longer than a number holds exactly.
    user: { id, name: id === UNKNOWN_NAMES ? 'names that are not known' : null },
    outcome,
    ip: textOrNull(cell('ip'), MAX_TEXT.ip),
    userAgent: textOrNull(cell('userAgent'), MAX_TEXT.userAgent),
    sessionId: null,
    deviceToken: null,
    place: statedPlace({ country: cell('country'), region: cell('region'), city: cell('city') }),
    network: { asn: network.kind === 'value' ? network.value.asn : null, org: null, kinds: null },
    isCrowd: id === UNKNOWN_NAMES,
  };
}

const OUTCOMES: ReadonlyMap<string, PastLogin['outcome']> = new Map([
  ['true', 'success'],
  ['false', 'failure'],
]);
