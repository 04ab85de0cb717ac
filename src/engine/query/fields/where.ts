import { deviceKind, ipClass, networkKind } from '../../../contract/place.ts';
import { dictionaryColumn, field, ownColumn, type Field, type Sort, type ValueColumn } from '../field.ts';

/** The fields of any row with an address: where it is and whose network. `row` is the row's alias. */
export function whereFields(row: string): readonly Field[] {
  const address: ValueColumn = {
    ...dictionaryColumn('ip', `${row}.ip_id`, 'address'),
    sortKey: 'd.sort_key',
  };
  const place = (column: string) => dictionaryColumn('place', `${row}.place_id`, column);
  const network = (column: string) => dictionaryColumn('network', `${row}.network_id`, column);
  const kinds: ValueColumn = {
    kind: 'value',
    sql: 'kind.value',
    within: (condition) =>
      `${row}.network_id IN (SELECT d.id FROM network AS d, json_each(d.kinds) AS kind WHERE ${condition})`,
  };
  return [
    field('ip', 'ip', 'Address or network: 10.0.0.0/8, 2001:db8::/32, 192.0.2.*', address, {
      sort: byDictionary('ip', row, 'sort_key'),
      isBare: true,
    }),
    field('ipClass', 'enum', 'What kind of address it is', dictionaryColumn('ip', `${row}.ip_id`, 'class'), {
      values: ipClass.options,
    }),
    field('country', 'text', 'Two letters (ISO 3166-1): DE', place('country_folded'), {
      sort: byDictionary('place', row, 'country_folded'),
    }),
    field('region', 'text', 'State or province', place('region_folded')),
    field('city', 'text', 'City', place('city_folded'), {
      sort: byDictionary('place', row, 'city_folded'),
      isBare: true,
    }),
    field('lat', 'number', 'Latitude in degrees: 47..55', place('lat')),
    field('lon', 'number', 'Longitude in degrees', place('lon')),
    field('accuracyKm', 'number', 'Radius of the place in kilometres', place('accuracy_km')),
    field('placeFrom', 'enum', 'Who says where it is', place('origin'), { values: ['source', 'database'] }),
    field('asn', 'number', 'Number of the network: 64500 or AS64500', network('asn'), {
      sort: byDictionary('network', row, 'asn'),
    }),
    field('org', 'text', 'Who runs the network', network('org_folded'), {
      sort: byDictionary('network', row, 'org_folded'),
      isBare: true,
    }),
    field('networkKinds', 'enum', 'What kind of network it is', kinds, {
      shortNames: ['network'],
      values: networkKind.options,
    }),
  ];
}

/** The fields of any row with a user agent. */
export function deviceFields(row: string): readonly Field[] {
  const device = (column: string) => dictionaryColumn('device', `${row}.device_id`, column);
  const agent = dictionaryColumn('agent', `${row}.agent_id`, 'folded');
  return [
    field('userAgent', 'text', 'The whole text: *curl*', agent, { isBare: true }),
    field('browser', 'text', 'Browser family: Firefox', device('browser_folded'), {
      sort: byDictionary('device', row, 'browser_folded'),
    }),
    field('browserVersion', 'text', 'Version as the user agent says: 140*', device('browser_version_folded')),
    field('os', 'text', 'Operating system: Windows', device('os_folded'), {
      sort: byDictionary('device', row, 'os_folded'),
    }),
    field('osVersion', 'text', 'Version as the user agent says', device('os_version_folded')),
    field('deviceKind', 'enum', 'What kind of device it is', device('kind'), {
      shortNames: ['device'],
      values: deviceKind.options,
      sort: byDictionary('device', row, 'kind'),
    }),
  ];
}

/** Whose row it is, and at which source; `row` has a `user_id`. */
export function ownerFields(row: string, source = sourceOfUser(row)): readonly Field[] {
  const user = (column: string) => dictionaryColumn('user', `${row}.user_id`, column);
  return [
    field('user', 'text', 'Name or id of the user', [user('name_folded'), user('external_id_folded')], {
      isBare: true,
    }),
    field('userName', 'text', 'Name of the user', user('name_folded'), {
      sort: byDictionary('user', row, 'name_folded'),
    }),
    field('userId', 'text', 'Id of the user at the source', user('external_id_folded'), {
      sort: byDictionary('user', row, 'external_id_folded'),
    }),
    field('source', 'text', 'Id of the source', source),
  ];
}

function sourceOfUser(row: string): ValueColumn {
  return {
    kind: 'value',
    sql: 'source.name',
    within: (condition) =>
      `${row}.user_id IN (SELECT d.id FROM user AS d JOIN source ON source.id = d.source_id WHERE ${condition})`,
  };
}

/** Milliseconds since 1970 in a column of the row itself. */
export function timeField(name: string, sql: string, help: string, options: Partial<Field> = {}): Field {
  return field(name, 'time', help, ownColumn(sql), { sort: { kind: 'column', sql }, ...options });
}

function byDictionary(table: string, row: string, column: string): Sort {
  return { kind: 'dictionary', table, key: `${row}.${table}_id`, column };
}
