/** Stands in the built page wherever the nonce of the response goes; the page's build writes it. */
export const NONCE_PLACEHOLDER = 'SESSIONSCOPE_NONCE';

/**
 * The one policy of both page hosts (the desktop's `app://` handler and the web host): scripts from our own
 * files only, styles from our own files and from elements that carry this response's nonce.
 */
function contentSecurityPolicy({ nonce, tileOrigin }: { nonce: string; tileOrigin?: string }): string {
  const tiles = tileOrigin === undefined ? '' : ` ${new URL(tileOrigin).origin}`;
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data:${tiles}`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

/** 128 random bits in base64, fresh for each response that carries the page. */
export function newNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
}

/** What both page hosts send with the page: its text with the nonce put in, and the headers that go with it. */
export function pageResponse(html: string, nonce: string): { body: string; headers: Record<string, string> } {
  return {
    body: html.replaceAll(NONCE_PLACEHOLDER, nonce),
    headers: {
      ...securityHeaders,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy({ nonce }),
      // A stored page would carry a nonce that no longer matches its policy.
      'cache-control': 'no-store',
    },
  };
}

/** Sent with everything. */
export const securityHeaders = {
  // Nothing but the page itself runs or frames anything: a file opened on its own gets nothing at all.
  'content-security-policy': `default-src 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;
