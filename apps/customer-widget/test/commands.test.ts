import { describe, expect, it } from 'vitest'
import { CHROMIUM } from './chromium.ts'
import { HostPage } from './host-page.ts'
import { useChromium } from './use-chromium.ts'

const HASH = 'ab'.repeat(32)
const LINUS = { userId: 'linus', userHash: HASH, name: 'Linus', email: 'linus@example.com' }

describe.skipIf(!CHROMIUM)('the page’s commands', () => {
  const at = useChromium()
  const open = async (before = '') => HostPage.open(await at.profile(), at.chat, { before })

  it('wait in the snippet’s queue, and are carried out in order', async () => {
    const host = await open(`
      for (const name of ['ready', 'open', 'close'])
        parley('on', name, () => told.push(name))
      parley('set', { theme: 'dark', locale: 'zh-CN' })
      parley('set', { theme: 'light' })
      parley('nonsense')
      parley('identify', ${JSON.stringify(LINUS)})
      parley('open')
      window.kept = parley
    `)
    await expect.poll(() => host.told()).toEqual(['open', 'ready'])
    expect(host.faults).toEqual(['parley: wrong command nonsense'])
    expect(await host.state()).toMatchObject({
      options: { theme: 'light', locale: 'zh-CN' },
      identity: LINUS,
      open: true,
    })
    // The page may have kept the snippet's function.
    await host.page.evaluate(() => (window as unknown as { kept: (name: string) => void }).kept('close'))
    await expect.poll(() => host.told()).toContain('close')
  })

  it('open, close and toggle', async () => {
    const host = await open()
    await host.listen('open', 'close')
    expect(await host.iframe.count(), 'nobody has written or looked: no app is loaded').toBe(0)
    const is = async (open: boolean) => {
      expect(await host.launcher.getAttribute('aria-expanded')).toBe(`${open}`)
      expect(await host.iframe.isVisible()).toBe(open)
      await expect.poll(async () => (await host.state())['open']).toBe(open)
    }
    await host.say('open')
    await is(true)
    await host.say('open')
    await host.say('close')
    await is(false)
    await host.say('toggle')
    await is(true)
    await host.say('toggle')
    await is(false)
    await host.launcher.click()
    await is(true)
    await host.say('toggle')
    await is(false)
    expect(await host.told()).toEqual(['open', 'close', 'open', 'close', 'open', 'close'])
  })

  it('set how it looks and what the operator is told, one thing without the others', async () => {
    const host = await open()
    const colour = () => host.launcher.evaluate(button => getComputedStyle(button).backgroundColor)
    const ink = () => host.launcher.evaluate(button => getComputedStyle(button).color)
    expect(await colour()).toBe('rgb(11, 107, 203)')
    expect(await ink()).toMatch(/^lab\(100 /)
    expect(await host.launcher.getAttribute('aria-label')).toContain('Chat')
    expect(await host.say('set', { accent: '#FFCC00' })).toBeNull()
    expect(await host.say('set', { locale: 'zh-CN', metadata: { cart: [1, null], plan: 'pro' } })).toBeNull()
    expect(await colour()).toBe('rgb(255, 204, 0)')
    expect(await ink()).toMatch(/^lab\(0 /)
    expect(await host.launcher.getAttribute('aria-label')).toContain('客服聊天')
    await host.say('set', { theme: 'dark', locale: null })
    await host.say('open')
    expect((await host.state())['options']).toEqual({
      accent: '#FFCC00',
      locale: 'zh-CN',
      theme: 'dark',
      metadata: { cart: [1, null], plan: 'pro' },
    })
    expect(await host.root.locator('div').evaluate(box => getComputedStyle(box).colorScheme)).toBe('dark')
  })

  it('identify at once, and load the app for it', async () => {
    const host = await open()
    const given = { userId: 'linus', userHash: HASH, name: null, email: undefined }
    expect(await host.say('identify', given)).toBeNull()
    expect(await host.iframe.isVisible()).toBe(false)
    expect((await host.state())['identity']).toEqual({ userId: 'linus', userHash: HASH })
  })

  it('tell listeners what happens in the app, also when one of them throws', async () => {
    const host = await open()
    await host.page.evaluate(() => {
      const parley = window.parley as unknown as (...all: unknown[]) => void
      parley('on', 'message', () => {
        throw new Error('the page’s own fault')
      })
    })
    await host.listen('ready', 'message', 'recalled', 'ended', 'unread')
    await host.say('open')
    await host.fromApp('event', 'message', { id: 'm1', text: 'Hello', senderType: 'agent' })
    await host.fromApp('event', 'recalled', { id: 'm1' })
    await host.fromApp('event', 'ended', { sessionId: 's1', reason: 'solved' })
    await host.fromApp('event', 'unread', { count: 2 })
    await expect
      .poll(() => host.told())
      .toEqual([
        'ready',
        'message {"id":"m1","text":"Hello","senderType":"agent"}',
        'recalled {"id":"m1"}',
        'ended {"sessionId":"s1","reason":"solved"}',
        'unread {"count":2}',
      ])
    expect(host.faults).toEqual(['the page’s own fault'])
    const heard = await host.page.evaluate(() => {
      const parley = window.parley as unknown as (...all: unknown[]) => void
      let times = 0
      const listener = () => {
        times += 1
      }
      parley('on', 'open', listener)
      parley('on', 'open', listener)
      parley('toggle')
      parley('toggle')
      parley('off', 'open', listener)
      parley('toggle')
      parley('toggle')
      return times
    })
    expect(heard, 'the same listener twice is one listener; one that is off hears nothing').toBe(1)
  })

  it('log out: nothing of the visitor is left here, and the server ends the login', async () => {
    const host = await open()
    await host.page.evaluate(() => localStorage.setItem('the shop’s own', 'stays'))
    await host.say('identify', LINUS)
    await host.fromApp('keep', 1, ['setItem', 'v1/token', 'secret'])
    await host.fromApp('keep', 2, ['setItem', 'written', 'half a sentence'])
    await host.fromApp('event', 'unread', { count: 3 })
    await expect.poll(() => host.launcher.textContent()).toBe('3')
    expect(await host.page.evaluate(() => localStorage.length)).toBe(3)
    const before = await host.app()
    await host.say('logout')
    expect(await host.page.evaluate(() => Object.keys(localStorage))).toEqual(['the shop’s own'])
    await expect.poll(() => at.chat.asked).toContain('POST /api/auth/logout Bearer secret')
    expect(before.isDetached(), 'the app and what it has in memory is gone').toBe(true)
    expect(await host.root.locator('b').isVisible()).toBe(false)
    await host.say('open')
    expect((await host.state())['identity']).toBeNull()
  })

  it('destroy: nothing is left on the page, and the script may be loaded again', async () => {
    const host = await open()
    await host.say('open')
    await host.app()
    await host.say('destroy')
    expect(await host.root.count()).toBe(0)
    expect(await host.page.evaluate(() => 'parley' in window)).toBe(false)
    expect(host.page.frames()).toHaveLength(1)
    await host.page.evaluate(
      url =>
        new Promise(resolve => {
          const script = document.createElement('script')
          script.src = `${url}/widget.js`
          script.onload = resolve
          document.head.append(script)
        }),
      at.chat.url,
    )
    await host.launcher.waitFor()
    expect(await host.say('close')).toBeNull()
    expect(await host.root.count()).toBe(1)
  })

  it('say what is wrong with them, and do nothing', async () => {
    const host = await open()
    const metadata = { text: 'x'.repeat(9000) }
    const said: [unknown[], string][] = [
      [[], 'command undefined'],
      [['opne'], 'command opne'],
      [['identify'], 'userId'],
      [['identify', 'linus'], '0'],
      [['identify', { userHash: HASH }], 'userId'],
      [['identify', { ...LINUS, userId: '' }], 'userId'],
      [['identify', { ...LINUS, userId: 42 }], 'userId'],
      [['identify', { userId: 'linus' }], 'userHash'],
      [['identify', { ...LINUS, userHash: 'abc' }], 'userHash'],
      [['identify', { ...LINUS, name: 7 }], 'name'],
      [['identify', { ...LINUS, mail: 'linus@example.com' }], 'mail'],
      [['set', { theme: 'blue' }], 'theme'],
      [['set', { accent: 'red' }], 'accent'],
      [['set', { accent: '#0b6bcb;}' }], 'accent'],
      [['set', { locale: 1 }], 'locale'],
      [['set', { metadata: 'pro' }], 'metadata'],
      [['set', { metadata: [] }], 'metadata'],
      [['set', { metadata }], 'metadata'],
      [['set', { color: '#ffffff' }], 'color'],
      [['on', 'opened', null], 'listener'],
      [['off', 'toString'], 'event toString'],
      [['on', 'open'], 'listener'],
      [['on', 'open', 'alert(1)'], 'listener'],
      [['off', 'opened'], 'event opened'],
    ]
    for (const [command, what] of said)
      expect(await host.say(...command), JSON.stringify(command).slice(0, 80)).toBe(
        `Error: parley: wrong ${what}`,
      )
    await host.say('open')
    expect(await host.state()).toMatchObject({ identity: null, options: {} })
  })

  it.each([
    [`parley('toString')`, 'command toString'],
    [`parley('constructor')`, 'command constructor'],
    [`parley('__proto__')`, 'command __proto__'],
    [`parley(Symbol('x'))`, 'command Symbol(x)'],
    [`const a = {}; a.a = a; parley('set', { metadata: a })`, 'metadata'],
    [`parley('set', { metadata: { a: 1n } })`, 'metadata'],
    [`parley('set', { metadata: Symbol('x') })`, 'metadata'],
    [`parley('set', { metadata() {} })`, 'metadata'],
    [`parley('set', { toString: 1 })`, 'toString'],
  ])('say what is wrong with %s', async (script, what) => {
    const host = await open()
    const said = await host.page.evaluate(
      `(() => { try { ${script} } catch (error) { return String(error) } })()`,
    )
    expect(said).toBe(`Error: parley: wrong ${what}`)
  })
})
