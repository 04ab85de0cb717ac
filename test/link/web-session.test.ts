import { describe, expect, it } from 'vitest';
import { webSession } from '../../src/link/web-session.ts';

/** A page at an address, with the answers its host gives, one a request. */
function page(hash: string, answers: readonly (number | 'unreachable')[]) {
  const asked: { method: string; body: unknown }[] = [];
  const addresses: string[] = [];
  return {
    asked,
    addresses,
    location: { hash, pathname: '/sessions', search: '?q=country%3ADE' },
    history: {
      replaceState: (_data: unknown, _title: string, url?: string | URL | null) =>
        void addresses.push(String(url)),
    },
    fetch: async (_url: unknown, init?: RequestInit) => {
      asked.push({ method: init?.method ?? 'GET', body: init?.body ?? null });
      const status = answers[asked.length - 1] ?? 500;
      if (status === 'unreachable') throw new TypeError('fetch failed');
      return new Response(null, { status });
    },
  };
}

describe('entering the web host', () => {
  it('takes the token out of the address at once and trades it', async () => {
    const browser = page('#token=abc-_9', [204, 200]);
    const isAdmitted = webSession(browser);
    expect(browser.addresses).toEqual(['/sessions?q=country%3ADE']);
    expect(await isAdmitted()).toBe(true);
    expect(await isAdmitted()).toBe(true);
    expect(browser.asked).toEqual([
      { method: 'POST', body: '{"token":"abc-_9"}' },
      { method: 'GET', body: null },
    ]);
  });

  it('goes by the cookie when the token was used before', async () => {
    const browser = page('#token=abc', [401, 200]);
    expect(await webSession(browser)()).toBe(true);
  });

  it('is refused without token and cookie', async () => {
    const browser = page('', [401]);
    expect(await webSession(browser)()).toBe(false);
    expect(browser.addresses).toEqual([]);
  });

  it('tries again later when the host can not be reached, and still has the token then', async () => {
    const browser = page('#token=abc', ['unreachable', 204]);
    const isAdmitted = webSession(browser);
    await expect(isAdmitted()).rejects.toThrow();
    expect(await isAdmitted()).toBe(true);
    expect(browser.asked.map(({ method }) => method)).toEqual(['POST', 'POST']);
  });
});
