import { beforeEach, expect, test, vi } from 'vitest'
import { createDrafts } from './drafts.ts'

beforeEach(() => localStorage.clear())

test('each session has its own, and a reload finds it', () => {
  const drafts = createDrafts('ada')
  drafts.write('s1', 'one')
  drafts.write('s2', ' two\nlines ')
  const reloaded = createDrafts('ada')
  expect([reloaded.read('s1'), reloaded.read('s2'), reloaded.read('s3')]).toEqual(['one', ' two\nlines ', ''])
  expect([...reloaded.getSnapshot()].sort()).toEqual(['s1', 's2'])
})

test('nothing but space is no draft', () => {
  const drafts = createDrafts('ada')
  drafts.write('s1', 'x')
  drafts.write('s1', ' \n')
  expect(drafts.read('s1')).toBe('')
  expect(drafts.getSnapshot().size).toBe(0)
})

test('the list is told when a draft comes or goes, not at every letter', () => {
  const drafts = createDrafts('ada')
  const told = vi.fn()
  drafts.subscribe(told)
  for (const text of ['h', 'he', 'hel', 'hell', 'hello', '']) drafts.write('s1', text)
  expect(told).toHaveBeenCalledTimes(2)
})

test('another person’s are not shown, and clearing leaves them', () => {
  createDrafts('ben').write('s1', 'his')
  const drafts = createDrafts('ada')
  drafts.write('s1', 'hers')
  expect(drafts.read('s1')).toBe('hers')
  drafts.clear()
  expect(drafts.read('s1')).toBe('')
  expect(createDrafts('ben').read('s1')).toBe('his')
})

test('a browser that keeps nothing still keeps it until the page is closed', () => {
  vi.stubGlobal('localStorage', {
    getItem: () => {
      throw new DOMException('refused', 'SecurityError')
    },
    setItem: () => {
      throw new DOMException('refused', 'SecurityError')
    },
    removeItem: () => {
      throw new DOMException('refused', 'SecurityError')
    },
  })
  const drafts = createDrafts('kim')
  drafts.write('s1', 'kept')
  expect(drafts.read('s1')).toBe('kept')
  expect(drafts.getSnapshot().has('s1')).toBe(true)
  drafts.clear()
  expect(drafts.read('s1')).toBe('')
})
