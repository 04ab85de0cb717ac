import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ListedSessions, type LiveSession } from '../../../src/engine/poll/listed-sessions.ts';
import { PackedText } from '../../../src/engine/poll/packed-text.ts';
import { keyBytes } from '../../../src/engine/query/key-bytes.ts';
import { Secret } from '../../../src/engine/secret.ts';
import { listedSessions } from '../../support/listed-sessions.ts';

/** The same in plain collections: what it must not differ from. */
class PlainSessions {
  readonly listed = new Set<string>();
  readonly live = new Map<string, LiveSession>();

  add(key: string, session: LiveSession | 'gone') {
    this.listed.add(key);
    if (session !== 'gone') this.live.set(key, session);
  }

  rename(from: string, to: string): boolean {
    const session = this.live.get(from);
    if (session === undefined) return false;
    this.live.delete(from);
    this.live.set(to, session);
    return true;
  }

  merge(others: PlainSessions) {
    for (const [key, session] of others.live) this.add(key, session);
  }
}

type Step =
  | { readonly do: 'add'; readonly key: string; readonly session: LiveSession | 'gone' }
  | { readonly do: 'rename'; readonly key: string; readonly to: string }
  | { readonly do: 'merge' };

/** Any UTF-16, lone surrogates too; a few short keys beside, so that steps meet ('中' and '-N' are the same bytes). */
const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
const anyText = fc.oneof(fc.string(), fc.string({ unit }), fc.string({ unit: 'binary' }));
const longText = fc
  .tuple(anyText, fc.nat(65_536))
  .map(([text, length]) => text.repeat(length).slice(0, length));
/** Keys as sessions have them, and texts that are the bytes of such keys. */
const realKeys = ['abcdefghijklmnopqrstuvwxyz', '234567abcdefghijklmnopqrst'];
const alikeTexts = realKeys.map((key) => keyBytes(key).toString('latin1'));
const someKey = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...realKeys, ...alikeTexts) },
  { weight: 4, arbitrary: fc.constantFrom('', 'a', 'b', 'ab', 'é', '\0é', 'a\0', '\ud800', '中', '-N') },
  anyText,
);
const someNative = fc.oneof({ weight: 9, arbitrary: anyText }, longText);
const someSession = fc.record({
  native: fc.oneof(
    someNative,
    someNative.map((token) => new Secret(token)),
  ),
  userId: fc.oneof(fc.constantFrom('u1', 'u2', 'é'), anyText),
});
const someStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      key: someKey,
      session: fc.oneof({ weight: 3, arbitrary: someSession }, fc.constant('gone' as const)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rename' as const), key: someKey, to: someKey }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('merge' as const) }) },
);

/** Two equal Secrets are not equal to `toEqual`, which sees no private field. */
function shown(session: LiveSession | undefined) {
  if (session === undefined) return undefined;
  const isSecret = session.native instanceof Secret;
  return {
    ...session,
    native: session.native instanceof Secret ? session.native.reveal() : session.native,
    isSecret,
  };
}

