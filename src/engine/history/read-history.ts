import type { HistoryFormat } from '../../contract/history.ts';
import { parseEventLines } from './events-jsonl.ts';
import { readLines, type Line } from './lines.ts';
import { refusal } from './open-file.ts';
import type { PastLogins } from './past-login.ts';
import { parseRbaLines, rbaColumns } from './rba-csv.ts';

export type HistoryPage = PastLogins & { readonly format: HistoryFormat };

/**
 * Reads a login history, page by page, in constant memory. Throws `invalid-input` with a sentence, before the first page,
 * when there is nothing to read or it is no login history.
 *
 * @param format null: what the first line looks like
 */
export async function* readHistory(
  chunks: AsyncIterable<Buffer>,
  format: HistoryFormat | null,
): AsyncGenerator<HistoryPage, void, void> {
  let reader: Reader | null = null;
  for await (const lines of readLines(chunks)) {
    const isFirst = reader === null;
    reader ??= readerOf(lines[0]?.text ?? '', format);
    const records = isFirst && reader.hasHeader ? lines.slice(1) : lines;
    yield { format: reader.format, ...reader.parse(records) };
  }
  if (reader === null) throw refusal('There is nothing in the file but blank lines.');
}

type Reader = {
  readonly format: HistoryFormat;
  readonly hasHeader: boolean;
  readonly parse: (lines: readonly Line[]) => PastLogins;
};

const eventLines: Reader = { format: 'events-jsonl', hasHeader: false, parse: parseEventLines };

function readerOf(firstLine: string, wanted: HistoryFormat | null): Reader {
  const columns = wanted === 'events-jsonl' ? null : rbaColumns(firstLine);
  if (columns !== null)
    return { format: 'rba-csv', hasHeader: true, parse: (lines) => parseRbaLines(lines, columns) };
  if (wanted === 'events-jsonl') return eventLines;
  if (wanted === 'rba-csv')
    throw refusal(
      'The first line does not name the columns of the RBA data set ("Login Timestamp", "User ID", …).',
    );
  if (firstLine.startsWith('{')) return eventLines;
  if (firstLine.startsWith('['))
    throw refusal(
      'The file is one JSON array; events-jsonl has one object a line ("jq -c .[]" makes it so).',
    );
  throw refusal(
    'The file is neither events-jsonl (a JSON object a line) nor rba-csv (the columns of the RBA data set).',
  );
}
