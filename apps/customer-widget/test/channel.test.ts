import type { Frame, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { html } from './chat-server.ts'
import { CHROMIUM } from './chromium.ts'
import { HostPage } from './host-page.ts'
import { useChromium } from './use-chromium.ts'

/** A frame that asks its page for the channel, as the app does, and notes what it gets. */
const ASKS = `<!doctype html><script>
  window.got = []
  addEventListener('message', event => got.push(event.data))
  parent.postMessage('parley:hello', '*')
</script>`

/** Counts the channels that the loader makes. */
const COUNTS = `window.channels = 0
  const Channel = MessageChannel
  window.MessageChannel = class extends Channel {
    constructor() {
      super()
      window.channels += 1
    }
  }`

const channels = (page: Page) => page.evaluate(() => (window as unknown as { channels: number }).channels)

/** A frame on the page that is not the loader's own. */
async function strangersFrame(page: Page, src: string): Promise<Frame> {
  await page.evaluate(
    url =>
      new Promise(resolve => {
        const frame = document.createElement('iframe')
        frame.id = 'stranger'
        frame.onload = resolve
        frame.src = url
        document.body.append(frame)
      }),
    src,
  )
  const frame = page.frame({ url: src })
  if (!frame) throw new Error('the frame is not there')
  return frame
}

/** Whatever has been posted to the page and its frames by now has arrived. */
const settled = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>(resolve => {
        addEventListener('message', ({ data }) => data === 'settled' && resolve())
        postMessage('settled', '*')
      }),
  )

describe.skipIf(!CHROMIUM)('the loader’s end of the channel', () => {
  const at = useChromium()

  it('is given to the app alone, and says nothing to others', async () => {
    const host = await HostPage.open(await at.profile(), at.chat, { before: COUNTS })
    await host.say('open')
    const app = await host.app()
    const { url, port, answers } = at.chat
    answers.set('/stranger', html(ASKS))
    const others = [
      // Of the server's own origin, but another frame.
      await strangersFrame(host.page, `${url}/stranger`),
      await strangersFrame(host.page, `http://127.0.0.1:${port}/stranger`),
    ]
    await host.page.evaluate(() => postMessage('parley:hello', '*'))
    await settled(host.page)
    for (const other of others)
      expect(await other.evaluate(() => (window as unknown as { got: unknown[] }).got)).toEqual([])
    const states = await app.evaluate(() => window.heard.length)
    // The app's own window, with anything but the greeting.
    await app.evaluate(origin => {
      for (const data of ['parley:welcome', ['keep', 1, ['getItem', 'v1/token']], null, { what: 'close' }])
        parent.postMessage(data, origin)
    }, `http://127.0.0.1:${port}`)
    await settled(host.page)
    expect(await app.evaluate(() => window.heard.length)).toBe(states)
    expect(await channels(host.page)).toBe(1)
    expect(await host.iframe.isVisible()).toBe(true)
    expect(host.faults).toEqual([])
  })

  it('is closed to a page that has taken the app’s place', async () => {
    const host = await HostPage.open(await at.profile(), at.chat, { before: COUNTS })
    await host.say('open')
    const app = await host.app()
    const { port, answers } = at.chat
    answers.set('/elsewhere', html(ASKS))
    const src = `http://127.0.0.1:${port}/elsewhere`
    await app.evaluate(url => {
      location.href = url
    }, src)
    await expect.poll(() => host.page.frame({ url: src })).not.toBeNull()
    const other = host.page.frame({ url: src })
    await other?.waitForLoadState()
    await settled(host.page)
    expect(await other?.evaluate(() => (window as unknown as { got: unknown[] }).got)).toEqual([])
    expect(await channels(host.page)).toBe(1)
  })

  it('keeps for the app only what is its own', async () => {
    const host = await HostPage.open(await at.profile(), at.chat)
    await host.page.evaluate(() => localStorage.setItem('v1/token', 'the shop’s'))
    await host.say('open')
    const asks = [
      ['setItem', 'v1/token', 'ours'],
      ['getItem', 'v1/token'],
      ['getItem', 'nothing'],
      ['setItem', 'v1/outgoing/1', '{}'],
      ['keys', 'v1/out'],
      ['removeItem', 'v1/outgoing/1'],
      ['keys', ''],
    ]
    for (const [at, ask] of asks.entries()) await host.fromApp('keep', at, ask)
    const app = await host.app()
    const kept = () =>
      app.evaluate(() =>
        (window.heard as unknown[][]).filter(([what]) => what === 'kept').map(([, , value]) => value),
      )
    await expect.poll(kept).toEqual([null, 'ours', null, null, ['v1/outgoing/1'], null, ['v1/token']])
    expect(await host.page.evaluate(() => localStorage.getItem('v1/token'))).toBe('the shop’s')
  })

  it('works where the page’s storage throws: the app keeps it in memory then', async () => {
    const refuse = `for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError') } })`
    const host = await HostPage.open(await at.profile(), at.chat, { before: refuse })
    await host.say('open')
    await host.fromApp('keep', 1, ['setItem', 'v1/token', 'secret'])
    await host.fromApp('keep', 2, ['keys', ''])
    const app = await host.app()
    await expect
      .poll(() => app.evaluate(() => window.heard.slice(-2)))
      .toEqual([
        ['kept', 1, undefined],
        ['kept', 2, undefined],
      ])
    for (const command of ['close', 'open', 'logout', 'destroy']) expect(await host.say(command)).toBeNull()
    expect(host.faults).toEqual([])
  })

  it('tells the app what another tab has changed, and forgets a visitor who is logged out there', async () => {
    const context = await at.profile()
    const [here, there] = [await HostPage.open(context, at.chat), await HostPage.open(context, at.chat)]
    await here.say('open')
    await here.fromApp('keep', 1, ['setItem', 'v1/token', 'secret'])
    await there.iframe.waitFor({ state: 'attached' })
    await here.say('identify', { userId: 'linus', userHash: 'ab'.repeat(32) })
    await there.say('open')
    await there.fromApp('keep', 2, ['setItem', 'v1/open', 's1'])
    const heard = async (host: HostPage) =>
      (await host.app()).evaluate(() => window.heard.map(one => String(one)))
    await expect.poll(() => heard(here)).toContain('elsewhere')
    await there.say('logout')
    await expect.poll(async () => (await here.state())['identity']).toBeNull()
    expect(await here.page.evaluate(() => localStorage.length)).toBe(0)
  })
})

