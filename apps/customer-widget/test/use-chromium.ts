import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { type ChatServer, startChatServer } from './chat-server.ts'
import { launch } from './chromium.ts'
import { newContext } from './host-page.ts'

/** A browser and a chat server for the tests of a file, and a visitor's browser profile for each test. */
export function useChromium() {
  let browser: Browser
  let server: ChatServer | undefined
  let profile: BrowserContext | undefined
  beforeAll(async () => {
    ;[browser, server] = await Promise.all([launch(), startChatServer()])
  })
  afterEach(async () => {
    await profile?.close()
    profile = undefined
    server?.answers.clear()
    server?.asked.splice(0)
    if (server) server.policy = ''
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })
  return {
    get chat(): ChatServer {
      if (!server) throw new Error('the server is there only while tests run')
      return server
    },
    async profile(): Promise<BrowserContext> {
      profile ??= await newContext(browser)
      return profile
    },
  }
}
