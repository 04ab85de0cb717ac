/**
 * What many parts of a page ask for one by one, in one call: `fetch` gets the distinct keys of one turn of the event loop, at
 * most `most` of them, and answers for each. Where it fails, all of them fail.
 */
export function gathered<K, V>(
  fetch: (keys: readonly K[]) => Promise<(key: K) => V>,
  most: number,
): (key: K) => Promise<V> {
  let waiting = new Map<K, PromiseWithResolvers<V>>();

  const send = () => {
    const asked = [...waiting];
    waiting = new Map();
    for (let from = 0; from < asked.length; from += most) void answer(asked.slice(from, from + most));
  };
  const answer = async (asked: readonly (readonly [K, PromiseWithResolvers<V>])[]) => {
    try {
      const valueOf = await fetch(asked.map(([key]) => key));
      for (const [key, { resolve }] of asked) resolve(valueOf(key));
    } catch (error) {
      for (const [, { reject }] of asked) reject(error);
    }
  };
  return (key) => {
    if (waiting.size === 0) setTimeout(send);
    const known = waiting.get(key);
    if (known !== undefined) return known.promise;
    const asked = Promise.withResolvers<V>();
    waiting.set(key, asked);
    return asked.promise;
  };
}
