import { readLines, type Line } from '../../../src/engine/history/lines.ts';
import { openFile, refusal } from '../../../src/engine/history/open-file.ts';
import type { PastLogin } from '../../../src/engine/history/past-login.ts';
import { parseRbaLines, rbaColumns } from '../../../src/engine/history/rba-csv.ts';

/** What the data set says of a login, and the product never looks at. */
export type RbaLabel = 'takeover' | 'attack-ip';

export type RbaRow = { readonly login: PastLogin; readonly label: RbaLabel | null };

/** The labels are the last two columns: nothing in a line can be taken for them but them. */
const LABELS = /,(True|False),(True|False)\s*$/i;
const LAST_COLUMNS = ',Is Attack IP,Is Account Takeover';

/**
 * Reads the RBA data set by the product's own importer, with the labels beside, page by page. Throws `invalid-input` with a
 * sentence for what is no such file.
 *
 * @param isWanted lines that are not are not even parsed
 */
export async function* readRba(
  file: string,
  isWanted: (label: RbaLabel | null) => boolean = () => true,
): AsyncGenerator<readonly RbaRow[], void, void> {
  let names: readonly string[] | null = null;
  for await (const page of readLines((await openFile(file)).chunks)) {
    const isFirst = names === null;
    names ??= columnsOf(page[0]?.text ?? '');
    const lines = (isFirst ? page.slice(1) : page).filter((line) => isWanted(labelOf(line)));
    const labels = new Map(lines.map((line) => [line.number, labelOf(line)]));
    const { logins } = parseRbaLines(lines, names);
    yield logins.map((login) => ({ login, label: labels.get(login.line) ?? null }));
  }
}

function columnsOf(header: string): readonly string[] {
  const names = header.trimEnd().endsWith(LAST_COLUMNS) ? rbaColumns(header) : null;
  if (names === null) throw refusal('The first line does not name the columns of the RBA data set.');
  return names;
}

function labelOf({ text }: Line): RbaLabel | null {
  const [, isAttackIp, isTakeover] = LABELS.exec(text ?? '') ?? [];
  if (isTakeover?.toLowerCase() === 'true') return 'takeover';
  return isAttackIp?.toLowerCase() === 'true' ? 'attack-ip' : null;
}