describe.skipIf(!CHROMIUM)('the app’s end of the channel', () => {
  const at = useChromium()

  /** The built app in a frame of a page that plays the loader. */
  async function openApp(named: (own: string) => string) {
    const context = await at.profile()
    const page = await context.newPage()
    const own = `http://127.0.0.1:${at.chat.port}`
    at.chat.answers.set('/shop', html('<!doctype html><title>shop</title>'))
    await page.goto(`${own}/shop`)
    await page.evaluate(
      src =>
        new Promise<void>(resolve => {
          const frame = document.createElement('iframe')
          frame.id = 'app'
          window.told = []
          window.heard = []
          addEventListener('message', ({ data, origin }) => {
            if (data !== 'settled') window.told.push(`${data} ${origin}`)
          })
          frame.onload = () => resolve()
          frame.src = src
          document.body.append(frame)
        }),
      `${at.chat.url}/widget/#${named(own)}`,
    )
    return page
  }
  /** Offers the app a channel, from the frame that is named or from the page itself. */
  const welcome = (page: Page, word: string, from?: string) =>
    page.evaluate(
      ([data, sender]) => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = ({ data: heard }) => {
          window.heard.push(heard)
          // Its storage refuses.
          if (heard[0] === 'keep') port1.postMessage(['kept', heard[1], undefined])
        }
        const app = (document.getElementById('app') as HTMLIFrameElement).contentWindow
        const by = sender ? (document.getElementById(sender) as HTMLIFrameElement).contentWindow : window
        // Whose script posts it is its source.
        ;(by as Window & typeof globalThis).Function(
          'app',
          'data',
          'port',
          'app.postMessage(data, "*", [port])',
        )(app, data, port2)
        port1.postMessage([
          'state',
          {
            settings: {
              siteId: 'default',
              name: 'Shop',
              accent: '#0b6bcb',
              corner: 'right',
              online: true,
              messageMaxLength: 9,
            },
            options: {},
            identity: null,
            open: true,
            focus: false,
            page: '/',
            languages: ['en'],
          },
        ])
      },
      [word, from] as const,
    )
  const heard = (page: Page) => page.evaluate(() => window.heard)

  it('greets the page that its address names, and is opened by it', async () => {
    const page = await openApp(own => own)
    await expect.poll(() => page.evaluate(() => window.told)).toEqual([`parley:hello ${at.chat.url}`])
    await welcome(page, 'parley:welcome')
    await expect
      .poll(() => heard(page))
      .toContainEqual(['keep', expect.any(Number), ['keys', expect.any(String)]])
    await page.frameLocator('#app').getByLabel('Write a message…').waitFor()
  })

  it('is not opened by another frame, by another word, or by a page of another origin', async () => {
    const page = await openApp(own => own)
    await expect.poll(() => page.evaluate(() => window.told.length)).toBe(1)
    at.chat.answers.set('/blank', html('<!doctype html>'))
    await strangersFrame(page, `http://127.0.0.1:${at.chat.port}/blank`)
    await welcome(page, 'parley:hello')
    await welcome(page, 'parley:welcome', 'stranger')
    await settled(page)
    expect(await heard(page)).toEqual([])
    await welcome(page, 'parley:welcome')
    await expect.poll(() => heard(page)).not.toEqual([])

    const other = await openApp(() => 'http://shop.example.com')
    await welcome(other, 'parley:welcome')
    await settled(other)
    const app = other.frames().at(-1)
    expect(await app?.evaluate(() => document.body.textContent?.trim())).toBe('')
    expect(await heard(other)).toEqual([])
    expect(await other.evaluate(() => window.told), 'it says hello to nobody else').toEqual([])
  })

  it('says where it belongs when it is opened as a page of its own', async () => {
    const page = await (await at.profile()).newPage()
    await page.goto(`${at.chat.url}/widget/`)
    await page.getByText('This chat opens on the pages of the website').waitFor()
  })
})
