import { createHmac } from 'node:crypto';

/** A cookie value as better-auth signs it: `token.signature`, percent-encoded. */
export function signedCookie(token: string, secret: string): string {
  return encodeURIComponent(`${token}.${signatureOf(token, secret)}`);
}

/** The token of a signed value, encoded or not; null when the signature is not ours. */
export function tokenOfCookie(value: string, secret: string): string | null {
  const plain = value.includes('%') ? decoded(value) : value;
  const dot = plain.indexOf('.');
  if (dot < 0) return null;
  const token = plain.slice(0, dot);
  return plain.slice(dot + 1) === signatureOf(token, secret) ? token : null;
}

function signatureOf(token: string, secret: string): string {
  return createHmac('sha256', secret).update(token).digest('base64');
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
