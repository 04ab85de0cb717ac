import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../src/engine/detect/facts.ts';
import { defaultSettings } from '../../../src/engine/detect/settings.ts';
import { strayedLines } from '../../../src/engine/detect/strayed-lines.ts';
import { aSighting, DAY, HOUR, network, NOW_MS } from '../../support/sighting.ts';

const own = '81.2.69.142';
const other = '81.2.70.1';

/** On one network, so many days ago, from an address. */
const on = (days: number, ip: string, over: Partial<Sighting> = {}) =>
  aSighting({ atMs: NOW_MS - days * DAY, ip, network: network(1), ...over });

function backOf(asked: Sighting, ...sightings: readonly Sighting[]): Sighting | null {
  const proven = [...sightings, asked].sort((a, b) => a.toMs - b.toMs);
  return strayedLines(proven, defaultSettings)(asked);
}

describe('a sighting on another line of the person’s network', () => {
  it('is told by the first sighting after it, when the line is back in the block it had before', () => {
    const back = on(2, own);
    expect(backOf(on(3, other), on(10, own), on(9, own), back, on(1, own))).toBe(back);
  });

  it('is none while the line is not back, or is back somewhere else: then it moved', () => {
    expect(backOf(on(3, other), on(10, own))).toBeNull();
    expect(backOf(on(3, other), on(10, own), on(2, '81.2.71.1'))).toBeNull();
  });

  it('is none where the block before was the person’s for less than a day', () => {
    expect(backOf(on(3, other), on(4, own), on(2, own))).not.toBeNull();
    expect(backOf(on(3, other), on(3.9, own), on(2, own))).toBeNull();
  });

  it('is none where the line stayed for a day: by then it is known', () => {
    const stay = (hours: number) =>
      backOf(on(3, other), on(10, own), on(3 - hours / 24, other), on(1, own)) !== null;
    expect(stay(23)).toBe(true);
    expect(stay(24)).toBe(false);
  });

  it('is none where lines went to and fro in the 90 days before, as behind a carrier', () => {
    const habit = (days: number) => [on(days + 2, own), on(days + 1, '81.2.71.1'), on(days, own)];
    expect(backOf(on(3, other), ...habit(92), on(2, own))).toBeNull();
    expect(backOf(on(3, other), ...habit(94), on(10, own), on(2, own))).not.toBeNull();
  });

  it('takes what an analyst called an attack for no habit of the line', () => {
    const attack = on(20, '81.2.71.1', { isQuarantined: true });
    expect(backOf(on(3, other), on(30, own), attack, on(10, own), on(2, own))).not.toBeNull();
  });

  it('asks every network and version of addresses by itself', () => {
    const six = [on(10, '2a02:8108::1'), on(2.5, '2a02:8108::1')];
    const elsewhere = on(2.6, '81.2.71.1', { network: network(2) });
    expect(backOf(on(3, other), on(10, own), ...six, elsewhere, on(2, own))).toMatchObject({ ip: own });
    expect(backOf(on(3, other), ...six)).toBeNull();
  });

  it('is none where the network or the address is unknown', () => {
    const nowhere = { network: null };
    const sightings = [on(10, own, nowhere), on(2, own, nowhere)];
    expect(backOf(on(3, other, nowhere), ...sightings)).toBeNull();
    expect(backOf(on(3, other, { ip: null }), on(10, own), on(2, own))).toBeNull();
  });

  it('is found in linear time, however often the line changed', () => {
    const sightings = Array.from({ length: 200_000 }, (_, index) =>
      aSighting({
        atMs: NOW_MS - 200_000_000 + index * 1000,
        ip: `${20 + (index % 200)}.${index % 251}.1.1`,
        network: network(1),
        isQuarantined: index % 2 === 0,
      }),
    );
    const back = strayedLines(sightings, defaultSettings);
    expect(back(aSighting({ atMs: NOW_MS - HOUR, network: network(1) }))).toBeNull();
  });
});
