import { describe, expect, it } from 'vitest';
import { packOrgNames } from '../../../src/engine/enrich/org-names.ts';

describe('names of autonomous systems', () => {
  const names = packOrgNames([
    [4_294_967_295, 'the last one'],
    [7, 'Wüste Söhne GmbH'],
    [3, ''],
    [0, '無名'],
  ]);

  it('are found whatever order they came in, whole', () => {
    expect([0, 3, 7, 4_294_967_295].map((asn) => names.of(asn))).toEqual([
      '無名',
      '',
      'Wüste Söhne GmbH',
      'the last one',
    ]);
  });

  it.each([1, 6, 8, 4_294_967_294])('are null for a number without one: %d', (asn) =>
    expect(names.of(asn)).toBeNull(),
  );

  it('are null for every number when there are none', () => expect(packOrgNames([]).of(1)).toBeNull());
});
