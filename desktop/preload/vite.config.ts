import { defineConfig } from 'vite';

/** One CommonJS file with everything in it but electron: the only form that a sandboxed window loads. */
export default defineConfig({
  build: {
    outDir: '../../dist/desktop/preload',
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    lib: { entry: 'preload.ts', formats: ['cjs'], fileName: () => 'preload.cjs' },
    rolldownOptions: { external: ['electron'] },
  },
});
