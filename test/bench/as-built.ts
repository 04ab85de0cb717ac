import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { bundledDependencies } from '../../electron.vite.config.ts';

/** Programs of the benchmarks in the form in which an engine ships: bundled, most dependencies outside. */
export type Built = {
  program: (name: 'memory-process' | 'start-process') => string;
  readonly storeThread: string;
};

/**
 * Bundles them into a folder inside the project, where they find its dependencies. From source, the code of an engine and its
 * threads alone holds 60 MB more.
 */
export async function asBuilt(folder: string): Promise<Built> {
  const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  await build({
    configFile: false,
    logLevel: 'error',
    // Theirs too, which electron-vite takes with them.
    ssr: { noExternal: [...bundledDependencies, /^@chevrotain\//] },
    build: {
      ssr: true,
      target: 'node24',
      outDir: folder,
      rolldownOptions: {
        input: {
          'memory-process': source('memory-process.ts'),
          'start-process': source('start-process.ts'),
          'store-thread': source('../../src/engine/store/threads/store-thread.ts'),
        },
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  return {
    program: (name) => join(folder, `${name}.js`),
    storeThread: join(folder, 'store-thread.js'),
  };
}
