import type { ListName, QueryField } from '../../contract/system.ts';
import type { Field } from './field.ts';
import { eventFields } from './fields/events.ts';
import { findingFields } from './fields/findings.ts';
import { incidentFields } from './fields/incidents.ts';
import { sessionFields } from './fields/sessions.ts';
import { userFields } from './fields/users.ts';

/** The fields of each list, as the search box and the help show them. */
export function queryFields(list: ListName): readonly QueryField[] {
  return fieldsOf(list).map(({ name, shortNames, type, values, sort, help }) => ({
    name,
    shortNames: [...shortNames],
    type,
    values: type === 'boolean' ? ['true', 'false', 'unknown'] : [...values],
    sortable: sort !== null,
    help,
  }));
}

/** The fields of each list, with where they are stored. */
export function fieldsOf(list: ListName): readonly Field[] {
  switch (list) {
    case 'sessions':
      return sessionFields;
    case 'findings':
      return findingFields;
    case 'incidents':
      return incidentFields;
    case 'users':
      return userFields;
    case 'events':
      return eventFields;
  }
}

/** By name or short name, in any case: `startedAt`, `started`, `STARTED`. */
export function findField(fields: readonly Field[], name: string): Field | undefined {
  const wanted = name.toLowerCase();
  return fields.find((each) => [each.name, ...each.shortNames].some((own) => own.toLowerCase() === wanted));
}
