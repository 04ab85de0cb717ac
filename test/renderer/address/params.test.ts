import { describe, expect, it } from 'vitest';
import { readParams, writeParams } from '../../../src/renderer/address/use-address.ts';

describe('what the address holds', () => {
  it('survives being written and read', () => {
    const params = { q: 'user:"a&b" city:São Paulo #1 ?', session: 'k1', user: 'chat/ann/1' };
    expect(readParams(`?${writeParams(params)}`)).toEqual(params);
  });

  it('leaves out what is empty or unknown to the page', () => {
    expect(writeParams({ q: '', finding: undefined, session: 'k1' })).toBe('session=k1');
    expect(readParams('?q=&token=x&session=k1')).toEqual({ session: 'k1' });
  });
});
