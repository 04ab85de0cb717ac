import type { ReportFormat } from '../../../contract/report.ts';
import { textFormats } from '../../report/text-formats.ts';
import type { SqlCondition } from '../../query/to-sql.ts';
import type { Db } from '../database.ts';
import { filterOf } from '../filter.ts';
import { lineColumns, SessionLines, type LineRow } from './session-lines.ts';
import { TextBytes } from './text-bytes.ts';
import { readTextCursor, writeTextCursor, type TextPosition } from './text-cursor.ts';
import type { SessionTextRequest, TextPage } from './text-page.ts';

/** A page ends before its limit when lines are this long together. */
const MAX_PAGE_BYTES = 4_000_000;

type Bounds = SqlCondition['values'] & { readonly limit: number };
type Walk = {
  readonly query: string;
  readonly asOfMs: number;
  readonly filter: SqlCondition;
  readonly rows: Rows;
};
type Rows = ReturnType<typeof rowsOf>;

/**
 * Reads sessions as text, where the data is: no object is made of a row, and what many rows share is encoded once.
 * Lives as long as its connection.
 *
 * Sessions come in the order in which they were first stored. Unlike a start, that never changes: whatever is written
 * between two pages, no session is told twice, none that was there and still matches is left out, and none that
 * came later is told. Each line says what was stored when its page was read.
 */
export class SessionText {
  readonly #db: Db;
  readonly #lines = new Map<ReportFormat, SessionLines>();
  readonly #text = new TextBytes();
  #walk: Walk | null = null;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Throws EngineError `invalid-input` for a wrong query or cursor. */
  read({ query, format, cursor, limit }: SessionTextRequest, nowMs: number): TextPage {
    const at = cursor === null ? this.#start(nowMs) : readTextCursor(cursor);
    const walk = this.#walkOf(query, at.asOfMs);
    const bounds: Bounds = { ...walk.filter.values, afterId: at.afterId, lastId: at.lastId, limit };
    const rows =
      cursor === null && this.#isFew(walk.filter, bounds) ? rowsOf(this.#db, '', walk.filter) : walk.rows;
    return this.#write(rows.iterate(bounds), format, at, limit);
  }

  #write(found: Iterable<LineRow>, format: ReportFormat, at: TextPosition, limit: number): TextPage {
    const lines = this.#linesIn(format);
    lines.refresh();
    this.#text.clear();
    let rows = 0;
    let { afterId } = at;
    for (const row of found) {
      this.#text.add(lines.of(row, at.asOfMs));
      rows += 1;
      [afterId] = row;
      if (this.#text.size >= MAX_PAGE_BYTES) break;
    }
    const isLast = rows < limit && this.#text.size < MAX_PAGE_BYTES;
    return { text: this.#text.copy(), rows, next: isLast ? null : writeTextCursor({ ...at, afterId }) };
  }

  #start(nowMs: number): TextPosition {
    const lastId = this.#db.prepare<[], number | null>('SELECT max(id) FROM session').pluck().get() ?? 0;
    return { asOfMs: nowMs, lastId, afterId: 0 };
  }

  /** The pages of a text ask the same: their statement is made once. */
  #walkOf(query: string, asOfMs: number): Walk {
    if (this.#walk?.query === query && this.#walk.asOfMs === asOfMs) return this.#walk;
    const filter = filterOf('sessions', query, asOfMs);
    this.#walk = { query, asOfMs, filter, rows: rowsOf(this.#db, 'NOT INDEXED', filter) };
    return this.#walk;
  }

  /** Whether one page holds everything. */
  #isFew({ sql }: SqlCondition, bounds: Bounds): boolean {
    const counted = this.#db
      .prepare<[Bounds], number>(
        `SELECT count(*) FROM (
           SELECT 1 FROM session AS s WHERE (${sql}) AND s.id <= @lastId LIMIT @limit + 1)`,
      )
      .pluck()
      .get(bounds);
    return (counted ?? 0) <= bounds.limit;
  }

  #linesIn(format: ReportFormat): SessionLines {
    const known = this.#lines.get(format);
    if (known !== undefined) return known;
    const lines = new SessionLines(this.#db, textFormats[format]);
    this.#lines.set(format, lines);
    return lines;
  }
}

/**
 * Matching sessions by number. Few of them are found by the filter's own indexes, and sorted. Many are met by walking the
 * table from where the page before ended (`NOT INDEXED`): an index would find all of them again for every page.
 */
function rowsOf(db: Db, indexes: '' | 'NOT INDEXED', { sql }: SqlCondition) {
  return db
    .prepare<[Bounds], LineRow>(
      `SELECT ${lineColumns}
       FROM session AS s ${indexes} CROSS JOIN user ON user.id = s.user_id LEFT JOIN ip ON ip.id = s.ip_id
       WHERE s.id > @afterId AND s.id <= @lastId AND (${sql}) ORDER BY s.id LIMIT @limit`,
    )
    .raw();
}
