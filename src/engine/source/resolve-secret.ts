import type { SecretRef } from '../../contract/source.ts';
import { EngineError } from '../errors.ts';
import type { Secrets } from '../host.ts';
import type { Secret } from '../secret.ts';

/**
 * The secret behind a reference, for a source that is about to use it. One that is missing or can't be read is
 * `unauthorized`, the code a source's problem may carry, in the words of the host, which name the reference.
 */
export async function resolveSecret(secrets: Pick<Secrets, 'resolve'>, ref: SecretRef): Promise<Secret> {
  try {
    return await secrets.resolve(ref);
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'invalid-input') throw error;
    throw new EngineError('unauthorized', error.message, { cause: error });
  }
}
