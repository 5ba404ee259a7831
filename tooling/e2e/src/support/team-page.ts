import type { Locator, Page } from 'playwright-core'
import { OperatorPage } from './operator-page.ts'
import type { StaffMember } from './people.ts'
import type { TestServer } from './server.ts'

/** Somebody of the staff in the console's Team area. */
export class TeamPage {
  readonly page: Page

  private constructor(page: Page) {
    this.page = page
  }

  static async signIn(page: Page, server: TestServer, member: StaffMember): Promise<TeamPage> {
    await OperatorPage.signIn(page, server, member)
    await page.getByRole('link', { name: /^Team/ }).click()
    await page.getByRole('heading', { name: 'Chats' }).waitFor()
    return new TeamPage(page)
  }

  /** With one: the private chat. With several: a group. */
  async newChat(names: readonly string[], group?: string): Promise<void> {
    await this.page.getByRole('button', { name: 'New chat' }).first().click()
    const dialog = this.page.getByRole('dialog')
    for (const name of names) {
      await dialog.getByLabel('Search people').fill(name)
      await dialog.getByRole('checkbox', { name: new RegExp(name) }).check()
    }
    if (group !== undefined) await dialog.getByLabel('Name of the group').fill(group)
    await dialog.getByRole('button', { name: group === undefined ? 'Start chat' : 'Create group' }).click()
    await this.field.waitFor()
  }

  async open(name: string): Promise<void> {
    await this.row(name).click()
    await this.field.waitFor()
  }

  row(name: string): Locator {
    return this.page.locator('.session-row', { hasText: name })
  }

  get field(): Locator {
    return this.page.getByLabel(/^Message to /)
  }

  async write(text: string): Promise<void> {
    await this.field.fill(text)
    await this.field.press('Enter')
  }

  message(text: string): Locator {
    return this.page.locator('.message', { hasText: text })
  }

  /** Of a message's menu. */
  async choose(text: string, action: string): Promise<void> {
    // Its answers quote it.
    const message = this.message(text).first()
    await message.hover()
    await message.getByRole('button', { name: 'More' }).click()
    await this.page.getByRole('menuitem', { name: action, exact: true }).click()
  }

  async attach(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    await this.page.locator('input[type=file]').setInputFiles(file)
    await this.page.getByRole('list', { name: 'Files to be sent' }).waitFor()
    await this.field.press('Enter')
  }

  get pictures(): Locator {
    return this.page.locator('.message .picture img')
  }

  async search(keyword: string): Promise<void> {
    await this.page.getByLabel('Search chats and messages').fill(keyword)
  }

  get hits(): Locator {
    return this.page.locator('.search-hit')
  }
}
