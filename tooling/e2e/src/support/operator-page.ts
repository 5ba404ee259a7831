import type { Locator, Page } from 'playwright-core'
import type { StaffMember } from './people.ts'
import type { TestServer } from './server.ts'

/** An operator in the console. */
export class OperatorPage {
  readonly page: Page

  private constructor(page: Page) {
    this.page = page
  }

  static async signIn(
    page: Page,
    { url }: Pick<TestServer, 'url'>,
    { username, password }: Pick<StaffMember, 'username' | 'password'>,
  ): Promise<OperatorPage> {
    await page.goto(`${url}/console/`)
    await page.getByLabel('Username').fill(username)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('tab', { name: 'Mine' }).waitFor()
    return new OperatorPage(page)
  }

  /** The row of a session whose latest message this is. */
  row(latest: string): Locator {
    return this.page.locator('.session-row', { hasText: latest })
  }

  async open(latest: string): Promise<void> {
    await this.row(latest).click()
    await this.field.waitFor()
  }

  get field(): Locator {
    return this.page.getByLabel(/^Message to /)
  }

  get typing(): Locator {
    return this.page.getByText('is writing…')
  }

  async write(text: string): Promise<void> {
    await this.field.fill(text)
    await this.field.press('Enter')
  }

  message(text: string): Locator {
    return this.page.locator('.message', { hasText: text })
  }

  texts(): Promise<string[]> {
    return this.page.locator('.message .message-bubble').allInnerTexts()
  }

  mark(text: string): Locator {
    return this.message(text).locator('.message-mark')
  }

  /** It is sent when the seconds to undo it are over. */
  async end(reason: string): Promise<void> {
    await this.page.getByRole('button', { name: 'End', exact: true }).click()
    await this.page.getByRole('menuitem', { name: reason }).click()
  }
}
