/** A value as a phrase of the query language: quotes and backslashes are escaped. */
export function quoted(value: string): string {
  return `"${value.replace(/[\\"]/g, '\\$&')}"`;
}

/** `field:value`, quoted when it holds anything but plain characters. */
export function term(field: string, value: string): string {
  return anyTerm(field, [value]);
}

/** Any of these values of one field, of which there has to be one. */
export function anyTerm(field: string, values: readonly string[]): string {
  return `${field}:${values.map(plainOrQuoted).join(',')}`;
}

/** Any of these session keys. */
export function keysTerm(keys: readonly string[]): string {
  return anyTerm('key', keys);
}

/** The rows of one user at one source. */
export function userTerms(source: string, userId: string): string {
  return `${term('source', source)} ${term('userId', userId)}`;
}

/** The rows of any of these users; narrows as one term does. */
export function anyUserTerms(users: readonly { readonly source: string; readonly userId: string }[]): string {
  return `(${users.map(({ source, userId }) => `(${userTerms(source, userId)})`).join(' OR ')})`;
}

/** Adds a term to a query so that it narrows the whole of it. */
export function narrowed(query: string, added: string): string {
  const text = query.trim();
  if (text === '') return added;
  return /\bOR\b|\|/.test(text) ? `(${text}) ${added}` : `${text} ${added}`;
}

function plainOrQuoted(value: string): string {
  return /^[\p{L}\p{N}._@-]+$/u.test(value) && !value.startsWith('-') ? value : quoted(value);
}
