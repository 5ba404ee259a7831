import { describe, expect, it } from 'vitest'
import { json, SETTINGS, settingsAnswer } from './chat-server.ts'
import { CHROMIUM } from './chromium.ts'
import { HostPage } from './host-page.ts'
import { useChromium } from './use-chromium.ts'

/** A page whose own rules would spoil whatever they reach. */
const RUDE = `* { color: rgb(1, 2, 3) !important; animation: none; box-sizing: content-box }
  body > *, parley-widget { display: block !important; position: static !important; padding: 40px !important; opacity: .5 }
  parley-widget { visibility: hidden !important; pointer-events: none !important }
  body { display: grid; gap: 50px; margin: 0 }
  button, iframe, div { width: 3px !important; visibility: hidden !important; border: 9px solid red !important }
  html { font-size: 40px }`

describe.skipIf(!CHROMIUM)('a page with the widget', () => {
  const at = useChromium()

  it('stays as it was: styles, attributes, globals, scrolling, and the place of everything', async () => {
    const head = `<style nonce="n">${RUDE}</style>`
    const body = '<main><h1>Shop</h1><button>Buy</button><p>Long text</p></main>'
    const host = new HostPage(await (await at.profile()).newPage(), at.chat)
    const { page } = host
    const look = () =>
      page.evaluate(() => {
        const all = [document.documentElement, document.body, ...document.querySelectorAll('main, main *')]
        return all.map(element => ({
          attributes: [...element.attributes].map(({ name, value }) => `${name}=${value}`),
          styles: JSON.stringify(getComputedStyle(element)),
          box: JSON.stringify(element.getBoundingClientRect()),
        }))
      })
    at.chat.answers.set('/api/site/widget', json(503, {}))
    await page.clock.install()
    await host.visit({ head, body })
    await expect.poll(() => at.chat.asked.length).toBe(1)
    const before = await look()
    expect(await host.root.count(), 'the server has not said how it looks').toBe(0)
    at.chat.answers.set('/api/site/widget', settingsAnswer)
    await page.clock.runFor(10_000)
    await host.launcher.waitFor()
    expect(await look()).toEqual(before)
    await host.launcher.click()
    await host.app()
    expect(await look()).toEqual(before)
    const left = await page.evaluate(() => ({
      sheets: document.styleSheets.length,
      adopted: document.adoptedStyleSheets.length,
      inHead: document.head.querySelectorAll('style, link').length,
      globals: Object.getOwnPropertyNames(window).filter(
        name =>
          Number.isNaN(Number(name)) &&
          !(window as unknown as { namesBefore: string[] }).namesBefore.includes(name),
      ),
    }))
    expect(left).toEqual({ sheets: 1, adopted: 0, inHead: 1, globals: ['namesBefore'] })
  })

  it('can’t spoil the widget with its own rules', async () => {
    const host = await HostPage.open(await at.profile(), at.chat, {
      head: `<style nonce="n">${RUDE}</style>`,
    })
    const box = await host.launcher.boundingBox()
    expect(box).toEqual({ x: 1024 - 20 - 56, y: 700 - 20 - 56, width: 56, height: 56 })
    await host.launcher.click()
    await host.iframe.waitFor()
    expect(await host.iframe.boundingBox()).toMatchObject({ width: 384, height: 588 })
  })

  it('need not allow more than its policy must: the server’s script, frame and answers', async () => {
    const { url } = at.chat
    at.chat.policy = `default-src 'none'; script-src 'nonce-n' ${url}; frame-src ${url}; connect-src ${url}`
    const host = await HostPage.open(await at.profile(), at.chat)
    const complaints: string[] = []
    host.page.on('console', said => complaints.push(said.text()))
    await host.say('open')
    await host.app()
    expect((await host.launcher.boundingBox())?.width).toBe(56)
    expect(complaints).toEqual([])
  })

  it('shows how many messages came while it was closed, and says so once', async () => {
    const host = await HostPage.open(await at.profile(), at.chat)
    await host.say('open')
    await host.say('close')
    const badge = host.root.locator('b')
    expect(await badge.isVisible()).toBe(false)
    await host.fromApp('event', 'unread', { count: 1 })
    await expect.poll(() => badge.textContent()).toBe('1')
    expect(await host.launcher.getAttribute('aria-label')).toBe('Chat 1 unread')
    expect(await host.root.getByRole('status').textContent()).toBe('1 unread')
    await host.fromApp('event', 'unread', { count: 12 })
    await expect.poll(() => badge.textContent()).toBe('9+')
    expect(await host.launcher.getAttribute('aria-label')).toBe('Chat 12 unread')
    await host.fromApp('event', 'unread', { count: 0 })
    await expect.poll(() => badge.isVisible()).toBe(false)
  })

  it('stands in the corner of the site’s choice, and covers a phone', async () => {
    at.chat.answers.set(
      '/api/site/widget',
      json(200, { success: true, data: { ...SETTINGS, corner: 'left' } }),
    )
    const host = await HostPage.open(await at.profile(), at.chat)
    expect((await host.launcher.boundingBox())?.x).toBe(20)
    await host.page.setViewportSize({ width: 390, height: 844 })
    await host.launcher.click()
    await host.iframe.waitFor()
    await expect.poll(() => host.iframe.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 })
    expect(await host.launcher.isVisible(), 'the app has a button of its own to close it').toBe(false)
    await host.fromApp('close')
    await host.launcher.waitFor()
  })

  it('gets its focus back where it was', async () => {
    const host = await HostPage.open(await at.profile(), at.chat, {
      body: '<button id="ask">Ask us</button>',
    })
    const focused = () =>
      host.page.evaluate(() => {
        const { activeElement } = document
        return activeElement?.shadowRoot?.activeElement?.localName ?? activeElement?.id ?? ''
      })
    await host.page.locator('#ask').focus()
    await host.say('open')
    expect(await focused()).toBe('iframe')
    await host.fromApp('close')
    await expect.poll(focused).toBe('ask')
    await host.launcher.press('Enter')
    expect(await focused()).toBe('iframe')
    await host.fromApp('close')
    await expect.poll(focused).toBe('button')
    await host.launcher.press('Enter')
    await host.launcher.press('Escape')
    expect(await host.iframe.isVisible()).toBe(false)
    await host.page.locator('#ask').focus()
    await host.say('toggle')
    await host.page.locator('#ask').focus()
    await host.say('toggle')
    expect(await focused(), 'the page’s own focus is left alone').toBe('ask')
  })

  it('opens again what was open before a reload, without taking the focus', async () => {
    const host = await HostPage.open(await at.profile(), at.chat)
    await host.launcher.click()
    await host.page.reload()
    await host.iframe.waitFor()
    expect(await host.state()).toMatchObject({ open: true, focus: false })
    expect(await host.page.evaluate(() => document.activeElement?.localName)).toBe('body')
    await host.say('close')
    await host.page.reload()
    await host.launcher.waitFor()
    expect(await host.iframe.count()).toBe(0)
  })

  it('is told why the server refuses it', async () => {
    const host = new HostPage(await (await at.profile()).newPage(), at.chat)
    at.chat.answers.set('/api/site/widget', json(404, { success: false, message: 'There is no such site.' }))
    await host.visit()
    await expect.poll(() => host.faults).toEqual(['parley: There is no such site.'])
    expect(await host.root.count()).toBe(0)
    await host.say('open')
    await host.say('destroy')
    expect(await host.page.evaluate(() => 'parley' in window)).toBe(false)
  })

  it('has one widget, however often the script is there', async () => {
    const again = `<script async src="${at.chat.url}/widget.js"></script>`
    const host = await HostPage.open(await at.profile(), at.chat, { body: again + again })
    await host.page.waitForLoadState()
    expect(await host.root.count()).toBe(1)
    expect(at.chat.asked).toHaveLength(1)
  })
})
