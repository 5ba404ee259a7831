import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { createPreferences, localeOf, PREFERENCES_KEY } from './preferences.ts'

beforeEach(() => localStorage.clear())

test('a choice is kept', () => {
  createPreferences().change({ theme: 'dark', sound: false })
  expect(createPreferences().getSnapshot()).toEqual({
    language: 'system',
    theme: 'dark',
    sound: false,
    notifications: false,
  })
})

test.each(['{', '7', 'null', '{"theme":"pink","language":3,"sound":"yes"}'])(
  'what nobody understands (%s) is as if nothing was chosen',
  found => {
    localStorage.setItem(PREFERENCES_KEY, found)
    expect(createPreferences().getSnapshot()).toEqual({
      language: 'system',
      theme: 'system',
      sound: true,
      notifications: false,
    })
  },
)

test('the language is the chosen one, or else the browser’s', () => {
  const preferences = createPreferences().getSnapshot()
  expect(localeOf(preferences, ['zh-CN'])).toBe('zh')
  expect(localeOf({ ...preferences, language: 'en' }, ['zh-CN'])).toBe('en')
})

test('the script that runs before the first paint understands what is kept', () => {
  const script = readFileSync(join(import.meta.dirname, '../../../public/theme.js'), 'utf8')
  const run = () => {
    delete document.documentElement.dataset['theme']
    new Function(script)()
    return document.documentElement.dataset['theme']
  }
  expect(run()).toBeUndefined()
  createPreferences().change({ theme: 'dark' })
  expect(run()).toBe('dark')
  createPreferences().change({ theme: 'system' })
  expect(run()).toBeUndefined()
  localStorage.setItem(PREFERENCES_KEY, '{')
  expect(run()).toBeUndefined()
})
