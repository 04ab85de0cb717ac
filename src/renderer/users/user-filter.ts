/** Which users the list shows; the address holds the value. */
export const userFilters = [
  { value: 'all', label: 'All users', query: '' },
  { value: 'several', label: 'Several accounts', query: 'personId:*' },
  { value: 'administrator', label: 'Administrators', query: 'tags:administrator' },
  { value: 'service', label: 'Service accounts', query: 'tags:service' },
  { value: 'shared', label: 'Shared accounts', query: 'tags:shared' },
] as const;

export function userFilter(value: string | undefined) {
  return userFilters.find((each) => each.value === value) ?? userFilters[0];
}
