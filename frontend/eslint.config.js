import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'src/api/schema.d.ts', 'test-results/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      // A style attribute in the markup is refused by the Content-Security-Policy.
      'svelte/no-inline-styles': ['error', { allowTransitions: true }],
      'svelte/no-at-html-tags': 'error',
      // Live states are whole new values ($state.raw): a reactive Map of 7,000 slots would be slower.
      'svelte/prefer-svelte-reactivity': 'off',
      // Plain pages served by the server: there is no client-side router to resolve links.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  { files: ['e2e/**'], rules: { 'no-console': 'off' } },
);
