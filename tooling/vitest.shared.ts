import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { ViteUserConfig } from 'vitest/config'

/** Where every run leaves its results beside the printed ones: `tooling/test.mjs` adds them up, turbo restores them from its cache. */
const resultsFile = 'test-results/vitest.json'

/** Packages read each other's TypeScript sources, so that no test waits for a build. */
const conditions = ['@parley/source']

/**
 * turbo runs several packages beside each other; one that starts real servers and databases
 * must not take the whole machine for itself.
 */
const maxWorkers = Math.max(1, Math.floor(availableParallelism() / 2))

const files = (extension: string) => [`src/**/*.test.${extension}`, `test/**/*.test.${extension}`]

export function preset(test: ViteUserConfig['test'] = {}): ViteUserConfig {
  return shared({ include: files('ts'), ...test })
}

/** For packages with screens: `*.test.tsx` gets a document, `*.test.ts` stays in plain Node. */
export function presetWithScreens(): ViteUserConfig {
  return shared({
    projects: [
      { extends: true, test: { name: 'node', include: files('ts'), environment: 'node' } },
      { extends: true, test: { name: 'dom', include: files('tsx'), environment: 'jsdom' } },
    ],
  })
}

function shared(test: ViteUserConfig['test']): ViteUserConfig {
  return {
    resolve: { conditions: [...conditions, 'module', 'browser', 'development|production'] },
    ssr: { resolve: { conditions: [...conditions, 'module', 'node', 'development|production'] } },
    test: {
      reporters: ['default', 'json'],
      outputFile: { json: resultsFile },
      testTimeout: 15_000,
      hookTimeout: 30_000,
      teardownTimeout: 10_000,
      // Patience, not a measure: machines that build beside the tests are slow.
      expect: { poll: { timeout: 10_000 } },
      setupFiles: [join(import.meta.dirname, 'vitest.patience.ts')],
      maxWorkers,
      restoreMocks: true,
      unstubEnvs: true,
      unstubGlobals: true,
      ...test,
    },
  }
}
