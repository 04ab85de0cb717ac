import { deviceKind, ipClass, networkKind } from '../../../contract/place.ts';
import { ipClasses } from '../codes.ts';
import {
  dictionaryColumn,
  field,
  indexed,
  numberLookUp,
  ownColumn,
  type BytesOf,
  type DerivedColumn,
  type Field,
  type Sort,
  type ValueColumn,
} from '../field.ts';
import { ipBeginning } from '../ip-beginning.ts';

/** An address is found by its sort key; patterns look at its text. */
const addressBytes: BytesOf = {
  beginning: (sql, beginning, bind) => {
    const ranges = ipBeginning(beginning);
    if (ranges === null) return null;
    const within = ranges.map(({ low, high }) => `${sql} BETWEEN ${bind(low)} AND ${bind(high)}`);
    return within.length === 0 ? '0' : `(${within.join(' OR ')})`;
  },
};

/** A listed row: its alias in SQL, and the table whose indexes are called `<table>_by_<dictionary>`. */
export type Row = { readonly alias: string; readonly table: string };

/** The fields of any row with an address: where it is and whose network. */
export function whereFields(row: Row): readonly Field[] {
  const { alias } = row;
  const ip = indexedDictionary('ip', row);
  const address: ValueColumn = { ...ip('address'), bytes: { sql: 'd.sort_key', ...addressBytes } };
  const place = indexedDictionary('place', row);
  const network = indexedDictionary('network', row);
  const kinds: ValueColumn = indexed({
    kind: 'value',
    sql: 'kind.value',
    lookUps: [numberLookUp('network', 'd', `${alias}.network_id`, ', json_each(d.kinds) AS kind')],
  });
  return [
    field('ip', 'ip', 'Address or network: 10.0.0.0/8, 2001:db8::/32, 192.0.2.*', address, {
      sort: byDictionary('ip', row, 'sort_key'),
      isBare: true,
    }),
    field('ipClass', 'enum', 'What kind of address it is', classColumn(row), { values: ipClass.options }),
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

/** Most addresses are public; the others have an index, which SQLite takes when it is told that they aren't. */
function classColumn({ alias }: Row): DerivedColumn {
  const conditions = Object.fromEntries(
    ipClasses.map((value, code) => [value, `(${code > 0 ? 'd.class <> 0 AND ' : ''}d.class = ${code})`]),
  );
  return {
    kind: 'derived',
    conditions,
    indexed: conditions,
    lookUps: [numberLookUp('ip', 'd', `${alias}.ip_id`)],
  };
}

/** The fields of any row with a user agent. */
export function deviceFields(row: Row): readonly Field[] {
  const device = indexedDictionary('device', row);
  const agent: ValueColumn = {
    ...indexedDictionary('agent', row)('folded'),
    trigrams: { table: 'agent_text', column: 'folded', id: 'd.id' },
  };
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

/** Whose row it is, and at which source; the row has a `user_id`. */
export function ownerFields(row: Row, source = sourceOfUser(row)): readonly Field[] {
  const user = (column: string): ValueColumn => ({
    ...indexedDictionary('user', row)(column),
    trigrams: { table: 'user_text', column, id: 'd.id' },
  });
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

function sourceOfUser({ alias }: Row): ValueColumn {
  return indexed({
    kind: 'value',
    sql: 'source.name',
    lookUps: [numberLookUp('user', 'd', `${alias}.user_id`, ' JOIN source ON source.id = d.source_id')],
  });
}

/** How a list is ordered by a moment; the index has the rows in its order. */
export type TimeOrder = Omit<Extract<Sort, { kind: 'column' }>, 'kind' | 'sql'>;

/** Milliseconds since 1970 in a column of the row itself; not sortable without an order. */
export function timeField(
  name: string,
  sql: string,
  order: TimeOrder | null,
  help: string,
  options: Partial<Field> = {},
): Field {
  const sort: Sort | null = order === null ? null : { kind: 'column', sql, ...order };
  const column = ownColumn(sql);
  return field(name, 'time', help, order === null ? column : indexed(column), { sort, ...options });
}

/** Columns of a dictionary that the row refers to by an index of its own. */
function indexedDictionary(dictionary: string, { alias }: Row): (column: string) => ValueColumn {
  return (column) => indexed(dictionaryColumn(dictionary, `${alias}.${dictionary}_id`, column));
}

function byDictionary(dictionary: string, { alias, table }: Row, column: string): Sort {
  return {
    kind: 'dictionary',
    table: dictionary,
    key: `${alias}.${dictionary}_id`,
    column,
    index: `${table}_by_${dictionary}`,
  };
}
