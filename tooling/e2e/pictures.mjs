// The pictures of the README, taken anew: `pnpm --filter @parley/e2e pictures`, after a build. They show the built server
// on an embedded database of its own, the demo page on another site, and the console, in a conversation as people have it.
import { spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'

/** @import { Browser, Page, ViewportSize } from 'playwright-core' */

const ROOT = resolve(import.meta.dirname, '../..')
const FOLDER = join(ROOT, 'docs/pictures')
const PORT = 3979
const SERVER = `http://localhost:${PORT}`
const SHOP = `http://127.0.0.1:${PORT}/demo`
const API_KEY = 'an-api-key-for-the-pictures'
const IDENTITY_SECRET = 'an-identity-secret-for-the-pictures'
const ADA = { name: 'Ada Lindqvist', username: 'ada', password: 'the password of Ada', maxUsers: 3 }

const SHOP_SIZE = { width: 620, height: 570 }
const DESK_SIZE = { width: 910, height: 570 }
const PHONE = { width: 390, height: 760 }
const GAP = 2
const MAX_BYTES = 150_000

const dataDir = await mkdtemp(join(tmpdir(), 'parley-pictures-'))
const server = spawn(process.execPath, [join(ROOT, 'apps/server/dist/main.js')], {
  stdio: ['ignore', 'ignore', 'inherit'],
  env: {
    PATH: process.env['PATH'],
    PORT: String(PORT),
    DATA_DIR: dataDir,
    LOG_DIR: join(dataDir, 'logs'),
    LOG_LEVEL: 'warn',
    API_KEY,
    IDENTITY_SECRET,
  },
})
const browser = await chromium.launch({
  executablePath: process.env['PARLEY_TEST_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  await mkdir(FOLDER, { recursive: true })
  await untilHealthy()
  await takePictures(browser)
} finally {
  await browser.close()
  const ended = new Promise(done => server.once('exit', done))
  server.kill('SIGTERM')
  await ended
  await rm(dataDir, { recursive: true, force: true })
}

/** @param {Browser} browser */
async function takePictures(browser) {
  await setScene()
  const desk = await signIn(await person(browser, DESK_SIZE))
  const shop = await person(browser, SHOP_SIZE)
  const app = await talk(shop, desk)
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const both = []
    for (const page of [shop, desk]) {
      await page.emulateMedia({ colorScheme })
      both.push(await page.screenshot())
    }
    await beside(browser, both, `desktop-${colorScheme}.png`)
  }
  await shop.setViewportSize(PHONE)
  await desk.setViewportSize(PHONE)
  await shop.emulateMedia({ colorScheme: 'light' })
  await app.getByRole('log').evaluate(log => log.scrollTo(0, log.scrollHeight))
  await keep('phone-widget.png', await shop.screenshot())
  await keep('phone-console.png', await desk.screenshot())
}

async function person(/** @type {Browser} */ browser, /** @type {ViewportSize} */ viewport) {
  const context = await browser.newContext({ viewport, locale: 'en-GB', reducedMotion: 'reduce' })
  return context.newPage()
}

async function setScene() {
  await call('PATCH /api/site', { name: 'Birch & Stone', accent: '#2f5fd0' })
  await call('POST /api/operators', ADA)
}

/** @param {Page} page */
async function signIn(page) {
  await page.goto(`${SERVER}/console/`)
  await page.getByLabel('Username').fill(ADA.username)
  await page.getByLabel('Password').fill(ADA.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('tab', { name: 'Mine' }).waitFor()
  return page
}

/** Mara asks in the shop and Ada answers, while others write and wait. */
async function talk(/** @type {Page} */ shop, /** @type {Page} */ desk) {
  await shop.goto(SHOP)
  const userHash = createHmac('sha256', IDENTITY_SECRET).update('mara').digest('hex')
  await shop.evaluate(identity => /** @type {any} */ (window).parley('identify', identity), {
    userId: 'mara',
    userHash,
    name: 'Mara Jansen',
  })
  await shop.waitForFunction(() => Object.values(localStorage).some(value => value.includes('"mara"')))
  await shop.locator('parley-widget').getByRole('button').click()
  const app = shop.frameLocator('parley-widget iframe')
  const field = app.getByLabel('Write a message…')
  const says = async (/** @type {string} */ text) => {
    await field.fill(text)
    await field.press('Enter')
    await desk.locator('.message', { hasText: text.slice(0, 30) }).waitFor()
  }
  const reply = desk.getByLabel(/^Message to /)
  const answers = async (/** @type {string} */ text) => {
    await reply.fill(text)
    await reply.press('Enter')
    await app.locator('.message', { hasText: text.slice(0, 30) }).waitFor()
  }
  await field.fill('Hi! I ordered the Grove table last week, order 4711. Will it be here before Friday?')
  await field.press('Enter')
  await desk.locator('.session-row', { hasText: 'Mara Jansen' }).click()
  await reply.waitFor()
  await someone('lin-wei', 'Lin Wei', 'Can the Ember lamp be dimmed?')
  await someone('tomas', 'Tomás Ferreira', 'Thank you, that solves it.')
  await someone('chen', '陈晓', '你好，请问椅子可以送到苏黎世吗？')
  await someone('noor', 'Noor', 'Do you have the Fjord chair in walnut?')
  await answers('Hello Mara! Let me look that up for you.')
  await answers(
    'It left our workshop this morning. They will ring at your door on Wednesday, between 9 and 12.',
  )
  await says('Perfect, thank you. Could they carry it up to the third floor?')
  await answers('Of course: two people come along, and it costs nothing extra.')
  await app.locator('.message', { hasText: 'third floor' }).getByText('Read').waitFor()
  await field.pressSequentially('Wonderful', { delay: 450 })
  await desk.getByText('is writing…').first().waitFor()
  await desk.locator('.session-row', { hasText: 'dimmed' }).waitFor()
  return app
}

async function someone(
  /** @type {string} */ userId,
  /** @type {string} */ name,
  /** @type {string} */ message,
) {
  const { id } = await call('POST /api/chat/start-session', { userId, userType: 'user', name })
  await call(`POST /api/chat/send-message/${id}`, { message, senderId: userId })
}

async function call(/** @type {string} */ route, /** @type {object} */ body) {
  const [method = '', path] = route.split(' ')
  const headers = { 'content-type': 'application/json', 'x-api-key': API_KEY }
  const response = await fetch(SERVER + path, { method, headers, body: JSON.stringify(body) })
  const answer = await response.json()
  if (!answer.success) throw new Error(`${route}: ${answer.message}`)
  return answer.data
}

/** Two pages in one picture. */
async function beside(
  /** @type {Browser} */ browser,
  /** @type {Buffer[]} */ pictures,
  /** @type {string} */ name,
) {
  const page = await browser.newPage({
    viewport: { width: SHOP_SIZE.width + GAP + DESK_SIZE.width, height: DESK_SIZE.height },
  })
  const images = pictures.map(picture => `<img src="data:image/png;base64,${picture.toString('base64')}">`)
  await page.setContent(
    `<body style="margin:0;display:flex;gap:${GAP}px;background:#888">${images.join('')}</body>`,
  )
  await page.waitForFunction(() => [...document.images].every(image => image.complete))
  await keep(name, await page.screenshot())
  await page.close()
}

async function keep(/** @type {string} */ name, /** @type {Buffer} */ picture) {
  if (picture.length > MAX_BYTES)
    throw new Error(`${name} has ${picture.length} bytes: too many for a README`)
  await writeFile(join(FOLDER, name), picture)
  console.log(`docs/pictures/${name}: ${picture.length} bytes`)
}

async function untilHealthy() {
  for (;;) {
    if (server.exitCode !== null) throw new Error('the server has ended')
    const healthy = await fetch(`${SERVER}/api/health`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (healthy) return
    await new Promise(resume => setTimeout(resume, 100))
  }
}
