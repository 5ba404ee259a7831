import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const cache = fileURLToPath(new URL('../../../../node_modules/.cache/parley-child', import.meta.url))

export interface Child {
  readonly process: ChildProcessWithoutNullStreams
  /** What it prints on stdout. */
  readonly lines: Interface
}

/** A script of this package as a file that Node runs by itself, its thread's file beside it as in the real build. */
export async function bundleChild(
  script: URL,
): Promise<{ start(...args: string[]): Child; remove(): Promise<void> }> {
  const outDir = join(cache, randomUUID())
  await build({
    configFile: false,
    logLevel: 'error',
    // Our own packages go in from their sources: no test waits for a build.
    ssr: { noExternal: [/^@parley\//], resolve: { conditions: ['@parley/source', 'module', 'node'] } },
    build: {
      ssr: fileURLToPath(script),
      outDir,
      rollupOptions: { output: { entryFileNames: 'child.mjs' } },
    },
  })
  const worker = fileURLToPath(new URL('../embedded/embedded-worker.mjs', import.meta.url))
  await copyFile(worker, join(outDir, 'embedded-worker.mjs'))
  return {
    start(...args) {
      const child = spawn(process.execPath, [join(outDir, 'child.mjs'), ...args])
      child.stderr.pipe(process.stderr)
      return { process: child, lines: createInterface(child.stdout) }
    },
    remove: () => rm(outDir, { recursive: true }),
  }
}
