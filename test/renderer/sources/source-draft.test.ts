import { describe, expect, it } from 'vitest';
import { sourceKind, sourcesFile } from '../../../src/contract/source.ts';
import {
  emptyDraft,
  fieldOfProblem,
  missingFields,
  sourceEntry,
  type SourceDraft,
} from '../../../src/renderer/sources/source-draft.ts';
import { sourceForms } from '../../../src/renderer/sources/source-forms.ts';

const SECRET = 'token-that-must-not-leak';
const keep = async () => ({ stored: 'kept-1' });

/** A draft with everything filled in. */
function filled(draft: SourceDraft, from: 'typed' | 'env' | 'file'): SourceDraft {
  const secrets = Object.fromEntries(
    Object.keys(draft.secrets).map((name) => [name, { from, text: SECRET }]),
  );
  return { ...draft, id: 'one', url: 'https://one.example.org', userId: 'u1', secrets };
}

describe('adding a source', () => {
  it('has a form for every kind', () => {
    expect(sourceForms.map(({ kind }) => kind).sort()).toEqual([...sourceKind.options].sort());
  });

  it.each(sourceForms.flatMap((form) => form.credentials.map(({ id }) => [form.kind, id] as const)))(
    'describes %s signed in with %s as the contract wants it',
    async (kind, credential) => {
      const draft = { ...filled(emptyDraft(kind, false), 'env'), credential };
      expect(missingFields(draft)).toEqual({});
      const file = { sources: [await sourceEntry(draft, keep)] };
      expect(() => sourcesFile.parse(file)).not.toThrow();
    },
  );

  it('never puts a typed secret into the entry', async () => {
    const kept: string[] = [];
    const entry = await sourceEntry(filled(emptyDraft('zipline', true), 'typed'), async (secret) => {
      kept.push(secret);
      return { stored: 'kept-1' };
    });
    expect(JSON.stringify(entry)).not.toContain(SECRET);
    expect(entry.auth).toEqual({ token: { stored: 'kept-1' } });
    expect(kept).toEqual([SECRET]);
  });

  it('names what is missing by field', () => {
    expect(Object.keys(missingFields(emptyDraft('rocketchat', true))).sort()).toEqual([
      'id',
      'secrets.token',
      'url',
      'userId',
    ]);
  });

  it('finds the form field an engine complains about', () => {
    expect(fieldOfProblem('sources.0.url')).toBe('url');
    expect(fieldOfProblem('sources.0.auth')).toBeNull();
    expect(fieldOfProblem(null)).toBeNull();
  });
});
