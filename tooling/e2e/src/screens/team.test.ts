import { deflateSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import { HAS_CHROMIUM, usePeople } from '../support/browsers.ts'
import { newStaff, type StaffMember } from '../support/people.ts'
import { HAS_DATABASE, useServer } from '../support/server.ts'
import { TeamPage } from '../support/team-page.ts'

/** A picture of one colour, as a camera would not make it but any server must take it. */
function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const head = Buffer.alloc(4)
    head.writeUInt32BE(data.length)
    const tail = Buffer.alloc(4)
    tail.writeUInt32BE(crc(body))
    return Buffer.concat([head, body, tail])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 0x88)])
  const lines = Buffer.concat(Array.from({ length: height }, () => line))
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function crc(bytes: Buffer): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}

const PHONE = { viewport: { width: 390, height: 780 } }

/** Two of the staff, each with a browser of its own, over the built server. */
describe.skipIf(!HAS_DATABASE || !HAS_CHROMIUM)('the Team area', () => {
  const at = useServer()
  const people = usePeople()
  let visits = 0
  let ada: StaffMember
  let bob: StaffMember
  beforeEach(async () => {
    visits += 1
    ada = await newStaff(at.server, `Ada${visits}`)
    bob = await newStaff(at.server, `Bob${visits}`)
  })
  const both = async (options = {}) => {
    const [hers, his] = [
      await TeamPage.signIn(await people.arrive('ada', options), at.server, ada),
      await TeamPage.signIn(await people.arrive('bob', options), at.server, bob),
    ]
    return { hers, his }
  }

  it.each([
    ['on a desk', {}],
    ['on phones', PHONE],
  ])('two chat %s: read, reply, react, recall for both, a picture, search', async (_, options) => {
    const { hers, his } = await both(options)
    await hers.newChat([`Bob${visits}`])
    await hers.write('The key to the archive is 4711')
    await his.row('The key to the archive').waitFor()
    await his.open(`Ada${visits}`)
    await his.message('4711').waitFor()
    await hers.message('4711').first().getByText('Read').waitFor({ state: 'attached' })

    await his.choose('4711', 'Reply')
    await his.write('Thanks, noted')
    await hers.message('Thanks, noted').getByText('The key to the archive').waitFor()
    await his.choose('4711', 'React with 👍')
    await hers.message('The key to the archive is 4711').first().getByText('👍').first().waitFor()

    await hers.choose('The key to the archive is 4711', 'Recall')
    await hers.page.getByRole('button', { name: 'Recall', exact: true }).click()
    for (const page of [hers, his]) await page.message('Message recalled').first().waitFor()
    await expect.poll(() => his.page.getByText('4711').count()).toBe(0)

    await hers.attach({ name: 'plan.png', mimeType: 'image/png', buffer: png(640, 480) })
    const shown = () =>
      his.pictures.first().evaluate(image => {
        const { naturalWidth, complete } = image as HTMLImageElement
        return complete && naturalWidth > 0
      })
    await his.pictures.first().waitFor()
    await expect.poll(shown).toBe(true)

    await hers.write('午饭吃什么？')
    await his.message('午饭吃什么').waitFor()
    if (options === PHONE) await his.page.getByRole('button', { name: 'Back' }).click()
    await his.search('午饭')
    await expect.poll(() => his.hits.count()).toBe(1)
    await his.search('4711')
    await his.page.getByText('No message found').waitFor()
    await his.search('午饭')
    await his.hits.first().click()
    await his.message('午饭吃什么').waitFor()
    expect(people.complaints).toEqual([])
  })

  it('a finger that rests on a message opens its menu, which stays when the finger is lifted', async () => {
    const { hers } = await both(PHONE)
    await hers.newChat([`Bob${visits}`])
    await hers.write('Press me')
    await hers.message('Press me').getByText('Sent').waitFor({ state: 'attached' })
    const box = await hers.message('Press me').locator('.message-text').boundingBox()
    const finger = await hers.page.context().newCDPSession(hers.page)
    const touchPoints = [{ x: (box?.x ?? 0) + 10, y: (box?.y ?? 0) + 10 }]
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
    const reply = hers.page.getByRole('menuitem', { name: 'Reply' })
    await reply.waitFor()
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await reply.click()
    await hers.page.getByRole('button', { name: 'Don’t reply to it' }).waitFor()
  })

  it('a group: made, joined, left, and what who has read', async () => {
    const { hers, his } = await both()
    await newStaff(at.server, `Cai${visits}`)
    await hers.newChat([`Bob${visits}`, `Cai${visits}`], 'Night shift')
    await hers.write('Who is here?')
    await his.row('Night shift').waitFor()
    await his.open('Night shift')
    await his.message('Who is here?').waitFor()
    await hers.page.getByText('Read by 1').waitFor()
    await hers.page.getByRole('button', { name: 'Group' }).click()
    const group = hers.page.getByRole('dialog')
    await group.getByRole('button', { name: `Remove Bob${visits}` }).click()
    await hers.page.getByRole('button', { name: 'Remove', exact: true }).click()
    await his.page.getByText('You are no longer in this chat').waitFor()
    expect(people.complaints).toEqual([])
  })

  it('keeps what is written while the server is away, and loses nothing', async () => {
    const { hers, his } = await both({ expectsFaults: true })
    await hers.newChat([`Bob${visits}`])
    await hers.write('before')
    await his.row('before').waitFor()
    await his.open(`Ada${visits}`)
    await at.server.kill()
    await hers.write('meanwhile 1')
    await his.write('meanwhile 2')
    await at.server.start()
    for (const page of [hers, his])
      for (const text of ['before', 'meanwhile 1', 'meanwhile 2']) {
        await page.message(text).waitFor()
        await expect.poll(() => page.message(text).count()).toBe(1)
      }
  })
})
