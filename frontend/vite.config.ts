import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { serviceWorker } from './worker.build.ts';

const page = (name: string) => fileURLToPath(new URL(`./${name}.html`, import.meta.url));
const backend = process.env.RELAIS_DEV_BACKEND ?? 'http://127.0.0.1:8080';

// The server answers with a strict Content-Security-Policy: nothing is inlined, neither
// scripts, styles, fonts nor small pictures.
export default defineConfig({
  plugins: [svelte(), serviceWorker()],
  appType: 'mpa',
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        index: page('index'),
        console: page('console'),
        phone: page('phone'),
        pilot: page('pilot'),
        training: page('training'),
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': { target: backend, ws: true, changeOrigin: false },
      '/entrainement/api': { target: backend, ws: true, changeOrigin: false },
    },
  },
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
  },
});
