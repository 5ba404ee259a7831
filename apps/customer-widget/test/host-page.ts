import type {} from '@parley/sdk/embed'
import type { Browser, BrowserContext, Frame, Locator, Page } from 'playwright-core'
import { type ChatServer, html, settingsAnswer } from './chat-server.ts'

/** The app's end of the channel, driven by the test: `heard` is what the loader has told it. */
const FAR_END = `<!doctype html><title>far end</title><script>
  window.heard = []
  addEventListener('message', event => {
    if (event.data !== 'parley:welcome') return
    window.port = event.ports[0]
    window.port.onmessage = ({ data }) => window.heard.push(data)
  })
  parent.postMessage('parley:hello', location.hash.slice(1))
</script>`

const SNIPPET = `window.parley = window.parley || function () { (parley.q = parley.q || []).push(arguments) }`

declare global {
  interface Window {
    /** What the page's listeners have been told. */
    told: string[]
    heard: unknown[]
    port?: MessagePort
  }
}

interface PageParts {
  readonly head?: string
  readonly body?: string
  /** Commands before the script has loaded. */
  readonly before?: string
}

export class HostPage {
  readonly page: Page
  /** Errors that nobody has caught, as the page's developer sees them. */
  readonly faults: string[] = []
  readonly #chat: ChatServer

  constructor(page: Page, chat: ChatServer) {
    this.page = page
    this.#chat = chat
    page.on('pageerror', ({ message }) => this.faults.push(message))
  }

  /** A page of a shop with the widget, whose app is the test. */
  static async open(context: BrowserContext, chat: ChatServer, parts: PageParts = {}): Promise<HostPage> {
    const host = new HostPage(await context.newPage(), chat)
    await host.visit(parts)
    await host.launcher.waitFor()
    return host
  }

  async visit({ head = '', body = '<p>A shop</p>', before = '' }: PageParts = {}): Promise<void> {
    const { answers, url, port } = this.#chat
    if (!answers.has('/api/site/widget')) answers.set('/api/site/widget', settingsAnswer)
    if (!answers.has('/widget/')) answers.set('/widget/', html(FAR_END))
    answers.set(
      '/shop',
      html(`<!doctype html><html lang="en"><head><title>Shop</title>${head}
        <script nonce="n">
          window.told = []
          ${SNIPPET}
          const names = () => Object.getOwnPropertyNames(window).filter(name => isNaN(name))
          window.namesBefore = names()
          ${before}
        </script>
        <script async src="${url}/widget.js" data-site="default"></script></head><body>${body}</body></html>`),
    )
    await this.page.goto(`http://127.0.0.1:${port}/shop`)
  }

  get root(): Locator {
    return this.page.locator('parley-widget')
  }

  get launcher(): Locator {
    return this.root.locator('button')
  }

  get iframe(): Locator {
    return this.root.locator('iframe')
  }

  /** `parley(…)` in the page; answers with what it throws. */
  say(...command: unknown[]): Promise<string | null> {
    return this.page.evaluate(given => {
      try {
        ;(window.parley as unknown as (...all: unknown[]) => void)(...given)
        return null
      } catch (error) {
        return String(error)
      }
    }, command)
  }

  /** Notes what the page's listener for this event is told. */
  listen(...events: string[]): Promise<void> {
    return this.page.evaluate(names => {
      for (const name of names)
        (window.parley as unknown as (...all: unknown[]) => void)('on', name, (data: unknown) =>
          window.told.push(data === undefined ? name : `${name} ${JSON.stringify(data)}`),
        )
    }, events)
  }

  told(): Promise<string[]> {
    return this.page.evaluate(() => window.told)
  }

  /** The frame of the app, when the loader has told it the page's state. */
  async app(): Promise<Frame> {
    const element = await this.iframe.elementHandle()
    const frame = await element?.contentFrame()
    if (!frame) throw new Error('there is no app')
    await frame.waitForFunction(() => window.heard?.length > 0)
    return frame
  }

  async state(): Promise<Record<string, unknown>> {
    const frame = await this.app()
    return frame.evaluate(() => {
      const states = (window.heard as [string, Record<string, unknown>][]).filter(
        ([what]) => what === 'state',
      )
      return states.at(-1)?.[1] ?? {}
    })
  }

  async fromApp(...message: unknown[]): Promise<void> {
    const frame = await this.app()
    await frame.evaluate(data => window.port?.postMessage(data), message)
  }
}

export const newContext = (browser: Browser): Promise<BrowserContext> =>
  browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', viewport: { width: 1024, height: 700 } })
