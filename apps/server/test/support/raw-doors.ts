import { afterEach, expect, vi } from 'vitest'
import { type DoorOptions, type Doors, openDoors } from './doors.ts'
import { bearer, type RawClient, type RawCredential, rawClient } from './raw-client.ts'

/** What the tests of `/ws` open; all of it is closed after the test that opened it. */
export const opened: { close(): unknown }[] = []

export function closeAfterEach(): void {
  afterEach(async () => {
    for (const thing of opened.splice(0).reverse()) await thing.close()
  })
}

export async function doorsWith(options?: DoorOptions): Promise<Doors> {
  const doors = await openDoors(options)
  opened.push(doors)
  return doors
}

export function client(doors: Pick<Doors, 'url'>, credential?: RawCredential): RawClient {
  const made = rawClient(doors.url, credential)
  opened.push({ close: () => made.socket.terminate() })
  return made
}

export async function connected(options?: DoorOptions): Promise<RawClient & { doors: Doors }> {
  const doors = await doorsWith(options)
  const joined = client(doors, bearer('operator'))
  await vi.waitFor(() => expect(joined.frames).toHaveLength(1))
  return { ...joined, doors }
}
