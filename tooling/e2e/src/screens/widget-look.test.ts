import { beforeAll, describe, expect, it } from 'vitest'
import { HAS_CHROMIUM, usePeople } from '../support/browsers.ts'
import { type Ear, useEars } from '../support/ear.ts'
import { faultsOf } from '../support/faults.ts'
import { ask } from '../support/http.ts'
import { inLooks, LOOKS, type Look, SMALL } from '../support/looks.ts'
import { end, type Identity, newAgent, newVisitor, startSession } from '../support/people.ts'
import { HAS_DATABASE, useServer } from '../support/server.ts'
import { VisitorPage } from '../support/visitor-page.ts'

const LONG_NAME = 'Dr. Wolfgang Featherstonehaugh-Cholmonde'
const SAID = [
  'Good morning! I am looking at your order now. It left our workshop on Monday: https://shop.example.com/orders/4711/track?carrier=dhl&number=00340434161094042557',
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2),
  'שלום! ההזמנה שלך (מספר 4711) בדרך אליך.',
  '您好！您的订单已经发货，预计周三送到。Order `#4711` 的运单号是 DHL-0034。',
  'مرحبا، كيف يمكنني مساعدتك اليوم؟',
  'First line\n\n  indented\n👍🏽 👩‍👩‍👧‍👦 🎉',
  'x'.repeat(40).concat(' ').repeat(25).slice(0, 1000),
]

/** One visit, looked at from its first moment to its last. */
describe.skipIf(!HAS_DATABASE || !HAS_CHROMIUM)('the widget, in every state and look', () => {
  const at = useServer({ OPERATOR_GRACE_MS: '60000' })
  const people = usePeople()
  const listen = useEars(at)
  let agent: Identity
  let operator: Ear
  beforeAll(async () => {
    agent = await newAgent(at.server, 'Ada', 1)
    operator = await listen(agent)
  })

  it('shows what is, without a fault that axe sees and nothing beyond an edge', async () => {
    const blocker = await startSession(at.server, await newVisitor(at.server, 'Grace'))
    const page = await people.arrive('visitor', { expectsFaults: true })
    const visitor = await VisitorPage.visit(page, at.server)

    const looksRight = async (isOpen: boolean) => {
      expect(await faultsOf(page, 'parley-widget')).toEqual([])
      if (!isOpen) return
      const frame = visitor.frame()
      expect(await faultsOf(frame)).toEqual([])
      const beyond = await frame.evaluate(() => {
        const { scrollWidth, scrollHeight } = document.documentElement
        const pane = document.querySelector('.pane')
        const wide = [...document.querySelectorAll('body *')].filter(
          element => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest('.unseen'),
        )
        return {
          wide: wide.map(({ className }) => String(className)),
          sideways: Math.max(scrollWidth - innerWidth, (pane?.scrollWidth ?? 0) - (pane?.clientWidth ?? 0)),
          down: scrollHeight - innerHeight,
          // Whoever reads the newest messages goes on doing so, whatever the size.
          atEnd: document.querySelector('.to-end') === null,
        }
      })
      expect(beyond).toEqual({ wide: [], sideways: 0, down: 0, atEnd: true })
    }
    const shows = async (
      state: string,
      { looks = LOOKS, isOpen = true, act = async (_: Look) => undefined as unknown } = {},
    ) =>
      inLooks(page, state, looks, async look => {
        await act(look)
        await looksRight(isOpen)
      })
    const say = (sessionId: string, message: string) => operator.call('send_message', { sessionId, message })

    await shows('1 closed', { isOpen: false })
    await visitor.openChat()
    await visitor.app.getByText('We are here').waitFor()
    await shows('2 greeting', { looks: [...LOOKS, ...SMALL] })

    await visitor.write('Hello, my order #4711 has not arrived. Can you help me?')
    await visitor.app.getByText('You are number 1.').waitFor()
    await shows('3 waiting')

    await end(at.server, blocker.id, { key: true })
    await visitor.joined('Ada').waitFor()
    const sessionId = operator.all('session_assigned').at(-1)?.sessionId ?? ''
    await operator.call('join_session', { sessionId })
    await say(sessionId, 'Hello! Of course: let me look that up for you.')
    await visitor.write('Thank you')
    await visitor.mark('Thank you').getByText('Delivered').waitFor({ state: 'attached' })
    await shows('4 talking', {
      act: async () => {
        await operator.call('typing_start', { sessionId })
        await visitor.typing.waitFor()
      },
    })

    await visitor.app.getByRole('button', { name: 'Menu' }).click()
    await shows('5 menu')
    await visitor.app.getByRole('menuitem', { name: 'End chat' }).click()
    await visitor.app.getByText('End this chat?').waitFor()
    await shows('6 end question')
    await visitor.app.getByRole('button', { name: 'Go on' }).click()

    await visitor.closeChat()
    await say(sessionId, 'It was handed to the carrier on Monday.')
    await say(sessionId, 'You will have it tomorrow.')
    await visitor.root.getByText('2 unread').waitFor({ state: 'attached' })
    await shows('7 unread', { isOpen: false })
    await visitor.openChat()
    await visitor.message('tomorrow').waitFor()
    await shows('8 new messages')

    await ask(at.server, `PATCH /api/operators/${agent.userId}`, { key: true }, { name: LONG_NAME })
    for (const text of SAID) await say(sessionId, text)
    await visitor.write(SAID.at(-1) ?? '')
    await visitor.field.fill(
      'Half a sentence that goes on over several lines, as people write them. '.repeat(14).slice(0, 950),
    )
    await shows('9 long texts', { looks: [...LOOKS, ...SMALL] })
    for (const text of SAID.slice(2, 5).reverse()) await say(sessionId, text)
    await visitor.field.fill('')
    await shows('10 scripts', { looks: SMALL })

    await at.server.kill()
    await visitor.write('Are you still there?')
    await visitor.app.getByText('Reconnecting…').waitFor()
    await shows('11 reconnecting', { looks: [...LOOKS, ...SMALL] })
    await visitor.write('I wait')
    // As if the device had been shut for two days.
    await visitor.ageUnsent(2)
    await page.goto('about:blank')
    await at.server.start()
    await page.setViewportSize({ width: 1280, height: 800 })
    await VisitorPage.visit(page, at.server)
    await visitor.app.getByText('Not sent: it is more than a day old.').first().waitFor()
    await shows('12 failed', { looks: [...LOOKS, ...SMALL] })
    for (const _ of [1, 2]) await visitor.app.getByRole('button', { name: 'Try again' }).first().click()
    await visitor.mark('Are you still there?').getByText('Sent').waitFor({ state: 'attached' })
    expect((await visitor.texts()).slice(-2)).toEqual(['Are you still there?', 'I wait'])

    await end(at.server, sessionId, { key: true })
    await visitor.app.getByRole('button', { name: 'Start a new chat' }).waitFor()
    await shows('13 ended', { looks: [...LOOKS, ...SMALL] })
  })
})
