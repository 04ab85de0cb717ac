import { open } from 'node:fs/promises';
import type { SecretRef } from '../contract/source.ts';
import { EngineError } from './errors.ts';
import type { Secrets } from './host.ts';
import { Secret } from './secret.ts';

const MAX_FILE_BYTES = 65_536;

export type ReferenceSecretsOptions = {
  /** The host's environment; undefined for a variable that is not set. */
  readonly env: (variable: string) => string | undefined;
};

/**
 * Secrets where their owner keeps them: environment variables, and files that nobody else can read. They are read
 * at each use, so a changed secret counts at once. Typed ones are kept in memory and nowhere else.
 */
export function createReferenceSecrets({ env }: ReferenceSecretsOptions): Secrets {
  const typed = new Map<string, Secret>();
  return {
    storeDescription:
      'Secrets typed here are kept in memory and are gone when Sessionscope ends; for good, name an environment variable or a file with mode 600.',
    async resolve(ref: SecretRef) {
      if ('env' in ref) return fromEnvironment(env, ref.env);
      if ('file' in ref) return fromFile(ref.file);
      const secret = typed.get(ref.stored);
      if (secret !== undefined) return secret;
      throw new EngineError('invalid-input', 'The typed secret is no longer in memory. Type it again.');
    },
    async store(id, value) {
      typed.set(id, new Secret(value));
    },
    async forget(id) {
      typed.delete(id);
    },
  };
}

function fromEnvironment(env: ReferenceSecretsOptions['env'], variable: string): Secret {
  const value = env(variable);
  if (value !== undefined && value !== '') return new Secret(value);
  throw new EngineError(
    'invalid-input',
    `The environment variable ${variable} is not set. Set it where Sessionscope is started.`,
  );
}

async function fromFile(path: string): Promise<Secret> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw refuse(path, 'can not be read. Check that it is there and belongs to you', error);
  });
  try {
    // Asked of the open file, so that nothing can be put in its place between the question and the reading.
    const stat = await file.stat();
    if (!stat.isFile()) throw refuse(path, 'is not a file');
    if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) {
      const octal = (stat.mode & 0o777).toString(8);
      throw refuse(path, `can be read by other users (mode ${octal}). Run chmod 600 on it`);
    }
    if (stat.size > MAX_FILE_BYTES) throw refuse(path, 'is too large for a secret (more than 64 KiB)');
    const value = (await file.readFile('utf8')).replace(/\r?\n$/, '');
    if (value === '') throw refuse(path, 'is empty');
    return new Secret(value);
  } finally {
    await file.close();
  }
}

function refuse(path: string, what: string, cause?: unknown): EngineError {
  return new EngineError('invalid-input', `The secret file ${path} ${what}.`, { cause });
}
