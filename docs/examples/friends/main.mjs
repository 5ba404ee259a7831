import { call } from './api.mjs'
import { Chat } from './chat.mjs'
import { login } from './phone.mjs'

const SERVER = process.env.PARLEY_URL ?? 'http://localhost:3000'
const OUTBOX = process.env.PARLEY_OUTBOX ?? new URL('../../../data/outbox/sms.jsonl', import.meta.url)
const { PHONE_ONE = '+8613800138001', PHONE_TWO = '+8613800138002' } = process.env

const wei = await login(SERVER, OUTBOX, PHONE_ONE, 'Wei')
const min = await login(SERVER, OUTBOX, PHONE_TWO, '小敏')
console.log(`${wei.nickname} and ${min.nickname} are logged in.`)

await call(SERVER, 'POST /api/friend/request', {
  token: wei.token,
  body: { phone: PHONE_TWO, message: 'It is me, Wei' },
})
const friends = await call(SERVER, 'GET /api/friend/list', { token: wei.token })
if (!friends.some(({ friendId }) => friendId === min.userId))
  await call(SERVER, `POST /api/friend/accept/${wei.userId}`, { token: min.token })
console.log('They are friends.')

const heard = new Promise(resolve => {
  const his = new Chat(SERVER, wei.token, async message => {
    console.log(`${wei.nickname} reads: ${message.content}`)
    await his.read(min.userId, message.id)
    resolve({ his })
  })
  const hers = new Chat(SERVER, min.token, async message => {
    console.log(`${min.nickname} reads: ${message.content}`)
    await hers.read(wei.userId, message.id)
    await hers.send(wei.userId, '好啊，六点！')
    hers.end()
  })
  void his.send(min.userId, 'Dinner tonight?')
})
const { his } = await heard
his.end()

const history = await call(SERVER, `GET /api/message/history/${min.userId}?limit=2`, { token: wei.token })
for (const { senderId, content, status } of history)
  console.log(`${senderId === wei.userId ? wei.nickname : min.nickname}: ${content} (${status})`)
