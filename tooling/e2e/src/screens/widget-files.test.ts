import type { WireMessage } from '@parley/contracts'
import type { ParleyEmbed } from '@parley/sdk/embed'
import type { Locator, Page, Route } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { HAS_CHROMIUM, usePeople } from '../support/browsers.ts'
import { type Ear, useEars } from '../support/ear.ts'
import { faultsOf } from '../support/faults.ts'
import { ask } from '../support/http.ts'
import { inLooks, LOOKS, SMALL } from '../support/looks.ts'
import { type Identity, newAgent } from '../support/people.ts'
import { HAS_DATABASE, useServer } from '../support/server.ts'
import { picture, sound, type Thing, text } from '../support/things.ts'
import { upload } from '../support/upload.ts'
import { VisitorPage } from '../support/visitor-page.ts'

const MAX_BYTES = 300_000

/** Requests to this address wait until they are let go. */
async function holding(page: Page, address: string): Promise<{ letGo(): Promise<void> }> {
  const held: Route[] = []
  let open = false
  await page.route(address, route => {
    if (open) return route.continue()
    held.push(route)
  })
  return {
    async letGo() {
      open = true
      for (const route of held) await route.continue()
    },
  }
}

const isLoaded = (image: Locator) =>
  image.evaluate((element: HTMLImageElement) => element.complete && element.naturalWidth > 0)

/** Drops, or pastes, as a browser tells of it. */
function bring(place: Locator, event: 'dragover' | 'drop' | 'paste', { name, mimeType, buffer }: Thing) {
  const given = { event, name, mimeType, base64: buffer.toString('base64') }
  return place.evaluate((element, { event, name, mimeType, base64 }) => {
    const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0))
    const transfer = new DataTransfer()
    transfer.items.add(new File([bytes], name, { type: mimeType }))
    const options = { bubbles: true, cancelable: true }
    const happens =
      event === 'paste'
        ? new ClipboardEvent(event, { ...options, clipboardData: transfer })
        : new DragEvent(event, { ...options, dataTransfer: transfer })
    return !element.dispatchEvent(happens)
  }, given)
}

