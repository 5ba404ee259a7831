import { readFile } from 'node:fs/promises'
import { call } from './api.mjs'

/** Logs a phone in: asks for a code, reads the text as its owner would, brings the code back. */
export async function login(server, outbox, phone, nickname) {
  await call(server, 'POST /api/auth/send-verification-code', { body: { phone } })
  const code = await codeSentTo(outbox, phone)
  const { token, user } = await call(server, 'POST /api/auth/verify-code', {
    body: { phone, code, nickname },
  })
  return { token, userId: user.id, nickname: user.nickname }
}

/** With `SMS_DRIVER=outbox`, as it is outside production, a text is a line of JSON in this file. */
async function codeSentTo(outbox, phone) {
  const lines = (await readFile(outbox, 'utf8')).trimEnd().split('\n')
  const text = lines.map(line => JSON.parse(line)).findLast(({ to }) => to === phone)
  if (!text) throw new Error(`No text to ${phone} in ${outbox}. Is this the server's data folder?`)
  return text.code
}
