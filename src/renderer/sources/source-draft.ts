import type { SecretRef, SourceKind } from '../../contract/source.ts';
import { sourceFormOf, type Credential } from './source-forms.ts';

/** A secret as it is entered: typed here, or the name of where it is. */
export type SecretDraft = { readonly from: 'typed' | 'env' | 'file'; readonly text: string };

/** What the form holds while a source is being described. */
export type SourceDraft = {
  kind: SourceKind;
  id: string;
  url: string;
  mode: 'user' | 'admin';
  userId: string;
  /** Seconds; empty takes the kind's own interval. */
  pollEverySeconds: number | '';
  credential: string;
  secrets: Record<string, SecretDraft>;
};

export function emptyDraft(kind: SourceKind, canType: boolean): SourceDraft {
  const { credentials } = sourceFormOf(kind);
  return {
    kind,
    id: '',
    url: '',
    mode: 'user',
    userId: '',
    pollEverySeconds: '',
    credential: credentials[0].id,
    secrets: Object.fromEntries(
      credentials
        .flatMap((credential) => credential.slots)
        .map(({ name }) => [name, { from: canType ? 'typed' : 'env', text: '' }]),
    ),
  };
}

export function credentialOf({ kind, credential }: Pick<SourceDraft, 'kind' | 'credential'>): Credential {
  const { credentials } = sourceFormOf(kind);
  return credentials.find(({ id }) => id === credential) ?? credentials[0];
}

/** What is missing, by form field; the engine checks the rest. */
export function missingFields(draft: SourceDraft): Record<string, string> {
  const missing: Record<string, string> = {};
  if (draft.id.trim() === '') missing.id = 'Give it a short name.';
  if (draft.url.trim() === '') missing.url = 'Give its address.';
  if (sourceFormOf(draft.kind).hasUserId && draft.userId.trim() === '') missing.userId = 'Give the user id.';
  for (const { name, label } of credentialOf(draft).slots) {
    if ((draft.secrets[name]?.text ?? '').trim() === '')
      missing[`secrets.${name}`] = `Give the ${label.toLowerCase()}.`;
  }
  return missing;
}

/**
 * The entry of a sources file that a draft describes. Typed secrets are handed to `keep`, which answers a reference:
 * they never become part of the entry.
 */
export async function sourceEntry(
  draft: SourceDraft,
  keep: (secret: string) => Promise<SecretRef>,
): Promise<Record<string, unknown>> {
  const form = sourceFormOf(draft.kind);
  const refs: Record<string, SecretRef> = {};
  for (const { name } of credentialOf(draft).slots) {
    const secret = draft.secrets[name] ?? { from: 'env', text: '' };
    refs[name] = await refOf(secret, keep);
  }
  const { code, ...auth } = refs;
  return {
    id: draft.id.trim(),
    kind: draft.kind,
    url: draft.url.trim(),
    ...(form.hasMode ? { mode: draft.mode } : {}),
    ...(draft.pollEverySeconds === '' ? {} : { pollEverySeconds: draft.pollEverySeconds }),
    auth: {
      ...auth,
      ...(form.hasUserId ? { userId: draft.userId.trim() } : {}),
      ...(code === undefined ? {} : { secondFactor: { method: 'totp', code } }),
    },
  };
}

async function refOf(secret: SecretDraft, keep: (secret: string) => Promise<SecretRef>): Promise<SecretRef> {
  const text = secret.text.trim();
  if (secret.from === 'env') return { env: text };
  if (secret.from === 'file') return { file: text };
  return keep(text);
}

/** The form field an engine's complaint is about (`sources.0.url` → `url`); null when it has none in the form. */
export function fieldOfProblem(path: string | null): 'id' | 'url' | 'userId' | 'pollEverySeconds' | null {
  const last = path?.split('.').at(-1);
  return last === 'id' || last === 'url' || last === 'userId' || last === 'pollEverySeconds' ? last : null;
}
