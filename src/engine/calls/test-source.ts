import type { SourceTest } from '../../contract/source.ts';
import { toProblem } from '../errors.ts';
import type { Source } from '../source/source.ts';

/** One listing that is thrown away: who the credential is and whether the listing can be read to its end. */
export async function testSource(source: Source, id: string, signal: AbortSignal): Promise<SourceTest> {
  let account: string | null = null;
  try {
    const who = await source.account(signal);
    account = who.name ?? who.id;
    let sessions = 0;
    const pages = source.list(signal);
    for (;;) {
      const step = await pages.next();
      if (step.done !== true) sessions += step.value.rows.length;
      else if (step.value.complete) return { source: id, ok: true, account, sessions, error: null };
      else return { source: id, ok: false, account, sessions, error: step.value.problem };
    }
  } catch (error) {
    return { source: id, ok: false, account, sessions: null, error: toProblem(error) };
  } finally {
    await source.close();
  }
}
