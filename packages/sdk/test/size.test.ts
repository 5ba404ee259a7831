import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { describe, expect, it } from 'vitest'

const source = (file: string) => fileURLToPath(new URL(`../src/${file}`, import.meta.url))

/** As a page loads it: one minified script. */
async function bundle(entry: string, external: readonly string[] = []): Promise<Rolldown.OutputChunk> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@parley/source', 'module', 'browser', 'production'] },
    build: {
      write: false,
      rolldownOptions: {
        input: source(entry),
        external: [...external],
        preserveEntrySignatures: 'strict',
        output: { format: 'es' },
      },
    },
  })
  const { output } = built as Rolldown.RolldownOutput
  const [script] = output
  expect(output).toHaveLength(1)
  return script
}

const bytes = ({ code }: Rolldown.OutputChunk) => brotliCompressSync(code).length

describe('what a page loads', () => {
  it('of a visitor’s client stays small', async () => {
    expect(bytes(await bundle('visitor.ts'))).toBeLessThan(14_700)
  })

  it('of the whole client stays small, beside socket.io-client', async () => {
    expect(bytes(await bundle('index.ts', ['socket.io-client']))).toBeLessThan(21_500)
  })

  it.each(['visitor.ts', 'index.ts'])(
    'with %s has of the contracts only the spelling, and no Zod',
    async entry => {
      const { moduleIds } = await bundle(entry)
      const ours = moduleIds.filter(id => id.includes('/contracts/'))
      expect(ours.map(id => id.replace(/.*\/contracts\//, ''))).toEqual(['src/bindings/spelling.ts'])
      expect(moduleIds.filter(id => id.includes('zod'))).toEqual([])
    },
  )

  it('of the embedding types is nothing', async () => {
    expect((await bundle('embed.ts')).code.trim()).toBe('')
  })
})
