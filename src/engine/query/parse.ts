import { EmbeddedActionsParser, type IRecognitionException, type IToken } from 'chevrotain';
import { EngineError } from '../errors.ts';
import type { Comparison, Query, Term, Value } from './query.ts';
import {
  And,
  Comma,
  Compare,
  Field,
  LeftParen,
  lexer,
  Not,
  OpenQuote,
  Or,
  Quoted,
  RightParen,
  tokenTypes,
  Word,
} from './tokens.ts';

/** Longest query text, in characters. */
const MAX_LENGTH = 4096;
/** Deepest nesting of parentheses: far below what the parser's own stack could take. */
const MAX_DEPTH = 50;

/**
 * Reads a query text. Every text is either a query or throws EngineError `invalid-input` with the position of the
 * mistake. `AND` may be left out and binds tighter than `OR`; `NOT` and `-` bind tightest.
 */
export function parse(text: string): Query {
  if (text.length > MAX_LENGTH) {
    throw wrong(`A query may be ${MAX_LENGTH} characters long; this one has ${text.length}.`, MAX_LENGTH);
  }
  const { tokens } = lexer.tokenize(text);
  refuseUnreadable(tokens);
  parser.input = tokens;
  const query = parser.query();
  const [fault] = parser.errors;
  if (fault !== undefined) throw explain(fault, tokens, text);
  return query;
}

class QueryParser extends EmbeddedActionsParser {
  constructor() {
    super(tokenTypes);
    this.performSelfAnalysis();
  }

  readonly query = this.RULE('query', (): Query => {
    let query: Query = { kind: 'all' };
    this.OPTION(() => (query = this.SUBRULE(this.anyOf)));
    return query;
  });

  readonly anyOf = this.RULE('anyOf', (): Query => {
    const parts: Query[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: Or, DEF: () => parts.push(this.SUBRULE(this.allOf)) });
    return combine('or', parts);
  });

  readonly allOf = this.RULE('allOf', (): Query => {
    const parts: Query[] = [this.SUBRULE1(this.perhapsNot)];
    this.MANY(() => {
      this.OPTION(() => this.CONSUME(And));
      parts.push(this.SUBRULE2(this.perhapsNot));
    });
    return combine('and', parts);
  });

  readonly perhapsNot = this.RULE('perhapsNot', (): Query => {
    const negations: IToken[] = [];
    this.MANY(() => negations.push(this.CONSUME(Not)));
    const part = this.OR([{ ALT: () => this.SUBRULE(this.group) }, { ALT: () => this.SUBRULE(this.term) }]);
    return negations.length % 2 === 1 ? { kind: 'not', part } : part;
  });

  readonly group = this.RULE('group', (): Query => {
    this.CONSUME(LeftParen);
    const inner = this.SUBRULE(this.anyOf);
    this.CONSUME(RightParen);
    return inner;
  });

  readonly term = this.RULE('term', (): Term => {
    const name = this.OPTION(() => this.CONSUME(Field));
    const values: Value[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => values.push(this.SUBRULE(this.value)) });
    return this.ACTION(() => ({ kind: 'term', field: nameOf(name), values }));
  });

  readonly value = this.RULE('value', (): Value => {
    const compare = this.OPTION(() => this.CONSUME(Compare));
    const token = this.OR([{ ALT: () => this.CONSUME(Quoted) }, { ALT: () => this.CONSUME(Word) }]);
    return this.ACTION(() => valueOf(token, compare));
  });
}

const parser = new QueryParser();

function combine(kind: 'and' | 'or', parts: readonly Query[]): Query {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind, parts };
}

function nameOf(token: IToken | undefined): Term['field'] {
  return token === undefined ? null : { name: token.image.slice(0, -1), position: token.startOffset };
}

function valueOf(token: IToken, compare: IToken | undefined): Value {
  const isQuoted = token.tokenType === Quoted;
  return {
    text: isQuoted ? unquote(token.image) : token.image,
    isQuoted,
    comparison: compare === undefined ? null : (compare.image as Comparison),
    position: token.startOffset,
  };
}

function unquote(image: string): string {
  return image.slice(1, -1).replaceAll(/\\([\s\S])/g, '$1');
}

/** What would make the parser's work unbounded or its messages misleading. */
function refuseUnreadable(tokens: readonly IToken[]): void {
  let depth = 0;
  for (const { tokenType, startOffset } of tokens) {
    if (tokenType === OpenQuote) throw wrong('This quotation mark is not closed.', startOffset);
    if (isKind(tokenType, LeftParen)) depth += 1;
    if (isKind(tokenType, RightParen)) depth -= 1;
    if (depth > MAX_DEPTH) throw wrong(`Parentheses may be nested ${MAX_DEPTH} deep.`, startOffset);
  }
}

/** The parser knows where it stopped; the tokens around that say what the writer meant. */
function explain(fault: IRecognitionException, tokens: readonly IToken[], text: string): EngineError {
  const index = tokens.indexOf(fault.token);
  const found = index < 0 ? undefined : fault.token;
  const before = index < 0 ? tokens.at(-1) : tokens[index - 1];
  return wrong(sentence(found, before), found?.startOffset ?? text.length);
}

function sentence(found: IToken | undefined, before: IToken | undefined): string {
  if (before !== undefined && isKind(before.tokenType, Field, Compare, Not, And, Or, Comma)) {
    return `Something is missing after "${before.image}".`;
  }
  if (found === undefined) return 'A "(" is not closed: add a ")".';
  if (isKind(found.tokenType, And, Or, Comma)) return `Something is missing before "${found.image}".`;
  if (!isKind(found.tokenType, RightParen)) return `"${found.image}" was not expected here.`;
  return before !== undefined && isKind(before.tokenType, LeftParen)
    ? 'There is nothing between these parentheses.'
    : 'This ")" closes nothing: remove it, or add a "(".';
}

function isKind(type: IToken['tokenType'], ...kinds: IToken['tokenType'][]): boolean {
  return kinds.some((kind) => kind === type || type.CATEGORIES?.includes(kind) === true);
}

function wrong(message: string, position: number): EngineError {
  return new EngineError('invalid-input', message, { field: 'query', position });
}
