import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/contract/session.ts';
import type { QueryField } from '../../../src/contract/system.ts';
import { EngineError } from '../../../src/engine/errors.ts';
import { check } from '../../../src/engine/query/check.ts';
import { fieldsOf, queryFields } from '../../../src/engine/query/fields.ts';
import { parse } from '../../../src/engine/query/parse.ts';
import { sweep, testStore, type TestStore } from '../../support/data-dir.ts';
import { manySessions } from '../../support/many-sessions.ts';
import { NOON_MS, ruleFinding } from '../../support/records.ts';
import { matches } from './matches.ts';
import { found } from '../../support/found.ts';

const everything = { sort: null, cursor: null, limit: 500 };
const COUNT = 120;

async function company(): Promise<{ store: TestStore; sessions: readonly Session[] }> {
  const store = await testStore();
  const records = manySessions(COUNT);
  const { touched } = await sweep(store, records);
  await sweep(store, records.slice(10));
  await store.write.markRevoked(['session-000003', 'session-000004'], NOON_MS);
  await store.write.saveFindings([
    found(
      touched[0] ?? 0,
      ruleFinding({ sessions: ['session-000020', 'session-000021'] }),
      ruleFinding({
        dedupeKey: 'b',
        rule: 'new-country',
        severity: 'low',
        state: 'learning',
        sessions: ['session-000021'],
      }),
      ruleFinding({
        dedupeKey: 'c',
        rule: 'new-country',
        state: 'suppressed',
        suppressedBy: 'VPN',
        sessions: ['session-000022'],
      }),
    ),
  ]);
  const { rows } = await store.read.sessions({ ...everything, query: '' });
  return { store, sessions: rows };
}

/** Texts that have been trouble somewhere: wildcards, quotes, SQL, parameters, control and other scripts' characters. */
const nastyText = fc.oneof(
  fc.constantFrom(
    '%',
    '_',
    '*',
    '**',
    '*_*',
    '[a-z]',
    '?',
    '[',
    '@now',
    '@p1',
    ':p1',
    '$1',
    '\\',
    '\u0000',
    '\ud800',
  ),
  fc.constantFrom(
    "' OR 1=1 --",
    '"; DROP TABLE session; --',
    'İ',
    'ß',
    'ﬁrefox',
    'unknown*',
    'au',
    'DE',
    '*e*r*',
  ),
  fc.constantFrom(
    'ann',
    'ANN',
    'u-*',
    'änne müller*',
    'ab12',
    'berlin',
    'B*n',
    'fire',
    'mozilla*',
    'session-00002*',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const valuesByType: Readonly<Record<QueryField['type'], fc.Arbitrary<string>>> = {
  text: nastyText,
  ip: fc.constantFrom(
    '198.51.100.7',
    '198.51.*',
    '10.0.0.0/8',
    '2001:db8::/32',
    '::/0',
    '0.0.0.0/1',
    '*:*',
    '*',
  ),
  number: fc.constantFrom('64500', 'AS64501', '-33.8688', '0', '5..60', '>20', '<=20', '>=64500', '<0', '*'),
  time: fc.constantFrom(
    '24h',
    '<3h',
    '>=2h',
    '>0s',
    '2h..5h',
    '2026-11-20',
    '<=2026-11-20T09',
    '>today',
    '<now',
    '*',
  ),
  boolean: fc.constantFrom('true', 'false', 'unknown', '*'),
  enum: fc.constantFrom('*'),
};
const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
const valueOf = ({ type, values }: QueryField) => {
  const usual = values.length > 0 ? fc.constantFrom(...values) : valuesByType[type];
  const written = type === 'text' ? fc.oneof(usual, usual.map(quoted)) : usual;
  return fc.oneof({ weight: 9, arbitrary: written }, { weight: 1, arbitrary: nastyText });
};
const term = fc.oneof(
  fc.oneof(nastyText, nastyText.map(quoted), fc.constantFrom('2001:db8::7', '198.51')),
  fc
    .constantFrom(...queryFields('sessions').filter(({ name }) => name !== 'severity'))
    .chain((field) =>
      fc.tuple(
        fc.constantFrom(field.name, ...field.shortNames),
        fc.array(valueOf(field), { minLength: 1, maxLength: 3 }),
      ),
    )
    .map(([name, values]) => `${name}:${values.join(',')}`),
);
const { query } = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    term,
    fc
      .tuple(tie('query'), fc.constantFrom(' ', ' AND ', ' OR '), tie('query'))
      .map((parts) => parts.join('')),
    tie('query').map((inner) => `(${inner})`),
    fc.tuple(fc.constantFrom('NOT ', '-'), tie('query')).map((parts) => parts.join('')),
  ),
}));