describe.skipIf(!HAS_DATABASE || !HAS_CHROMIUM)('a visitor with files', () => {
  const at = useServer({ OPERATOR_GRACE_MS: '60000', FILE_MAX_BYTES: String(MAX_BYTES) })
  const people = usePeople()
  const listen = useEars(at)
  let agent: Identity
  let operator: Ear
  beforeAll(async () => {
    agent = await newAgent(at.server, 'Ada', 50)
    operator = await listen(agent)
  })

  /** In a session with the operator, who hears it. */
  async function meet(name: string, word: string, options: { expectsFaults?: boolean } = {}) {
    const page = await people.arrive(name, options)
    const visitor = await VisitorPage.visit(page, at.server)
    await visitor.openChat()
    await visitor.send(word)
    await visitor.joined('Ada').waitFor()
    const { body } = await ask<{ id: string; lastMessage: WireMessage | null }[]>(
      at.server,
      'GET /api/chat/sessions/active',
      { key: true },
    )
    const sessionId = body.data.find(({ lastMessage }) => lastMessage?.content === word)?.id ?? ''
    await operator.call('join_session', { sessionId })
    const say = async (message: string, more: object = {}) =>
      (await operator.call<{ message: WireMessage }>('send_message', { sessionId, message, ...more })).message
    const show = async (thing: Thing, messageType: string, message = '') => {
      const { data } = (await upload(at.server, agent, thing.buffer, thing.name)).body
      return say(message, { fileUrl: data.fileUrl, messageType })
    }
    return { page, visitor, app: visitor.app, sessionId, say, show }
  }
  const choose = (visitor: VisitorPage, ...things: Thing[]) =>
    visitor.app.locator('input[type=file]').setInputFiles([...things])
  const heard = (sessionId: string, fileName: string) =>
    operator.hears('new_message', one => one.sessionId === sessionId && one.fileName === fileName)

  it('shows a picture at once, sends it, and gets one back that nothing moves for', async () => {
    const complaints = people.complaints.length
    const { page, visitor, app, sessionId, say, show } = await meet('photographer', 'A picture is coming')
    const garden = await picture(page, 'garden.jpg', 800, 600)
    const uploads = await holding(page, '**/api/files')
    await choose(visitor, garden)
    const own = app.getByRole('button', { name: 'Open garden.jpg' }).locator('img')
    await expect.poll(() => isLoaded(own)).toBe(true)
    await app.getByRole('progressbar', { name: 'Sending garden.jpg' }).waitFor()
    await app.getByRole('status').getByText('Sending garden.jpg').waitFor({ state: 'attached' })

    // Leaving now would lose it: the browser asks.
    await visitor.field.click()
    const asked = page.waitForEvent('dialog')
    const leaving = page.evaluate(() => location.reload())
    const dialog = await asked
    expect(dialog.type()).toBe('beforeunload')
    await dialog.dismiss()
    await leaving

    await visitor.send('This does not wait for it')
    await uploads.letGo()
    const told = await heard(sessionId, 'garden.jpg')
    expect(told).toMatchObject({ messageType: 'image', file: { width: 800, height: 600 } })
    await app.getByRole('status').getByText('garden.jpg sent').waitFor({ state: 'attached' })
    expect(await own.getAttribute('src'), 'what is there need not be loaded').toMatch(/^blob:/)

    const pictures = await holding(page, '**/api/files/**')
    await show(await picture(page, 'answer.jpg', 1200, 900), 'image')
    await say('Is it this one?')
    const answer = app.getByRole('button', { name: 'Open answer.jpg' })
    await visitor.message('Is it this one?').waitFor()
    const before = await answer.boundingBox()
    expect(before).toMatchObject({ width: 240, height: 180 })
    await pictures.letGo()
    await expect.poll(() => isLoaded(answer.locator('img'))).toBe(true)
    expect(await answer.boundingBox()).toEqual(before)
    expect(await answer.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(480)

    await answer.press('Enter')
    const large = app.getByRole('dialog', { name: 'answer.jpg' })
    await expect.poll(() => isLoaded(large.locator('img'))).toBe(true)
    expect(await large.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1200)
    const tab = page.context().waitForEvent('page')
    await large.getByRole('link', { name: 'Open in a new tab' }).click()
    await (await tab).close()
    await page.keyboard.press('Escape')
    await large.waitFor({ state: 'hidden' })
    expect(await visitor.launcher.getAttribute('aria-expanded'), 'only the picture closes').toBe('true')
    expect(await answer.evaluate(element => element === document.activeElement)).toBe(true)

    await page.reload()
    await expect.poll(() => isLoaded(own)).toBe(true)
    expect(await own.getAttribute('src')).toMatch(/^http/)
    expect(people.complaints.slice(complaints)).toEqual([])
  })

  it('begins a chat with a picture, dropped or pasted, and with nothing else', async () => {
    const page = await people.arrive('dropper')
    const visitor = await VisitorPage.visit(page, at.server)
    await visitor.openChat()
    const { app } = visitor
    const panel = app.locator('main')
    const one = await picture(page, 'dropped.jpg', 300, 400)
    expect(await bring(panel, 'dragover', one)).toBe(true)
    await app.getByText('Drop to send').waitFor()
    await bring(panel, 'drop', one)
    await app.getByText('Drop to send').waitFor({ state: 'hidden' })
    await app.getByRole('button', { name: 'Open dropped.jpg' }).waitFor()
    await visitor.joined('Ada').waitFor()
    await visitor.field.fill('half a sentence')
    expect(await bring(visitor.field, 'paste', await picture(page, 'pasted.jpg', 400, 300))).toBe(true)
    await app.getByRole('button', { name: 'Open pasted.jpg' }).waitFor()
    expect(await visitor.field.inputValue()).toBe('half a sentence')
    await app.locator('.message [title=Sent], .message [title=Delivered]').nth(1).waitFor()
  })

  it('says in words what can’t be sent, and what is under way can be cancelled', async () => {
    const { page, visitor, app } = await meet('clumsy', 'Too much', { expectsFaults: true })
    await choose(visitor, text('page.txt', '<!doctype html><script>alert(1)</script>'))
    await visitor.message('files of this kind can’t be taken').waitFor()
    await choose(visitor, text('log.txt', 'x'.repeat(MAX_BYTES + 1)))
    const tooLarge = visitor.message('the file is too large. Choose a smaller one.')
    await tooLarge.waitFor()
    expect(await tooLarge.getByRole('button', { name: 'Try again' }).count()).toBe(0)
    for (const _ of [1, 2]) await app.getByRole('button', { name: 'Discard' }).first().click()
    await expect.poll(() => visitor.texts()).toEqual(['Too much'])
    await holding(page, '**/api/files')
    await choose(visitor, text('note.txt', 'to be taken back'))
    await visitor.message('note.txt').waitFor()
    await app.getByRole('button', { name: 'Cancel sending note.txt' }).click()
    await expect.poll(() => visitor.texts()).toEqual(['Too much'])
  })

  it('plays what was said, and fetches what was written', async () => {
    const { page, visitor, app, show } = await meet('listener', 'I can listen')
    await show(sound('memo.wav', 2), 'voice')
    const player = app.getByLabel('memo.wav')
    await expect.poll(() => player.evaluate((audio: HTMLAudioElement) => audio.duration)).toBeCloseTo(2, 1)
    await show(text('terms.txt', 'All of it. '.repeat(200)), 'file', 'Please read')
    const file = visitor.message('Please read').getByRole('link')
    expect(await file.textContent()).toMatch(/terms\.txt2\.1 kB/)
    const download = page.waitForEvent('download')
    await file.click()
    expect((await download).suggestedFilename()).toBe('terms.txt')
    await choose(visitor, sound('reply.wav', 1))
    await expect
      .poll(() => app.getByLabel('reply.wav').evaluate((audio: HTMLAudioElement) => audio.duration))
      .toBeCloseTo(1, 1)
    await app.getByRole('status').getByText('reply.wav sent').waitFor({ state: 'attached' })
  })

  it('takes back its own message, and sees and tells nothing of what the other took back', async () => {
    const { page, visitor, app, say } = await meet('hasty', 'A word too many')
    await page.evaluate(() => {
      const told: string[] = []
      const parley = (window as unknown as { parley: ParleyEmbed }).parley
      parley('on', 'message', ({ text }: { readonly text: string }) => told.push(text))
      parley('on', 'recalled', () => told.push('recalled'))
      Object.assign(window, { told })
    })
    const toldPage = () => page.evaluate(() => (window as unknown as { told: string[] }).told)
    const more = visitor.message('A word too many').getByRole('button', { name: 'More for your message' })
    await more.focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    const question = app.getByRole('alertdialog')
    await question.getByText('Recall this message for everyone?').waitFor()
    await page.keyboard.press('Escape')
    await question.waitFor({ state: 'hidden' })
    await visitor.message('A word too many').hover()
    await more.click()
    await app.getByRole('menuitem', { name: 'Recall' }).click()
    await question.getByRole('button', { name: 'Recall' }).click()
    await expect.poll(() => visitor.texts()).toEqual(['Message recalled'])

    const slip = await say('the wrong price')
    await visitor.message('the wrong price').waitFor()
    await visitor.closeChat()
    const second = await say('and another slip')
    await visitor.root.getByText('1 unread').waitFor({ state: 'attached' })
    for (const { _id } of [slip, second]) {
      const recalled = await ask(at.server, `POST /api/message/recall/${_id}`, agent)
      expect(recalled.status).toBe(200)
    }
    await expect.poll(() => visitor.launcher.getAttribute('aria-label')).toBe('Chat ')
    await expect.poll(toldPage).toEqual(['the wrong price', 'and another slip', 'recalled', 'recalled'])
    const left = await visitor.frame().evaluate(() => document.body.textContent)
    expect(left).not.toMatch(/wrong price|slip/)
    await visitor.openChat()
    await expect.poll(() => visitor.texts()).toEqual(Array(3).fill('Message recalled'))
  })

  it('joins in a reaction, and goes to what was answered, however far back', async () => {
    const { page, visitor, app, sessionId, say } = await meet('nodding', 'The first thing')
    const { body } = await ask<WireMessage[]>(at.server, `GET /api/chat/messages/${sessionId}`, agent)
    const first = body.data[0]?._id ?? ''
    const react = (by: Identity) =>
      ask(at.server, `POST /api/chat/messages/${first}/reactions`, by, { emoji: '👍' })
    expect((await react(agent)).status).toBe(200)
    const thumbs = (n: string, pressed: boolean) => app.getByRole('button', { name: `👍, ${n}`, pressed })
    await thumbs('one person', false).click()
    await thumbs('2 people', true).click()
    await thumbs('one person', false).waitFor()
    await react(agent)
    await thumbs('one person', false).waitFor({ state: 'hidden' })

    for (let n = 1; n <= 70; n += 1) await say(`${n}`)
    await say('About the first: yes', { replyTo: first })
    await visitor.message('About the first: yes').getByText('In reply to You').waitFor()
    await page.reload()
    const reply = visitor.message('About the first: yes')
    await reply.getByRole('button', { name: 'An earlier message' }).click()
    await expect
      .poll(() => visitor.frame().evaluate(() => document.activeElement?.textContent))
      .toContain('The first thing')
    await expect
      .poll(() =>
        visitor
          .message('The first thing')
          .first()
          .evaluate(element => {
            const { top, bottom } = element.getBoundingClientRect()
            return top >= 0 && bottom <= innerHeight
          }),
      )
      .toBe(true)
  })

  it('looks right with all of it', async () => {
    const { page, visitor, app, say, show, sessionId } = await meet('onlooker', 'Here is what arrived:', {
      expectsFaults: true,
    })
    await choose(visitor, await picture(page, 'arrived.jpg', 900, 1200))
    const mine = await heard(sessionId, 'arrived.jpg')
    await say('Oh no! I see.', { replyTo: mine.id })
    await ask(at.server, `POST /api/chat/messages/${mine.id}/reactions`, agent, { emoji: '😮' })
    await show(await picture(page, 'right-one.jpg', 1200, 800), 'image', 'It should have been this one:')
    await show(sound('memo.wav', 2), 'voice')
    await show(text(`${'terms-and-conditions-'.repeat(4)}2026.txt`, 'All of it. '.repeat(200)), 'file')
    const slip = await say('a slip')
    await ask(at.server, `POST /api/message/recall/${slip._id}`, agent)
    await visitor.message('Message recalled').waitFor()
    await app.getByRole('button', { name: /^😮/ }).click()

    const looksRight = async () => {
      const frame = visitor.frame()
      expect(await faultsOf(frame)).toEqual([])
      const beyond = await frame.evaluate(() => {
        const pane = document.querySelector('.pane')
        return (pane?.scrollWidth ?? 0) - (pane?.clientWidth ?? 0)
      })
      expect(beyond).toBe(0)
    }
    await app.getByRole('button', { name: /^😮/, pressed: true }).waitFor()
    await app.getByRole('button', { name: 'To the newest' }).click()
    await inLooks(page, '20 files end', [...LOOKS, ...SMALL], looksRight)
    await inLooks(page, '21 files start', [...LOOKS, ...SMALL], async () => {
      await app.getByRole('log').evaluate(pane => pane.scrollTo(0, 0))
      await looksRight()
    })
    await choose(visitor, text('page.txt', '<!doctype html><p>'))
    await visitor.message('files of this kind').waitFor()
    await holding(page, '**/api/files')
    await choose(visitor, await picture(page, 'next.jpg', 800, 500), text('list.txt', 'one, two'))
    await visitor.message('list.txt').waitFor()
    await inLooks(page, '22 sending and refused', [...LOOKS, ...SMALL], looksRight)
    const own = visitor.message('Here is what arrived:')
    await own.getByRole('button', { name: 'More for your message' }).focus()
    await page.keyboard.press('Enter')
    await app.getByRole('menu').waitFor()
    await inLooks(page, '23 recall menu', LOOKS, looksRight)
    await app.getByRole('menuitem', { name: 'Recall' }).click()
    await inLooks(page, '24 recall question', LOOKS, looksRight)
    await app.getByRole('button', { name: 'Keep it' }).click()
    await app.getByRole('button', { name: 'Open right-one.jpg' }).click()
    await inLooks(page, '25 large picture', LOOKS, looksRight)
    await app.getByRole('button', { name: 'Close picture' }).click()
    await bring(app.locator('main'), 'dragover', text('a.txt', 'a'))
    await inLooks(page, '26 drop', LOOKS, looksRight)
  })
})
