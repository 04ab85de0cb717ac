import { deviceKeyOf } from '../enrich/device-key.ts';
import { suspectEnds, type EvidenceEnd } from './evidence-ends.ts';
import type { Infrastructure, LearnedValue } from './facts.ts';
import { detourReason } from './not-evaluable.ts';

/** A finding as far as its values go. */
export type Taught = {
  readonly infrastructure: Infrastructure;
  readonly evidence: Readonly<Record<string, unknown>>;
};

/**
 * What a false positive makes known for the person (detections 6.2): block, network, country and device of the side that the
 * finding held against them. A country behind a VPN or a gateway is not where the person was, and is not learned.
 */
export function learnedValues({ infrastructure, evidence }: Taught): readonly LearnedValue[] {
  const { prefix, asn } = infrastructure;
  const values = [
    value('prefix', prefix),
    value('asn', asn === null ? null : String(asn)),
    ...suspectEnds(evidence, infrastructure).flatMap(valuesOf),
  ].filter((each) => each !== null);
  return [...new Map(values.map((each) => [`${each.feature} ${each.value}`, each])).values()];
}

function valuesOf(end: EvidenceEnd): readonly (LearnedValue | null)[] {
  const { country, networkKinds, os, browser, deviceKind } = end;
  const isPlace = detourReason({ asn: null, org: null, kinds: networkKinds }) === null;
  const device = { os, browser, kind: deviceKind ?? 'unknown', osVersion: null, browserVersion: null };
  return [
    value('country', isPlace ? country : null),
    value('device', os === null && browser === null ? null : deviceKeyOf(device)),
    value('os', os),
    value('browser', browser),
  ];
}

function value(feature: LearnedValue['feature'], text: string | null): LearnedValue | null {
  return text === null ? null : { feature, value: text };
}
