import type { Frame, FrameLocator, Locator, Page } from 'playwright-core'
import type { TestServer } from './server.ts'

/** A visitor on the demo shop, which is on another site than the server that its widget comes from. */
export class VisitorPage {
  readonly page: Page
  readonly app: FrameLocator
  readonly launcher: Locator
  /** What the widget has put on the page. */
  readonly root: Locator

  private constructor(page: Page) {
    this.page = page
    this.app = page.frameLocator('parley-widget iframe')
    this.root = page.locator('parley-widget')
    this.launcher = this.root.getByRole('button')
  }

  static visit(page: Page, { port }: Pick<TestServer, 'port'>): Promise<VisitorPage> {
    return VisitorPage.visitShop(page, `http://127.0.0.1:${port}/demo`)
  }

  static async visitShop(page: Page, shop: string): Promise<VisitorPage> {
    await page.goto(shop)
    const visitor = new VisitorPage(page)
    await visitor.launcher.waitFor()
    return visitor
  }

  async openChat(): Promise<void> {
    await this.launcher.click()
    await this.field.waitFor()
  }

  async closeChat(): Promise<void> {
    await this.app.getByRole('button', { name: 'Close chat' }).click()
    await this.root.locator('[aria-expanded=false]').waitFor()
  }

  get field(): Locator {
    return this.app.getByLabel('Write a message…')
  }

  get typing(): Locator {
    return this.app.getByText('is writing…')
  }

  async write(text: string): Promise<void> {
    await this.field.fill(text)
    await this.field.press('Enter')
  }

  /** Writes it, and waits until the server has it. */
  async send(text: string): Promise<void> {
    await this.write(text)
    await this.mark(text)
      .getByText(/Sent|Delivered|Read/)
      .waitFor({ state: 'attached' })
  }

  message(text: string): Locator {
    return this.app.locator('.message', { hasText: text })
  }

  /** What the conversation itself says, other than messages: a screen reader hears it once more. */
  notice(text: string): Locator {
    return this.app.getByRole('log').getByText(text)
  }

  /** Where it stands in the conversation: it is announced besides. */
  joined(name: string): Locator {
    return this.app.getByRole('log').getByText(`${name} has joined`)
  }

  /** The texts that are shown, in their order. */
  texts(): Promise<string[]> {
    return this.app.locator('.message .bubble').allInnerTexts()
  }

  /** How far one's own message has come, as a screen reader is told. */
  mark(text: string): Locator {
    return this.message(text).locator('.mark')
  }

  async end(): Promise<void> {
    await this.app.getByRole('button', { name: 'Menu' }).click()
    await this.app.getByRole('menuitem', { name: 'End chat' }).click()
    await this.app.getByRole('button', { name: 'End chat' }).click()
    await this.app.getByText('You ended this chat.').waitFor()
  }

  /** What the page keeps is unsent since then. */
  ageUnsent(days: number): Promise<void> {
    return this.page.evaluate(ms => {
      for (const key of Object.keys(localStorage).filter(name => name.includes('/out/'))) {
        const entry = JSON.parse(localStorage.getItem(key) ?? '') as { writtenAt: number }
        localStorage.setItem(key, JSON.stringify({ ...entry, writtenAt: entry.writtenAt - ms }))
      }
    }, days * 86_400_000)
  }

  /** The chat app's own frame, which is there since it was first opened. */
  frame(): Frame {
    const frame = this.page.frames().find(one => new URL(one.url()).pathname.startsWith('/widget/'))
    if (!frame) throw new Error('the widget has no frame')
    return frame
  }
}