describe('what a sweep listed', () => {
  it('answers as plain collections do, whatever is done in which order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), someStep), { maxLength: 60 }), async (steps) => {
        const pairs = [0, 1].map(() => ({ compact: new ListedSessions(), plain: new PlainSessions() }));
        const keys = new Set<string>();
        const [left, right] = pairs;
        if (left === undefined || right === undefined) return;
        for (const [isLeft, step] of steps) {
          const [own, other] = isLeft ? [left, right] : [right, left];
          if (step.do === 'merge') {
            await own.compact.merge(other.compact);
            own.plain.merge(other.plain);
          } else if (step.do === 'add') {
            own.compact.add(step.key, step.session);
            own.plain.add(step.key, step.session);
          } else {
            expect(own.compact.rename(step.key, step.to)).toBe(own.plain.rename(step.key, step.to));
            keys.add(step.to);
          }
          if (step.do !== 'merge') keys.add(step.key);
        }
        for (const { compact, plain } of pairs) {
          expect(compact.size).toBe(plain.listed.size);
          for (const key of keys) {
            expect(compact.has(key)).toBe(plain.live.has(key));
            expect(shown(compact.get(key))).toEqual(shown(plain.live.get(key)));
          }
        }
      }),
    );
  });

  it('tells keys of one hash apart', () => {
    const [one, other] = ['e42e08ead00aa7', '4638449f703153'];
    expect(new PackedText().pack(one).hash).toBe(new PackedText().pack(other).hash);
    const sessions = listedSessions([[one, { native: 'n', userId: 'u1' }]]);
    expect(sessions.has(other)).toBe(false);
    sessions.add(other, { native: 'm', userId: 'u1' });
    expect([sessions.get(one)?.native, sessions.get(other)?.native, sessions.size]).toEqual(['n', 'm', 2]);
  });

  it('finds each of many sessions, through every growth', () => {
    const sessions = new ListedSessions();
    const session = (index: number) => ({ native: `native-${index}`, userId: `u${index % 3000}` });
    for (let index = 0; index < 30_000; index += 1) sessions.add(`key-${index}`, session(index));
    expect(sessions.size).toBe(30_000);
    const wrong = Array.from({ length: 30_000 }, (_, index) => index).filter((index) => {
      const found = sessions.get(`key-${index}`);
      return found?.native !== `native-${index}` || found.userId !== `u${index % 3000}`;
    });
    expect(wrong).toEqual([]);
    expect(sessions.has('key-30000')).toBe(false);
  });

  it('can be asked while many sessions of another are merged into it', async () => {
    const session = (index: number): LiveSession => ({ native: `native-${index}`, userId: 'u1' });
    const numbers = Array.from({ length: 25_000 }, (_, index) => index);
    const others = listedSessions(numbers.map((index) => [`key-${index}`, session(index)]));
    const sessions = listedSessions([['known', { native: 'n', userId: 'u1' }]]);
    let isMerged = false;
    const merged = sessions.merge(others).then(() => {
      isMerged = true;
    });
    await new Promise(setImmediate);
    expect([isMerged, sessions.get('known')?.native, others.get('key-0')?.native]).toEqual([
      false,
      'n',
      'native-0',
    ]);
    await merged;
    expect(numbers.every((index) => sessions.get(`key-${index}`)?.native === `native-${index}`)).toBe(true);
    expect(sessions.size).toBe(25_001);
  });

  it('holds values that are larger than the next block of its memory', () => {
    const huge = '中'.repeat(1_000_000);
    const sessions = listedSessions([
      ['a', { native: huge, userId: 'u1' }],
      ['b', { native: 'n', userId: 'u2' }],
    ]);
    expect(sessions.get('a')?.native === huge).toBe(true);
    expect(sessions.get('b')).toEqual({ native: 'n', userId: 'u2' });
  });

  it('keeps a session alive that one row calls gone and another does not', () => {
    const sessions = listedSessions([['a', { native: 'n', userId: 'u1' }]]);
    sessions.add('a', 'gone');
    sessions.add('b', 'gone');
    expect([sessions.has('a'), sessions.has('b'), sessions.size]).toEqual([true, false, 2]);
    sessions.add('b', { native: 'm', userId: 'u1' });
    expect([sessions.get('b')?.native, sessions.size]).toEqual(['m', 2]);
  });

  it('is printed as its size, never as a token', () => {
    const token = 'planted-secret-token-4711';
    const sessions = listedSessions([['a', { native: new Secret(token), userId: 'u1' }]]);
    expect(inspect(sessions)).toBe('ListedSessions(1)');
    const printed = [
      inspect(sessions, { depth: null, showHidden: true, customInspect: false }),
      JSON.stringify(sessions),
      JSON.stringify(structuredClone(sessions)),
      inspect(sessions.get('a'), { depth: null, showHidden: true }),
    ].join('\n');
    expect(printed).not.toContain('planted');
  });

  it('refuses to answer once it is cleared: an empty list would say that every session is gone', async () => {
    const sessions = listedSessions([['a', { native: 'n', userId: 'u1' }]]);
    sessions.clear();
    sessions.clear();
    for (const ask of [
      () => sessions.has('a'),
      () => sessions.get('a'),
      () => sessions.add('a', 'gone'),
      () => sessions.rename('a', 'b'),
    ])
      expect(ask).toThrow('were cleared');
    await expect(sessions.merge(new ListedSessions())).rejects.toThrow('were cleared');
    await expect(new ListedSessions().merge(sessions)).rejects.toThrow('were cleared');
    expect(inspect(sessions)).toBe('ListedSessions(cleared)');
  });
});