function checked(text: string) {
  try {
    return check(parse(text), fieldsOf('sessions'), NOON_MS);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    expect(error.code).toBe('invalid-input');
    expect(error.message).toMatch(/\S/);
    expect(error.position).toBeGreaterThanOrEqual(0);
    expect(error.position).toBeLessThanOrEqual(text.length);
    return null;
  }
}

describe('any text', () => {
  it('is a query or an error with a position', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), query), (text) => {
        checked(text);
      }),
      { numRuns: 3000 },
    );
  });

  it('that is a query finds in SQL what a plain filter finds in memory', async () => {
    const { store, sessions } = await company();
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(query, async (text) => {
        const meant = checked(text);
        if (meant === null) return;
        answered += 1;
        const { rows, total } = await store.read.sessions({ ...everything, query: text });
        const expected = sessions.filter((session) => matches(meant, session));
        expect(rows.map(({ key }) => key).sort()).toEqual(expected.map(({ key }) => key).sort());
        expect(total).toBe(expected.length);
      }),
      { numRuns: 1500 },
    );
    expect(answered).toBeGreaterThan(700);
  });
});

describe('a query', () => {
  it.each([
    ['country:DE', 48],
    ['-country:DE', 72],
    ['country:*', 72],
    ['NOT country:*', 48],
    ['ip:10.0.0.0/8', 24],
    ['ip:2001:db8::/32', 24],
    ['2001:db8::7', 24],
    ['asn:AS64500', 24],
    ['network:hosting', 24],
    ['user:ann', 30],
    ['user:"Änne Müller\u202e"', 30],
    ['bob', 30],
    ['user:"Bob O\'Neil \\"%_*\\""', 30],
    ['user:*%_*', 30],
    ['state:revoked', 2],
    ['state:ended', 8],
    ['finding:impossible-travel', 2],
    ['finding:new-country', 1],
    ['severity:>=high', 2],
    ['severity:<high', 1],
    ['-severity:*', 118],
    ['current:unknown', 40],
    ['source:chat', 120],
    ['source:other', 0],
    ['"\' OR 1=1 --"', 0],
  ])('%s finds %i of 120', async (text, expected) => {
    const { store } = await company();
    expect((await store.read.sessions({ ...everything, query: text })).total).toBe(expected);
  });

  it('carries from list to list: findings and users by the sessions they have', async () => {
    const { store } = await company();
    const findings = await store.read.findings({ ...everything, query: 'country:DE' });
    expect(findings.rows.map(({ rule }) => rule)).toEqual(['impossible-travel']);
    expect((await store.read.findings({ ...everything, query: 'state:suppressed' })).rows).toHaveLength(1);
    const users = await store.read.users({ ...everything, query: 'finding:new-country' });
    expect(users.rows.map(({ userId }) => userId)).toEqual(['u-ann']);
    expect((await store.read.users({ ...everything, query: 'ip:10.0.0.0/8 liveSessions:>0' })).total).toBe(3);
    expect((await store.read.events({ ...everything, query: 'kind:end country:DE' })).total).toBe(4);
    expect((await store.read.events({ ...everything, query: 'state:revoked' })).total).toBeGreaterThan(0);
  });

  it('answers a list of many addresses and a query of many terms', async () => {
    const { store } = await company();
    const many = Array.from({ length: 300 }, (_, index) => `10.1.${index % 256}.3`).join(',');
    expect((await store.read.sessions({ ...everything, query: `ip:${many}` })).total).toBe(24);
    const terms = Array.from({ length: 100 }, () => 'ann').join(' ');
    expect((await store.read.sessions({ ...everything, query: terms })).total).toBe(30);
  });
});

describe('the fields of every list', () => {
  it.each(['sessions', 'findings', 'users', 'events'] as const)('can all be asked for: %s', async (list) => {
    const { store } = await company();
    for (const { name, type, values } of queryFields(list)) {
      const request = { ...everything, query: `${name}:* OR NOT ${name}:${examples[type] ?? values[0]}` };
      expect(queryFields(list).filter((each) => [each.name, ...each.shortNames].includes(name))).toHaveLength(
        1,
      );
      await store.read[list](request);
    }
  });
});

const examples: Readonly<Record<string, string>> = {
  text: '*a*,b',
  number: '5,1..2,>3',
  time: '<24h,2026-11',
  ip: '10.0.0.0/8,1.2.3.4,*:*',
  boolean: 'true,unknown',
};
