/**
 * One text for one JSON value, whatever the order its keys were written in: object keys sorted by UTF-16 code
 * unit, no white space, numbers and escapes as `JSON.stringify` writes them (the scheme of RFC 8785).
 *
 * The text is that of the value *after* a trip through a file: members and elements that JSON can't hold go the way
 * `JSON.stringify` sends them (undefined members vanish, undefined elements and NaN become null), and lone surrogates
 * become U+FFFD, as in any UTF-8 storage. So a value hashes the same before it is stored and after it is read.
 * A top-level value without JSON form is `null`.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed());
  if (typeof value === 'object' && value !== null) return canonicalObject(value);
  return scalarJson(value);
}

function canonicalObject(value: object): string {
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return canonicalJson((value.toJSON as () => unknown)());
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined && typeof member !== 'function')
    .map(([key, member]) => [key.toWellFormed(), member] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}

function scalarJson(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return JSON.stringify(value);
  return 'null';
}
