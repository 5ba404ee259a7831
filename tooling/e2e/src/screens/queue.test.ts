import { describe, expect, it } from 'vitest'
import { HAS_CHROMIUM, usePeople } from '../support/browsers.ts'
import { OperatorPage } from '../support/operator-page.ts'
import { newStaff, retire } from '../support/people.ts'
import { HAS_DATABASE, useServer } from '../support/server.ts'
import { VisitorPage } from '../support/visitor-page.ts'

describe.skipIf(!HAS_DATABASE || !HAS_CHROMIUM)('more visitors than an operator may take', () => {
  const at = useServer({ OPERATOR_GRACE_MS: '1000' })
  const people = usePeople()

  async function arrive(name: string, word: string): Promise<VisitorPage> {
    const visitor = await VisitorPage.visit(await people.arrive(name), at.server)
    await visitor.openChat()
    await visitor.send(word)
    return visitor
  }

  it('wait, see their position, and are taken when one ends', async () => {
    const ada = await newStaff(at.server, 'Ada', 2)
    const operator = await OperatorPage.signIn(await people.arrive('ada'), at.server, ada)
    const first = await arrive('first', 'I am the first')
    await arrive('second', 'I am the second')
    const third = await arrive('third', 'I am the third')
    const fourth = await arrive('fourth', 'I am the fourth')
    await third.app.getByText('You are number 1.').waitFor()
    await fourth.app.getByText('You are number 2.').waitFor()
    await operator.page.getByRole('tab', { name: 'Queue 2' }).waitFor()
    await expect.poll(() => operator.page.locator('.session-row').count()).toBe(2)

    await operator.open('I am the first')
    await operator.end('Solved')
    await first.app.getByText('Ada ended this chat.').waitFor()
    await third.notice('Ada has joined').waitFor()
    await fourth.app.getByText('You are number 1.').waitFor()
    await operator.open('I am the third')
    await operator.write('Thank you for waiting')
    await third.message('Thank you for waiting').waitFor()
    await expect
      .poll(() => first.texts(), { message: 'what was said can still be read' })
      .toEqual(['I am the first'])

    await third.end()
    await fourth.notice('Ada has joined').waitFor()
    await operator.row('I am the fourth').waitFor()
    await first.app.getByRole('button', { name: 'Start a new chat' }).click()
    await first.write('I am back')
    await first.app.getByText('You are number 1.').waitFor()
    expect(people.complaints).toEqual([])
    await retire(at.server, ada.id)
  })

  it('go to another operator when theirs goes away, and can go on with what was said', async () => {
    const [bea, cem] = [await newStaff(at.server, 'Bea', 5), await newStaff(at.server, 'Cem', 5)]
    const leaving = await OperatorPage.signIn(await people.arrive('bea'), at.server, bea)
    const visitor = await arrive('visitor', 'Please help me')
    await leaving.open('Please help me')
    await leaving.write('I am looking into it')
    await visitor.message('I am looking into it').waitFor()
    const staying = await OperatorPage.signIn(await people.arrive('cem'), at.server, cem)
    await people.leave(leaving.page)
    await visitor.notice('Cem has joined').waitFor()
    await staying.open('I am looking into it')
    await staying.write('Bea had to go; I am here now')
    await visitor.message('Bea had to go').waitFor()
    const said = ['Please help me', 'I am looking into it', 'Bea had to go; I am here now']
    await expect.poll(() => visitor.texts()).toEqual(said)
    await expect.poll(() => staying.texts()).toEqual(said)
    expect(people.complaints).toEqual([])
  })
})
