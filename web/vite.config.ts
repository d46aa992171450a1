import {defineConfig} from 'vite';

// The page is built into build/page, from where the program embeds it. While working on it:
// `dateline serve STORE`, then `npm run dev`, which hands /api on to the program.
export default defineConfig({
  esbuild: {jsx: 'automatic', jsxImportSource: 'preact'},
  build: {
    outDir: '../build/page',
    emptyOutDir: true,
    target: 'es2021',
    assetsInlineLimit: 0,
    modulePreload: {polyfill: false},
  },
  server: {proxy: {'/api': {target: 'http://127.0.0.1:8021', changeOrigin: true}}},
});
