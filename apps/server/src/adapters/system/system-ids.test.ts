import { describe, expect, it, vi } from 'vitest'
import { systemIds } from './system-ids.ts'

const some = (count: number) => Array.from({ length: count }, () => systemIds.next())

describe('systemIds', () => {
  it('makes UUIDs of version 7 that bear the time', () => {
    const before = Date.now()
    const [id = ''] = some(1)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    const time = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
    expect(time).toBeGreaterThanOrEqual(before)
    expect(time).toBeLessThanOrEqual(Date.now())
  })

  it('makes later ones sort after earlier ones, many in a millisecond', () => {
    const ids = some(20_000)
    expect(ids).toEqual([...ids].sort())
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('… and when the clock goes back', () => {
    const [before = ''] = some(1)
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 60_000)
    for (const id of some(10)) expect(id > before).toBe(true)
  })
})
