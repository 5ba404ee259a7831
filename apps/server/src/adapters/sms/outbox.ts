import { chmod, mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Handover, Sms, Text } from '../../features/phone/index.ts'

const OWNER_ONLY = 0o600
const OWNER_ONLY_DIR = 0o700

/** Sends nothing: texts are lines of a file that its owner alone can read. */
export function createOutbox(dataDir: string): Sms {
  const file = join(dataDir, 'outbox', 'sms.jsonl')
  return {
    async send(text): Promise<Handover> {
      try {
        await append(file, text)
        return { kind: 'sent' }
      } catch (cause) {
        return { kind: 'refused', cause }
      }
    },
  }
}

async function append(file: string, { to, code, text, at }: Text): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: OWNER_ONLY_DIR })
  const handle = await open(file, 'a', OWNER_ONLY)
  try {
    await chmod(file, OWNER_ONLY)
    // One write: lines of several servers don't mix.
    await handle.write(`${JSON.stringify({ to, code, text, at })}\n`)
  } finally {
    await handle.close()
  }
}
