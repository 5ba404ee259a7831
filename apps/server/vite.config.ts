import { copyFile } from 'node:fs/promises'
import { defineConfig, type Plugin } from 'vite'

/** Runs in a thread of its own, so it stays a file of its own, beside whoever starts it. */
const WORKER = 'src/adapters/postgres/embedded/embedded-worker.mjs'

const worker: Plugin = {
  name: 'embedded-worker',
  async writeBundle({ dir = 'dist' }) {
    await copyFile(WORKER, `${dir}/embedded-worker.mjs`)
  },
}

/** The server and its commands, each with what it needs of our own packages; everything else stays in node_modules. */
export default defineConfig({
  plugins: [worker],
  resolve: { conditions: ['@parley/source', 'module', 'node', 'development|production'] },
  ssr: {
    noExternal: [/^@parley\//],
    resolve: { conditions: ['@parley/source', 'module', 'node', 'development|production'] },
  },
  build: {
    ssr: true,
    target: 'node20',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: { main: 'src/main.ts', cli: 'src/cli.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
})
