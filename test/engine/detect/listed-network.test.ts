import { describe, expect, it } from 'vitest';
import type { ListMatch, NetworkLists } from '../../../src/engine/detect/network-lists.ts';
import { defaultSettings } from '../../../src/engine/detect/settings.ts';
import { createSurvey } from '../../../src/engine/detect/survey.ts';
import { aSighting, network } from '../../support/sighting.ts';

const listing = (...tags: ListMatch['tag'][]): NetworkLists => ({
  of: () => tags.map((tag) => ({ list: 'mine', tag, entry: '81.2.69.0/24' })),
});
const surveyWith = (lists: NetworkLists) => createSurvey(defaultSettings, lists);

describe('what the analyst’s lists say of a network', () => {
  it('adds to what databases say', () => {
    const survey = surveyWith(listing('vpn', 'hosting'));
    expect(survey.kinds(aSighting({ network: network(64_500, 'hosting') }))).toEqual(['hosting', 'vpn']);
    expect(survey.kinds(aSighting({ network: null }))).toEqual(['hosting', 'vpn']);
  });

  it('decides whether the address is where the person is, and what line it is', () => {
    expect(surveyWith(listing('corporate')).unplaceableReason(aSighting())).toContain('corporate');
    expect(surveyWith(listing('cellular')).unplaceableReason(aSighting())).toBeNull();
    expect(surveyWith(listing('cellular')).line(aSighting())).toBe('cellular');
  });

  it('is no kind of network where addresses are only to be told of', () => {
    const survey = surveyWith(listing('listed'));
    const sighting = aSighting({ network: network(64_500, 'fixed') });
    expect(survey.kinds(sighting)).toEqual(['fixed']);
    expect(survey.unplaceableReason(sighting)).toBeNull();
    expect(survey.listed(sighting)).toMatchObject([{ list: 'mine', tag: 'listed' }]);
  });

  it('is worked out once for a network', () => {
    const survey = surveyWith(listing('vpn'));
    const shared = network(64_500);
    const [one, other] = [aSighting({ network: shared }), aSighting({ network: shared })];
    expect(survey.kinds(one)).toBe(survey.kinds(other));
  });
});
