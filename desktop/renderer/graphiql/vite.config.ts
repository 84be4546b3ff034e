import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** A page of its own, beside the console: nothing of it is loaded by whoever does not open it. */
export default defineConfig({
  base: '/graphiql/',
  plugins: [react()],
  build: {
    target: ['chrome130', 'firefox132', 'safari18'],
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Its editor is one piece.
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      // A directive of React's compiler, which has done its work in what GraphiQL publishes.
      onwarn: (warning, warn) => {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
});
