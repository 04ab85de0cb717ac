export type Asked = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined when it is none. */
  readonly json: unknown;
  /** The value at a path of the body: `at('sessions', 0, 'id')`. */
  at(...path: readonly (string | number)[]): unknown;
};

export type Asking = (
  method: string,
  path: string,
  options?: { headers?: Record<string, string>; json?: unknown; signal?: AbortSignal },
) => Promise<Asked>;

/** A plain client for one simulated API: no retries, no redirects, no interpretation. */
export function asking(url: string): Asking {
  return async (method, path, options = {}) => {
    const type: Record<string, string> =
      options.json === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await fetch(url + path, {
      method,
      headers: { ...options.headers, ...type },
      redirect: 'manual',
      ...(options.json === undefined ? {} : { body: JSON.stringify(options.json) }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    const text = await answer.text();
    const json = parsed(text);
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      json,
      at: (...path) =>
        path.reduce<unknown>(
          (value, key) =>
            typeof value === 'object' && value !== null ? (Reflect.get(value, key) as unknown) : undefined,
          json,
        ),
    };
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
