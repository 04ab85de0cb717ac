import { createToken, Lexer, type TokenType } from 'chevrotain';
import { isIpv6 } from './ip-range.ts';

/*
 * Two modes: what may stand in a query, and, right after `field:`, what may stand in a value, where `-` and `>` mean
 * something else. White space and parentheses end a value. The patterns cover every character, so that each text is
 * lexed and each mistake is the parser's, with a position.
 */
const VALUE = 'value';
const wordEnd = String.raw`(?![^\s()",])`;

export const Quoted = createToken({ name: 'Quoted', pattern: /"(?:[^"\\]|\\[\s\S])*"/, line_breaks: true });
export const OpenQuote = createToken({ name: 'OpenQuote', pattern: /"[\s\S]*/, line_breaks: true });
export const Comma = createToken({ name: 'Comma', pattern: /,/ });
export const LeftParen = createToken({ name: 'LeftParen', pattern: /\(/ });
export const RightParen = createToken({ name: 'RightParen', pattern: /\)/ });
export const Or = createToken({ name: 'Or', pattern: new RegExp(`OR${wordEnd}`) });
export const And = createToken({ name: 'And', pattern: new RegExp(`AND${wordEnd}`) });
export const Not = createToken({ name: 'Not', pattern: new RegExp(`NOT${wordEnd}`) });
const Minus = createToken({ name: 'Minus', pattern: /-/, categories: Not });
export const Compare = createToken({ name: 'Compare', pattern: /[<>]=?/ });
export const Word = createToken({ name: 'Word', pattern: /[^\s()",]+/ });
export const Field = createToken({
  name: 'Field',
  pattern: { exec: matchField },
  line_breaks: false,
  push_mode: VALUE,
});

const space = { pattern: /\s+/, group: Lexer.SKIPPED, line_breaks: true };
const Space = createToken({ name: 'Space', ...space });
const SpaceAfterValue = createToken({ name: 'SpaceAfterValue', ...space, pop_mode: true });
const LeftParenAfterValue = createToken({
  name: 'LeftParenAfterValue',
  pattern: /\(/,
  categories: LeftParen,
  pop_mode: true,
});
const RightParenAfterValue = createToken({
  name: 'RightParenAfterValue',
  pattern: /\)/,
  categories: RightParen,
  pop_mode: true,
});

const modes: Record<string, TokenType[]> = {
  query: [Space, LeftParen, RightParen, Quoted, OpenQuote, Comma, Or, And, Not, Minus, Field, Word],
  value: [
    SpaceAfterValue,
    LeftParenAfterValue,
    RightParenAfterValue,
    Quoted,
    OpenQuote,
    Comma,
    Compare,
    Word,
  ],
};

export const tokenTypes = [...new Set(Object.values(modes).flat())];

export const lexer = new Lexer({ modes, defaultMode: 'query' }, { positionTracking: 'onlyOffset' });

/** A name and a colon, unless the whole is an IPv6 address that merely begins like one. */
function matchField(text: string, offset: number): RegExpExecArray | null {
  const name = matchAt(/[A-Za-z][A-Za-z0-9]*:/y, text, offset);
  if (name === null) return null;
  const whole = matchAt(/[^\s()",]+/y, text, offset);
  return whole !== null && isIpv6(whole[0]) ? null : name;
}

function matchAt(pattern: RegExp, text: string, offset: number): RegExpExecArray | null {
  pattern.lastIndex = offset;
  return pattern.exec(text);
}
