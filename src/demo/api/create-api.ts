import type { SourceKind } from '../../contract/source.ts';
import { createHapiApi, type HapiApi, type HapiOptions } from './7331-hapi.ts';
import { createPortalApi, type PortalApi, type PortalOptions } from './7331-portal.ts';
import { createBetterAuthApi, type BetterAuthApi, type BetterAuthOptions } from './better-auth.ts';
import { createRocketchatApi, type RocketchatApi, type RocketchatOptions } from './rocketchat.ts';
import { createXyrapanelApi, type XyrapanelApi, type XyrapanelOptions } from './xyrapanel.ts';
import { createZiplineApi, type ZiplineApi, type ZiplineOptions } from './zipline.ts';

/** What each kind is started with. */
export type ApiOptions = {
  '7331-hapi': HapiOptions;
  '7331-portal': PortalOptions;
  xyrapanel: XyrapanelOptions;
  rocketchat: RocketchatOptions;
  zipline: ZiplineOptions;
  'better-auth': BetterAuthOptions;
};

/** What each kind hands out. */
export type Apis = {
  '7331-hapi': HapiApi;
  '7331-portal': PortalApi;
  xyrapanel: XyrapanelApi;
  rocketchat: RocketchatApi;
  zipline: ZiplineApi;
  'better-auth': BetterAuthApi;
};

const creators: { [K in SourceKind]: (options: ApiOptions[K]) => Promise<Apis[K]> } = {
  '7331-hapi': createHapiApi,
  '7331-portal': createPortalApi,
  xyrapanel: createXyrapanelApi,
  rocketchat: createRocketchatApi,
  zipline: createZiplineApi,
  'better-auth': createBetterAuthApi,
};

/** Starts one simulated API with its own rows on a free loopback port; its `close()` ends it. */
export function createApi<K extends SourceKind>(kind: K, options: ApiOptions[K]): Promise<Apis[K]> {
  return creators[kind](options);
}
