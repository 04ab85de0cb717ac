import type { Field, LookUp } from '../field.ts';
import { deviceFields, whereFields, type Row } from './where.ts';

/**
 * Fields that ask where and with what somebody was, asked of another row as well: one that matches in either way matches.
 *
 * @param related how a condition on that row becomes one on the listed row, step by step; none where it is the listed row itself
 */
export function alsoOf(row: Row, fields: readonly Field[], ...related: readonly LookUp[]): readonly Field[] {
  const known = new Map([...whereFields(row), ...deviceFields(row)].map((each) => [each.name, each.columns]));
  return fields.map((each) => {
    const columns = (known.get(each.name) ?? []).map((column) => ({
      ...column,
      lookUps: [...column.lookUps, ...related],
    }));
    return columns.length === 0 ? each : { ...each, columns: [...each.columns, ...columns] };
  });
}
