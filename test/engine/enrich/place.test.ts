import { describe, expect, it } from 'vitest';
import type { Place } from '../../../src/engine/whereabouts.ts';
import { placeOf } from '../../../src/engine/enrich/place.ts';
import { placeLevel } from '../../../src/engine/enrich/place-level.ts';
import { openMaxmind } from '../../support/maxmind-file.ts';

const nowhere: Place = { country: null, region: null, city: null, lat: null, lon: null, accuracyKm: null };

describe('MaxMind places', () => {
  const mmdb = openMaxmind('GeoIP2-City-Test');

  it.each([
    ['81.2.69.142', 'GB', 'England', 'London', 10, 'city'],
    ['81.2.69.144', 'GB', 'England', 'London', 3, 'city'],
    ['81.2.69.160', 'GB', 'England', 'London', 100, 'city'],
    ['2.125.160.216', 'GB', 'England', 'Boxford', 100, 'city'],
    ['216.160.83.56', 'US', 'Washington', 'Milton', 22, 'city'],
    ['216.160.83.64', 'US', 'Washington', null, 1000, 'region'],
    ['149.101.100.0', 'US', null, null, 1000, 'country'],
    ['89.160.20.112', 'SE', 'Östergötland County', 'Linköping', 76, 'city'],
    ['67.43.156.0', 'BT', null, null, 534, 'country'],
    ['202.196.224.0', 'PH', null, null, 121, 'country'],
    ['175.16.199.0', 'CN', 'Jilin Sheng', 'Changchun', 100, 'city'],
    ['214.78.120.1', 'US', 'California', 'San Diego', 100, 'city'],
    ['2001:218::1', 'JP', null, null, 100, 'country'],
    ['2a02:cf40::1', 'NO', null, null, 100, 'country'],
    ['2a02:d0c0::1', 'RU', null, null, 100, 'country'],
  ])(
    'puts %s into %s, %s, %s with the stated radius',
    (address, country, region, city, accuracyKm, level) => {
      const place = mmdb.lookup(address, placeOf);
      expect(place).toMatchObject({ country, region, city, accuracyKm });
      expect(placeLevel(place)).toBe(level);
    },
  );

  it('gives a country without coordinates where the database has only that', () => {
    const place = openMaxmind('GeoIP2-Country-Test').lookup('81.2.69.142', placeOf);
    expect(place).toEqual({ ...nowhere, country: 'GB' });
  });

  it('does not take the country of registration for the place', () => {
    expect(placeOf({ registered_country: { iso_code: 'RO' }, country: {} })).toEqual({ kind: 'nothing' });
  });
});

describe('damaged databases', () => {
  it('have no place within a metre of 0,0, and count it', () => {
    const mmdb = openMaxmind('GeoIP2-City-Test-Broken-Double-Format');
    expect(mmdb.lookup('81.2.69.142', placeOf)).toBeNull();
    expect(mmdb.faults).toBe(1);
  });

  it('answer a lookup that throws with no place, and count it', () => {
    const mmdb = openMaxmind('GeoIP2-City-Test-Invalid-Node-Count');
    expect(mmdb.lookup('81.2.69.142', placeOf)).toBeNull();
    expect(mmdb.lookup('2a02:cf40::1', placeOf)).toBeNull();
    expect(mmdb.lookup('1.1.1.1', placeOf)).toBeNull();
    expect(mmdb.faults).toBe(2);
  });

  it('answer text where a record should be with no place, and count it', () => {
    const mmdb = openMaxmind('MaxMind-DB-no-ipv4-search-tree');
    expect(mmdb.lookup('81.2.69.142', placeOf)).toBeNull();
    expect(mmdb.faults).toBe(1);
  });

  it.each(['MaxMind-DB-test-broken-pointers-24', 'MaxMind-DB-test-broken-search-tree-24'])(
    'never throw at any address (%s)',
    (name) => {
      const mmdb = openMaxmind(name);
      for (let last = 0; last < 256; last += 1) expect(mmdb.lookup(`1.1.1.${last}`, placeOf)).toBeNull();
    },
  );

  it('are not asked for an address of the other family', () => {
    const mmdb = openMaxmind('MaxMind-DB-test-broken-pointers-24');
    expect(mmdb.ipVersion).toBe(4);
    expect(mmdb.networkAt('101:101::').record).toBeNull();
    expect(mmdb.networkAt('1.1.1.1').record).not.toBeNull();
  });
});

describe('flat records', () => {
  const dbip = {
    country_code: 'GB',
    state1: 'England',
    state2: '',
    city: 'London',
    postcode: '',
    latitude: 51.5,
    longitude: -0.1,
    timezone: '',
  };
  const london = { country: 'GB', region: 'England', city: 'London', lat: 51.5, lon: -0.1, accuracyKm: null };

  it('of DB-IP become places without a radius', () => {
    expect(placeOf(dbip)).toEqual({ kind: 'value', value: london });
  });

  it('of IPinfo become places though their numbers are text', () => {
    const ipinfo = { country: 'GB', region: 'England', city: 'London', lat: '51.5', lng: '-0.1' };
    expect(placeOf(ipinfo)).toEqual({ kind: 'value', value: london });
  });

  it('with only a country have no coordinates', () => {
    const place = { ...nowhere, country: 'GB' };
    expect(placeOf({ country_code: 'GB', city: '', state1: '-' })).toEqual({ kind: 'value', value: place });
  });

  it.each([
    [{ latitude: 0, longitude: 0 }],
    [{ latitude: 1.8e-52, longitude: 0.000001 }],
    [{ latitude: 91, longitude: 0 }],
    [{ latitude: 50, longitude: 181 }],
    [{ latitude: Number.NaN }],
    [{ latitude: null }],
    [{ latitude: 'north' }],
    [{ longitude: {} }],
  ])('with coordinates %o are damaged', (coordinates) => {
    expect(placeOf({ ...dbip, ...coordinates })).toEqual({ kind: 'broken' });
  });

  it('keep a place at 0° longitude', () => {
    expect(placeOf({ ...dbip, latitude: 51.48, longitude: 0 }).kind).toBe('value');
  });

  it.each([[{}], [{ ip: '1.1.1.1' }], [{ country_code: 'ZZ' }], [{ country_code: 7, city: ['x'] }]])(
    'that say nothing are no place (%o)',
    (record) => expect(placeOf(record)).toEqual({ kind: 'nothing' }),
  );

  it.each([0, -5, 30_000, Number.NaN, 'wide'])('have no radius of %s km', (accuracy_radius) => {
    expect(placeOf({ ...dbip, accuracy_radius })).toEqual({ kind: 'value', value: london });
  });
});
