/** The parts of a window that the exchange needs. */
type ExchangePage = {
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'replaceState'>;
  readonly fetch: typeof fetch;
};

/**
 * Lets a browser in: the token in the address's fragment is taken out of the address at once and exchanged for a
 * cookie. Answers a question to ask before every connection: does the host still know this browser? It rejects
 * when the host can't be reached.
 */
export function webSession(page: ExchangePage): () => Promise<boolean> {
  let token = /^#token=([\w-]+)$/.exec(page.location.hash)?.[1] ?? null;
  if (token !== null) page.history.replaceState(null, '', page.location.pathname + page.location.search);

  return async () => {
    if (token !== null) {
      const exchange = await page.fetch('/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token }),
      });
      token = null;
      // A token that was used before is no loss where the cookie it bought is still there.
      if (exchange.ok) return true;
    }
    return (await page.fetch('/session')).ok;
  };
}
