import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { CHROMIUM_FLAGS } from '../../../../tooling/vitest.chromium.ts'

/** Where there is none, the tests that need it are left out; `npm test` says so. */
export const CHROMIUM = process.env['PARLEY_TEST_CHROMIUM']

const PUBLIC = join(import.meta.dirname, '../../public')
/** As the server sends the console. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: blob:; media-src 'self' https:; connect-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

export interface Look {
  readonly width: number
  readonly height: number
  readonly dark?: boolean
}

export interface Screens {
  /** A page of the console at `#/…`. What it complains of is added to `complaints`. */
  open(hash: string, look: Look): Promise<Page>
  /** The same page as if it was opened anew. */
  goto(page: Page, hash: string): Promise<void>
  readonly complaints: string[]
  close(): Promise<void>
}

/** Builds the page of this folder, sends it under the console's policy, and opens it in Chromium. */
export async function openScreens(): Promise<Screens> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-console-'))
  await buildPage(folder)
  const server = await serve(folder)
  const browser = await launch()
  const complaints: string[] = []
  const goto = async (page: Page, hash: string) => {
    // A change of the hash alone would not load it again.
    await page.goto('about:blank')
    await page.goto(`${origin}/${hash}`)
    await page.waitForSelector('.shell')
  }
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    complaints,
    async open(hash, { width, height, dark = false }) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: dark ? 'dark' : 'light',
        reducedMotion: 'reduce',
        locale: 'en-GB',
      })
      const page = await context.newPage()
      page.on('pageerror', error => complaints.push(error.message))
      page.on('console', said => said.type() === 'error' && complaints.push(said.text()))
      await goto(page, hash)
      return page
    },
    goto,
    async close() {
      await browser.close()
      await new Promise(resolve => server.close(resolve))
      await rm(folder, { recursive: true })
    },
  }
}

async function buildPage(folder: string): Promise<void> {
  await build({
    root: import.meta.dirname,
    configFile: false,
    publicDir: PUBLIC,
    logLevel: 'error',
    plugins: [react()],
    resolve: { conditions: ['@parley/source', 'module', 'browser', 'development|production'] },
    build: {
      outDir: folder,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: Number.POSITIVE_INFINITY,
    },
  })
}

function serve(folder: string): Promise<Server> {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const file = path === '/' ? '/index.html' : path
    try {
      const body = await readFile(join(folder, file))
      response.writeHead(200, {
        'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': POLICY,
      })
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server)))
}

function launch(): Promise<Browser> {
  if (!CHROMIUM) throw new Error('PARLEY_TEST_CHROMIUM names no Chromium')
  return chromium.launch({
    executablePath: CHROMIUM,
    args: CHROMIUM_FLAGS,
  })
}
