import {
  isApi,
  type AnyConfig,
  type Capabilities,
  type ConfigOf,
  type SecretRef,
  type SourceConfig,
  type SourceKind,
} from '../../contract/source.ts';
import type { Clock } from '../host.ts';
import type { Secret } from '../secret.ts';
import { hapi7331 } from './7331-hapi/source.ts';
import { portal7331 } from './7331-portal/source.ts';
import { betterAuth } from './better-auth/source.ts';
import { fileCapabilities } from './file/capabilities.ts';
import { createHttpClient, type HttpDeps } from './http-client.ts';
import { rocketchat } from './rocketchat/source.ts';
import type { Source, SourceAdapter } from './source.ts';
import { xyrapanel } from './xyrapanel/source.ts';
import { zipline } from './zipline/source.ts';

export type SourceDeps = {
  readonly secret: (ref: SecretRef) => Promise<Secret>;
  readonly clock: Clock;
  /** What the requests of every kind are sent with, beside the clock. */
  readonly http?: Omit<HttpDeps, 'clock'>;
};

/** Opens the adapter of a configured source. No request goes out and no secret is read before its first call. */
export function openSource(config: SourceConfig, deps: SourceDeps): Source {
  return openKind(config, deps);
}

/** What a source of this configuration can do; asks nobody. */
export function capabilitiesOf(config: AnyConfig): Capabilities {
  return isApi(config) ? capabilitiesOfKind(config) : fileCapabilities;
}

/** The only list of kinds that are called; the type makes a missing one an error. */
const adapters: { readonly [K in SourceKind]: SourceAdapter<K> } = {
  '7331-hapi': hapi7331,
  '7331-portal': portal7331,
  xyrapanel,
  rocketchat,
  zipline,
  'better-auth': betterAuth,
};

/** A configuration whose kind is known to be the adapter's. */
type Of<K extends SourceKind> = ConfigOf<K> & { readonly kind: K };

function openKind<K extends SourceKind>(config: Of<K>, { secret, clock, http }: SourceDeps): Source {
  const adapter: SourceAdapter<K> = adapters[config.kind];
  return adapter.open({
    config,
    secret,
    clock,
    http: (options) => createHttpClient(options, { ...http, clock }),
  });
}

function capabilitiesOfKind<K extends SourceKind>(config: Of<K>): Capabilities {
  const adapter: SourceAdapter<K> = adapters[config.kind];
  return adapter.capabilities(config);
}
