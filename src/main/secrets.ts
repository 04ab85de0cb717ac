import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SafeStorage } from 'electron';
import type { SecretAnswer, SecretRequest } from './engine-messages.ts';

export type SecretStore = {
  /** How secrets are kept on this machine, in a sentence for the page. */
  readonly description: string;
  /** Does what the engine asks; never rejects. */
  answer(request: SecretRequest): Promise<SecretAnswer>;
};

type Encryption = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
>;

/**
 * Keeps typed secrets in `file` (mode 0600), encrypted by the operating system. Where the system has nothing to
 * encrypt with they stay in memory: Electron's own fallback on Linux encrypts with a key that everybody knows.
 */
export async function openSecretStore(
  safeStorage: Encryption,
  platform: NodeJS.Platform,
  file: string,
): Promise<SecretStore> {
  const isFallback = platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
  if (isFallback || !(await safeStorage.isAsyncEncryptionAvailable())) return memoryStore(isFallback);
  return fileStore(safeStorage, file);
}

function memoryStore(isFallback: boolean): SecretStore {
  const values = new Map<string, string>();
  const why = isFallback
    ? 'This desktop has no password store, and what Electron offers instead (basic_text) is no encryption'
    : 'This system offers no encryption now';
  return {
    description: `${why}: secrets typed here stay in memory and are gone when Sessionscope ends.`,
    async answer(request) {
      if (request.verb === 'keep') values.set(request.id, request.value);
      if (request.verb === 'forget') values.delete(request.id);
      return { ok: true, value: request.verb === 'read' ? (values.get(request.id) ?? null) : null };
    },
  };
}

function fileStore(safeStorage: Encryption, file: string): SecretStore {
  // One after another: two writers of one file would lose a secret.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };

  const keep = async (id: string, value: string) => {
    const encrypted = await safeStorage.encryptStringAsync(value);
    await writeEntries(file, { ...(await readEntries(file)), [id]: encrypted.toString('base64') });
  };
  const read = async (id: string): Promise<string | null> => {
    const entry = (await readEntries(file))[id];
    if (entry === undefined) return null;
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(entry, 'base64'));
    if (shouldReEncrypt) await keep(id, result);
    return result;
  };
  const forget = async (id: string) => {
    const entries = Object.entries(await readEntries(file));
    await writeEntries(file, Object.fromEntries(entries.filter(([other]) => other !== id)));
  };

  return {
    description: 'Secrets typed here are encrypted by the operating system for your account.',
    answer: (request) =>
      inTurn(async () => {
        if (request.verb === 'read') return { ok: true, value: await read(request.id) } as const;
        await (request.verb === 'keep' ? keep(request.id, request.value) : forget(request.id));
        return { ok: true, value: null } as const;
      }).catch(() => ({
        ok: false,
        failure: 'The operating system did not open its store for secrets. Unlock it, then try again.',
      })),
  };
}

type Entries = Readonly<Record<string, string>>;

async function readEntries(file: string): Promise<Entries> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '{}';
    throw error;
  });
  const parsed: unknown = JSON.parse(text);
  const pairs = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : [];
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}

async function writeEntries(file: string, entries: Entries): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const next = `${file}.next`;
  await writeFile(next, JSON.stringify(entries), { mode: 0o600 });
  await rename(next, file);
}
