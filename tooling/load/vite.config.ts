import { defineConfig } from 'vite'

// Node 20 runs no TypeScript: three programs, each started on its own.
export default defineConfig({
  build: {
    ssr: true,
    target: 'node20',
    rollupOptions: {
      output: { chunkFileNames: '[name]-[hash].js' },
      input: { main: 'src/main.ts', peers: 'src/peers.ts', relay: 'src/relay.ts' },
    },
  },
  logLevel: 'warn',
})
