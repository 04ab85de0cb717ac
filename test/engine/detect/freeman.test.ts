import { describe, expect, it } from 'vitest';
import { freemanScore, highestFreemanScore, type FreemanCounts } from '../../../src/engine/detect/freeman.ts';

const ip = [0.6, 0.3, 0.1];
const agent = [0.53866538, 0.26804515, 0.18818295, 0.00510652];

/** Ten of a thousand logins of a hundred users. */
function counts(over: Partial<FreemanCounts> = {}): FreemanCounts {
  return {
    ownLogins: 10,
    allLogins: 1000,
    users: 100,
    features: [
      {
        weights: ip,
        kinds: 21,
        levels: [
          { own: 5, all: 20 },
          { own: 8, all: 200 },
          { own: 10, all: 700 },
        ],
      },
      {
        weights: agent,
        kinds: 11,
        levels: [
          { own: 0, all: 0 },
          { own: 2, all: 100 },
          { own: 10, all: 500 },
          { own: 10, all: 600 },
        ],
      },
    ],
    ...over,
  };
}

describe('the Freeman score', () => {
  it('is what the formula gives by hand', () => {
    // s_1 = 20/41, p(x_1) = 20/1021; p_G = 0.6·0.48780488·0.01958864 + 0.3·0.2 + 0.1·0.7 = 0.13573326
    // p_u = 0.6·0.5 + 0.3·0.8 + 0.1·1 = 0.64, ln(p_G / p_u) = −1.550777
    // s_1 = 0; p_G = 0.26804515·0.1 + 0.18818295·0.5 + 0.00510652·0.6 = 0.12395990
    // p_u = 0.26804515·0.2 + 0.18818295 + 0.00510652 = 0.24689850, ln = −0.689019
    // (1/100) / (10/1000) = 1, ln = 0
    const { features, user, logRisk } = freemanScore(counts());
    expect(features[0]).toBeCloseTo(-1.5507765, 7);
    expect(features[1]).toBeCloseTo(-0.6890192, 7);
    expect(user).toBeCloseTo(0, 12);
    expect(logRisk).toBeCloseTo(-2.2397957, 7);
  });

  it('takes a user who logs in less than others for likelier to be somebody else', () => {
    // ln((1/100) / (2/1000)) = ln 5
    const rare = freemanScore(counts({ ownLogins: 2, features: [] }));
    expect(rare.logRisk).toBeCloseTo(1.609438, 6);
  });

  it('adds ln 4 for a feature of which the user was never seen with anything', () => {
    const [first] = counts().features;
    const levels = (first?.levels ?? []).map(({ all }) => ({ own: 0, all }));
    const unseen = { weights: ip, kinds: 21, levels };
    expect(freemanScore(counts({ features: [unseen] })).features).toEqual([Math.log(4)]);
    const nobody = { ...unseen, levels: levels.map(() => ({ own: 0, all: 0 })) };
    expect(freemanScore(counts({ features: [nobody] })).features).toEqual([Math.log(4)]);
  });

  it('is finite where everybody is known later than the user', () => {
    const levels = [
      { own: 3, all: 0 },
      { own: 3, all: 0 },
      { own: 3, all: 0 },
    ];
    const score = freemanScore({
      ownLogins: 3,
      allLogins: 1,
      users: 1,
      features: [{ weights: ip, kinds: 1, levels }],
    });
    expect(Number.isFinite(score.logRisk)).toBe(true);
  });

  it('is never above what the user’s own logins allow', () => {
    expect(highestFreemanScore(counts())).toBeGreaterThan(freemanScore(counts()).logRisk);
    const all = counts().features.map((feature) => ({
      ...feature,
      levels: feature.levels.map(({ own }) => ({ own, all: 1000 })),
    }));
    const common = counts({ features: all });
    expect(highestFreemanScore(common)).toBeGreaterThanOrEqual(freemanScore(common).logRisk);
  });
});
