import { describe, expect, it } from 'vitest';
import type { Infrastructure } from '../../../src/engine/detect/facts.ts';
import type { Alert } from '../detector.ts';
import { campaignAlertsOf, type Judged } from './campaign-alerts.ts';

const HOUR = 3_600_000;
const here: Infrastructure = { prefix: '198.51.100.0/24', asn: 64_500, client: 'Chrome on Windows' };

const anAlert = (id: string, atMs: number, over: Partial<Alert> = {}): Alert => {
  const said = { rule: 'hosting-network', severity: 'medium', state: 'open', score: 40, atMs } as const;
  const finding = { ...said, sessions: [], infrastructure: here };
  return { ...said, sightings: [id], finding, ...over };
};
const account = (userId: string, ...alerts: readonly Alert[]): Judged => {
  return { user: { source: 'app', userId, userName: userId, tags: [] }, alerts };
};

describe('campaigns in a made-up company', () => {
  it('stand at the first who was flagged, and are about the sightings of all', () => {
    const found = campaignAlertsOf([
      account('b', anAlert('b1', 2 * HOUR)),
      account('a', anAlert('a1', HOUR), anAlert('a2', 80 * HOUR)),
      account('c', anAlert('c1', 3 * HOUR)),
    ]);

    expect([...found.keys()]).toEqual(['a']);
    expect(found.get('a')).toMatchObject([{ rule: 'campaign', severity: 'critical', atMs: HOUR }]);
    expect(found.get('a')?.[0]?.sightings.toSorted()).toEqual(['a1', 'b1', 'c1']);
  });

  it('are made of what waits for an analyst, as in the product', () => {
    const two = [account('a', anAlert('a1', HOUR)), account('b', anAlert('b1', HOUR))];
    const learning = anAlert('c1', HOUR, { state: 'learning' });
    const low = anAlert('c1', HOUR, { severity: 'low' });

    expect(campaignAlertsOf([...two, account('c', learning)]).size).toBe(0);
    expect(campaignAlertsOf([...two, account('c', low)]).size).toBe(0);
    expect(campaignAlertsOf([...two, account('c', anAlert('c1', HOUR))]).size).toBe(1);
  });
});
