import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The page on a made-up engine, for looking at it: `vite --config test/renderer/preview/vite.config.ts`. The same
 * options as the shipped page where they matter for its policy.
 */
// eslint-disable-next-line no-restricted-syntax -- Vite takes the default export
export default defineConfig({
  root: import.meta.dirname,
  publicDir: new URL('../../../src/renderer/public', import.meta.url).pathname,
  plugins: [react()],
  html: { cspNonce: 'SESSIONSCOPE_NONCE' },
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false }, emptyOutDir: true },
});
