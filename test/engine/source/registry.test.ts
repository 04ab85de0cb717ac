import { describe, expect, it } from 'vitest';
import { capabilities, sourceKind, type SourceConfig } from '../../../src/contract/source.ts';
import { capabilitiesOf, openSource } from '../../../src/engine/source/registry.ts';
import { patientClock } from '../../support/patient-clock.ts';

const common = { id: 's', url: 'http://127.0.0.1:9' };
const cookie = { env: 'C' };
const configs: readonly SourceConfig[] = [
  { ...common, kind: '7331-hapi', auth: { cookie } },
  { ...common, kind: '7331-portal', auth: { cookie } },
  { ...common, kind: 'xyrapanel', auth: { cookie } },
  { ...common, kind: 'xyrapanel', auth: { apiKey: cookie } },
  { ...common, kind: 'rocketchat', mode: 'user', auth: { userId: 'u', token: cookie } },
  { ...common, kind: 'rocketchat', mode: 'admin', auth: { userId: 'u', token: cookie } },
  { ...common, kind: 'zipline', auth: { token: cookie } },
  { ...common, kind: 'zipline', auth: { cookie } },
  { ...common, kind: 'better-auth', mode: 'user', auth: { bearer: cookie } },
  { ...common, kind: 'better-auth', mode: 'admin', auth: { cookie } },
];

describe('the registry', () => {
  it('knows every kind', () => {
    expect(new Set(configs.map(({ kind }) => kind))).toEqual(new Set(sourceKind.options));
  });

  it.each(configs)(
    'opens $kind without reading a secret, with the capabilities it announces',
    async (config) => {
      const source = openSource(config, {
        secret: () => Promise.reject(new Error('read too early')),
        clock: patientClock(),
      });
      expect(capabilities.parse(source.capabilities)).toEqual(capabilitiesOf(config));
      await source.close();
    },
  );

  it('lets only administrators list everybody', () => {
    const everybody = configs.filter((config) => capabilitiesOf(config).canListAll);
    expect(everybody.map(({ kind }) => kind)).toEqual(['rocketchat', 'better-auth']);
  });

  it('offers no revoke where no endpoint exists', () => {
    const readOnly = configs.filter((config) => !capabilitiesOf(config).canRevokeOne);
    expect(readOnly.map(({ kind }) => kind)).toEqual(['7331-hapi', '7331-portal']);
  });
});
