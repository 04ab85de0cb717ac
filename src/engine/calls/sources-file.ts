import type { z } from 'zod';
import { sourcesFile } from '../../contract/source.ts';
import { EngineError } from '../errors.ts';

/** The sources of a file. Throws `invalid-input` naming the field and what would be right. */
export function parseSourcesFile(file: unknown): z.infer<typeof sourcesFile> {
  const parsed = sourcesFile.safeParse(file);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join('.') ?? '';
    const where = field === '' ? 'the sources file' : `"${field}"`;
    throw new EngineError('invalid-input', `In ${where}: ${issue?.message ?? 'not valid'}.`, { field });
  }
  const ids = parsed.data.sources.map(({ id }) => id);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) {
    throw new EngineError('invalid-input', `Two sources have the id "${repeated}"; ids must be unique.`, {
      field: 'sources',
    });
  }
  return parsed.data;
}
