// The pictures of the README and the docs, taken anew: `pnpm --filter @parley/e2e pictures`, after a build. They show the built server
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
const operator = (/** @type {string} */ name, /** @type {string} */ username) => ({
  name,
  username,
  password: `the password of ${username}`,
  maxUsers: 3,
})
const ADA = operator('Ada Lindqvist', 'ada')
const BEN = operator('Ben Turner', 'ben')
const NOOR = operator('Noor Haddad', 'noor')
const JING = operator('陈静', 'jing')

const SHOP_SIZE = { width: 620, height: 570 }
const DESK_SIZE = { width: 910, height: 570 }
const TEAM_SIZE = { width: 1100, height: 740 }
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
  await desk.emulateMedia({ colorScheme: 'light' })
  await desk.setViewportSize(TEAM_SIZE)
  await meet(browser, desk)
  await keep('team.png', await desk.screenshot())
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
async function signIn(page, { username, password } = ADA) {
  await page.goto(`${SERVER}/console/`)
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password').fill(password)
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

/** Ada's colleagues plan a delivery with her, and write to her besides. */
async function meet(/** @type {Browser} */ browser, /** @type {Page} */ desk) {
  const [ben, noor, jing] = [await hire(BEN), await hire(NOOR), await hire(JING)]
  const ada = await logIn(ADA)
  for (const colleague of [BEN, NOOR]) await signIn(await person(browser, DESK_SIZE), colleague)
  const participants = [ada, noor, jing].map(({ id }) => id)
  const group = { sessionName: 'Deliveries', participants }
  const { sessionId } = await call('POST /api/chat/sessions/group', group, ben.token)
  const says = (
    /** @type {{ token: string }} */ { token },
    /** @type {string} */ content,
    /** @type {object} */ more = {},
  ) => call('POST /api/chat/messages', { sessionId, content, ...more }, token)
  const tells = (/** @type {{ token: string }} */ { token }, /** @type {string} */ content) =>
    call('POST /api/chat/messages', { receiverId: ada.id, content }, token)
  await tells(jing, '午饭一起吃吗？')
  await says(ben, 'Order 4711 is loaded. Two of us go along to carry the table up.')
  const asked = await says(noor, 'Which finish was it? The label has come off.')
  await says(ada, 'Oiled, this one:', { replyTo: asked.id })
  await tells(noor, 'Could you take Tomás for me? I am on the phone.')
  await desk.getByRole('link', { name: /^Team/ }).click()
  await desk.locator('.session-row', { hasText: 'Deliveries' }).click()
  await desk.getByLabel(/^Message to /).hover()
  const table = await productPicture(browser)
  await desk.locator('input[type=file]').setInputFiles(table)
  await desk.getByLabel(/^Message to /).press('Enter')
  await desk.locator('.message .picture img[width]').waitFor()
  const thanks = await says(jing, '收到，谢谢！')
  await call(`POST /api/chat/messages/${thanks.id}/reactions`, { emoji: '❤️' }, ben.token)
  await call(`POST /api/chat/messages/${thanks.id}/reactions`, { emoji: '❤️' }, noor.token)
  await call(`PUT /api/chat/messages/${thanks.id}/read`, {}, noor.token)
  await tells(ben, 'We are back at five.')
  await desk.locator('.message .reaction').first().waitFor()
  await desk.locator('.session-row', { hasText: 'back at five' }).waitFor()
  await desk
    .getByText(/^Read by/)
    .first()
    .waitFor()
}

async function hire(/** @type {typeof ADA} */ colleague) {
  await call('POST /api/operators', colleague)
  return logIn(colleague)
}

async function logIn(/** @type {typeof ADA} */ { username, password }) {
  const { token, user } = await call('POST /api/auth/login', { username, password })
  return { token, id: user.id }
}

async function productPicture(/** @type {Browser} */ browser) {
  const page = await person(browser, { width: 1200, height: 900 })
  await page.goto(SHOP)
  const buffer = await page.locator('.product.table svg').screenshot()
  await page.close()
  return { name: 'grove-table.png', mimeType: 'image/png', buffer }
}

async function someone(
  /** @type {string} */ userId,
  /** @type {string} */ name,
  /** @type {string} */ message,
) {
  const { id } = await call('POST /api/chat/start-session', { userId, userType: 'user', name })
  await call(`POST /api/chat/send-message/${id}`, { message, senderId: userId })
}

/** With the API key, or as somebody. */
async function call(
  /** @type {string} */ route,
  /** @type {object} */ body,
  /** @type {string} */ token = '',
) {
  const [method = '', path] = route.split(' ')
  const credential = token === '' ? { 'x-api-key': API_KEY } : { authorization: `Bearer ${token}` }
  const headers = { 'content-type': 'application/json', ...credential }
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
