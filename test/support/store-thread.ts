import { resolve } from 'node:path';

/** The store's threads as they are in the source: Node runs it as it is. */
export const storeThread = resolve('src/engine/store/threads/store-thread.ts');

/** Tests of the store work in their own thread, which is faster; `SESSIONSCOPE_TEST_THREADS=1` runs them over threads. */
export const defaultThread = process.env.SESSIONSCOPE_TEST_THREADS === '1' ? storeThread : null;
