// dist/widget.js is the loader, one script for any page; dist/app is the chat app that it opens in an iframe.
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { compiledTexts } from './compile-texts.mjs'

/** @param {string} path */
const here = path => fileURLToPath(new URL(path, import.meta.url))

/** Small enough for other people's pages, and the same to this source. */
const preact = [
  { find: /^react\/jsx-runtime$/, replacement: fileURLToPath(import.meta.resolve('preact/jsx-runtime')) },
  { find: /^react-dom\/client$/, replacement: fileURLToPath(import.meta.resolve('preact/compat/client')) },
  { find: /^react(-dom)?$/, replacement: fileURLToPath(import.meta.resolve('preact/compat')) },
]

/** @type {import('vite').InlineConfig} */
const shared = {
  root: here('.'),
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  plugins: [compiledTexts()],
  resolve: { conditions: ['@parley/source', 'module', 'browser', 'production'], alias: preact },
}
// Left as written: every browser of 2024 and later knows light-dark().
const target = ['chrome123', 'firefox120', 'safari17.5']

await build({
  ...shared,
  build: {
    target,
    outDir: 'dist',
    emptyOutDir: true,
    lib: {
      entry: here('src/loader/main.ts'),
      formats: ['iife'],
      name: 'widget',
      fileName: () => 'widget.js',
    },
  },
})

await build({
  ...shared,
  base: './',
  build: {
    target,
    outDir: 'dist/app',
    // The page's CSP knows only its own origin: nothing may become a data: URL or an inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
