import type { QueryField } from '../../../src/contract/system.ts';
import { EngineError } from '../../../src/engine/errors.ts';

type Row = Record<string, unknown>;

const field = (
  name: string,
  shortName: string,
  help: string,
  more: Partial<QueryField> = {},
): QueryField => ({
  name,
  shortNames: shortName === '' ? [] : [shortName],
  type: 'text',
  values: [],
  sortable: true,
  help,
  ...more,
});

const states = ['active', 'expired', 'ended', 'revoked', 'unknown'];
const fields: readonly QueryField[] = [
  field('userName', 'user', 'Name of the user'),
  field('userId', '', 'Id of the user at its source'),
  field('source', 'source', 'Name of the source', {
    type: 'enum',
    values: ['chat', 'files', 'panel', 'old', 'portal', 'app'],
  }),
  field('state', 'state', 'State of the session', { type: 'enum', values: states, sortable: false }),
  field('ip', 'ip', 'Address or network (CIDR)', { type: 'ip' }),
  field('country', 'country', 'ISO country code'),
  field('region', '', 'State, province or land'),
  field('city', 'city', 'City'),
  field('asn', 'asn', 'Number of the network', { type: 'number' }),
  field('org', 'org', 'Owner of the network'),
  field('browser', 'browser', 'Browser or client'),
  field('os', 'os', 'Operating system'),
  field('current', 'current', 'Session of the credential itself', {
    type: 'boolean',
    values: ['true', 'false', 'unknown'],
  }),
  field('startedAt', 'started', 'Start of the session', { type: 'time' }),
  field('lastSeenAt', 'seen', 'Last activity', { type: 'time' }),
  field('expiresAt', 'expires', 'Expiry', { type: 'time' }),
  field('findings', 'finding', 'Rule of an open finding', {
    type: 'enum',
    values: ['impossible-travel', 'new-country'],
  }),
  field('severity', 'severity', 'Severity', {
    type: 'enum',
    values: ['info', 'low', 'medium', 'high', 'critical'],
  }),
  field('personId', '', 'Person across sources'),
  field('tags', 'tag', 'What the user is'),
  field('key', '', 'Key of the session'),
  field('at', '', 'When it happened', { type: 'time' }),
  field('rule', '', 'Rule id'),
  field('incident', '', 'Incident it belongs to'),
];

export function fakeFields(): readonly QueryField[] {
  return fields;
}

/** Enough of the query language to click through a page: AND of `field:a,b`, `-`, and bare words. */
export function fakeFilter<T extends Row>(rows: readonly T[], query: string): T[] {
  const terms = [
    ...query.matchAll(
      /(-?)(?:(\w+):)?((?:"(?:[^"\\]|\\.)*"|[^\s"(),]+)(?:,(?:"(?:[^"\\]|\\.)*"|[^\s"(),]+))*)/g,
    ),
  ];
  return terms.reduce<T[]>(
    (left, [text, minus, name, value = '']) => {
      if (text === 'AND') return left;
      const known = fields.find(
        (one) => one.name === name || (name !== undefined && one.shortNames.includes(name)),
      );
      if (name !== undefined && known === undefined) {
        const message = `There is no field "${name}". Known fields: user, ip, country, city, state, source.`;
        throw new EngineError('invalid-input', message, {
          field: 'query',
          position: query.indexOf(`${name}:`),
        });
      }
      const wanted = [...value.matchAll(/"(?:[^"\\]|\\.)*"|[^,]+/g)].map(([each]) =>
        each.startsWith('"') ? unquoted(each) : each,
      );
      return left.filter(
        (row) => wanted.some((one) => matches(row, known?.name ?? null, one)) === (minus !== '-'),
      );
    },
    [...rows],
  );
}

function unquoted(value: string): string {
  return value.slice(1, -1).replace(/\\(.)/g, '$1');
}

function matches(row: Row, name: string | null, wanted: string): boolean {
  const text = wanted.toLowerCase();
  if (name === null) {
    return ['userName', 'userId', 'ip', 'city', 'org', 'userAgent'].some((key) =>
      textOf(row[key]).toLowerCase().includes(text),
    );
  }
  const value = name === 'key' && 'sessions' in row ? row.sessions : row[name];
  if (Array.isArray(value)) return value.includes(wanted);
  if (text.endsWith('*'))
    return textOf(value) !== '' && textOf(value).toLowerCase().startsWith(text.slice(0, -1));
  return (textOf(value) || 'null').toLowerCase() === text;
}

/** Sorted by a field or short name, unknowns last. */
export function fakeSort<T extends Row>(rows: readonly T[], sort: string | null): T[] {
  if (sort === null) return [...rows];
  const name = sort.replace(/^-/, '');
  const key = fields.find((one) => one.name === name || one.shortNames.includes(name))?.name ?? name;
  const sign = sort.startsWith('-') ? -1 : 1;
  const ranks = ['info', 'low', 'medium', 'high', 'critical'];
  const valueOf = (row: Row) => (key === 'severity' ? ranks.indexOf(String(row[key])) : row[key]);
  return [...rows].sort((a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)];
    if (left === null || left === undefined) return 1;
    if (right === null || right === undefined) return -1;
    return left < right ? -sign : left > right ? sign : 0;
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}
