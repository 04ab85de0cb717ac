import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { NONCE_PLACEHOLDER } from './src/contract/csp.ts';

/** Each thread of an engine reads its libraries anew: of these it needs a part, and the whole holds 8 MB more a thread. */
export const bundledDependencies = ['zod', 'chevrotain'];

// Other dependencies of package.json stay outside of the main bundles (native modules must); the page bundles its own.
export default defineConfig({
  main: {
    build: {
      externalizeDeps: { exclude: bundledDependencies },
      outDir: 'out/main',
      target: 'node24',
      sourcemap: true,
      rollupOptions: {
        input: {
          index: resolve('src/main/index.ts'),
          cli: resolve('src/cli/index.ts'),
          'store-thread': resolve('src/engine/store/threads/store-thread.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload script can't be an ES module, and may require nothing but electron.
      externalizeDeps: false,
      rollupOptions: {
        input: resolve('src/preload/index.ts'),
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    // Replaced in each response by both page hosts: src/contract/csp.ts.
    html: { cspNonce: NONCE_PLACEHOLDER },
    build: {
      outDir: resolve('out/renderer'),
      emptyOutDir: true,
      // electron-vite leaves this off, and the web host serves these files too.
      minify: true,
      // Inlined images would need `data:`, inlined scripts a weaker policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // Sizes have limits of their own in checks/bundles.ts.
      chunkSizeWarningLimit: 1_000,
      rollupOptions: { input: resolve('src/renderer/index.html') },
    },
  },
});
