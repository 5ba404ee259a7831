import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import fences from './fences.cjs'
import { lawful, planted } from './fences.planted.ts'

interface Violation {
  from: string
  rule: { name: string }
}

const rules = fences.forbidden.map(rule => rule.name)
const trees: string[] = []
afterAll(() => {
  for (const tree of trees) rmSync(tree, { recursive: true })
})

describe('the fences', () => {
  test('let a tree pass whose arrows all point the right way', () => {
    expect(violations(lawful)).toEqual([])
  })

  test('give a reason each', () => {
    for (const rule of fences.forbidden) expect(rule.comment, rule.name).toMatch(/\w+ \w+.*\.\)?$/)
  })

  test('have a planted violation each', () => {
    expect(Object.keys(planted).sort()).toEqual([...rules].sort())
  })

  describe('catch', () => {
    let found: Violation[]
    beforeAll(() => {
      found = violations({ ...lawful, ...Object.assign({}, ...Object.values(planted)) })
    })

    test.each(Object.entries(planted))('%s', (rule, files) => {
      const caught = found.filter(violation => violation.rule.name === rule).map(violation => violation.from)
      expect(caught.filter(file => file in files)).not.toEqual([])
    })
  })
})

function violations(files: Record<string, string>): Violation[] {
  const tree = plant(files)
  const cli = join(
    import.meta.dirname,
    '..',
    'node_modules',
    'dependency-cruiser',
    'bin',
    'dependency-cruise.mjs',
  )
  const config = join(import.meta.dirname, 'fences.cjs')
  const run = spawnSync(
    process.execPath,
    [cli, '--config', config, '--output-type', 'json', 'apps', 'packages', 'tooling'],
    { cwd: tree, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
  expect(run.stderr).toBe('')
  return JSON.parse(run.stdout).summary.violations
}

/** Writes the files and a workspace around them, with stand-ins for the packages they import. */
function plant(files: Record<string, string>): string {
  const tree = mkdtempSync(join(tmpdir(), 'parley-fences-'))
  trees.push(tree)
  for (const [file, text] of Object.entries(files)) write(join(tree, file), text)
  for (const name of ['contracts', 'core', 'sdk']) {
    const own = `packages/${name}`
    write(join(tree, own, 'package.json'), JSON.stringify({ name: `@parley/${name}`, exports: entrances }))
    mkdirSync(join(tree, 'node_modules/@parley'), { recursive: true })
    symlinkSync(join(tree, own), join(tree, 'node_modules/@parley', name))
  }
  for (const name of [
    'zod',
    'pg',
    'fastify',
    'react',
    'radix-ui',
    'vitest',
    'fast-check',
    'socket.io-client',
    '@prisma/client',
  ]) {
    write(join(tree, 'node_modules', name, 'package.json'), JSON.stringify({ name, main: 'index.js' }))
    write(join(tree, 'node_modules', name, 'index.js'), 'module.exports = {}')
  }
  return tree
}

const entrances = {
  '.': { '@parley/source': './src/index.ts' },
  './spelling': { '@parley/source': './src/bindings/spelling.ts' },
  './react': { '@parley/source': './src/react/index.ts' },
  './testing': { '@parley/source': './src/testing/index.ts' },
}

function write(file: string, text: string) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${text}\n`)
}
