import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  // The console has addresses of several levels, in the browser and under app: alike.
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    target: ['chrome130', 'firefox132', 'safari18'],
    // A data: address for a script or font would need a hole in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The test of the console's size says how much is too much: what counts is the compressed size of what loads first.
    chunkSizeWarningLimit: 1000,
  },
});
