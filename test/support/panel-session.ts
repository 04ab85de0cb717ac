import { createApi } from '../../src/demo/api/create-api.ts';
import type { XyrapanelApi } from '../../src/demo/api/xyrapanel.ts';
import type { ApiOptions } from '../../src/demo/api/create-api.ts';
import type { SourceConfig } from '../../src/contract/source.ts';

export const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

type PanelSession = ApiOptions['xyrapanel']['sessions'][number];

/** A session as the simulated panel keeps it: begun a day ago, at home for another week. */
export function panelSession(token: string, changes: Partial<PanelSession> = {}): PanelSession {
  return {
    token,
    createdAtMs: Date.now() - 86_400_000,
    expiresAtMs: Date.now() + 7 * 86_400_000,
    ipAddress: '91.64.0.10',
    userAgent: CHROME,
    seen: null,
    ...changes,
  };
}

/** The simulated panel without a limiter, and a source that reads it with the cookie of its session `own`. */
export async function startPanelApi(
  options: Partial<ApiOptions['xyrapanel']> & Pick<ApiOptions['xyrapanel'], 'sessions'>,
): Promise<{ api: XyrapanelApi; source: SourceConfig; env: ReadonlyMap<string, string> }> {
  const api = await createApi('xyrapanel', {
    clock: { now: () => Date.now() },
    callsPerWindow: null,
    apiKeys: [{ key: 'panel-key', verifications: 1000 }],
    ...options,
  });
  const env = new Map([
    ['PANEL_COOKIE', api.cookieOf('own')],
    ['PANEL_KEY', 'panel-key'],
  ]);
  const source = {
    id: 'panel',
    kind: 'xyrapanel',
    url: api.url,
    auth: { cookie: { env: 'PANEL_COOKIE' } },
  } as const;
  return { api, source, env };
}
