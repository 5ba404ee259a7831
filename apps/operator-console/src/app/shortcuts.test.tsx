import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type ShortcutHandlers, useShortcuts } from './shortcuts.ts'

function Page({ handlers }: { handlers: ShortcutHandlers }) {
  useShortcuts(handlers)
  return (
    <main>
      <input aria-label="field" />
      <a href="#/somewhere">a session</a>
      <div role="dialog">
        <button type="button">in a dialog</button>
      </div>
    </main>
  )
}

function show() {
  const handlers = { next: vi.fn(), search: vi.fn(), back: vi.fn(), open: vi.fn(), help: vi.fn() }
  render(<Page handlers={handlers} />)
  return handlers
}

afterEach(cleanup)

describe('a shortcut', () => {
  test('acts, and keeps its key from the browser', () => {
    const { next, search } = show()
    fireEvent.keyDown(document.body, { key: 'j' })
    expect(next).toHaveBeenCalledOnce()
    expect(fireEvent.keyDown(document.body, { key: '/' })).toBe(false)
    expect(search).toHaveBeenCalledOnce()
  })

  test('is a letter where somebody writes, but Escape leaves', () => {
    const { next, help, back } = show()
    const field = screen.getByLabelText('field')
    expect(fireEvent.keyDown(field, { key: 'j' })).toBe(true)
    fireEvent.keyDown(field, { key: '?', shiftKey: true })
    fireEvent.keyDown(field, { key: 'Escape' })
    expect(next).not.toHaveBeenCalled()
    expect(help).not.toHaveBeenCalled()
    expect(back).toHaveBeenCalledOnce()
  })

  test('leaves the keys of a dialog to the dialog', () => {
    const { back, next } = show()
    const button = screen.getByText('in a dialog')
    fireEvent.keyDown(button, { key: 'j' })
    fireEvent.keyDown(button, { key: 'Escape' })
    expect(next).not.toHaveBeenCalled()
    expect(back).not.toHaveBeenCalled()
  })

  test('leaves Enter to a link, which it presses anyway', () => {
    const { open } = show()
    fireEvent.keyDown(screen.getByText('a session'), { key: 'Enter' })
    expect(open).not.toHaveBeenCalled()
    fireEvent.keyDown(document.body, { key: 'Enter' })
    expect(open).toHaveBeenCalledOnce()
  })

  test.each([{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { isComposing: true }])(
    'is none with %j',
    modifier => {
      const { next } = show()
      expect(fireEvent.keyDown(document.body, { key: 'j', ...modifier })).toBe(true)
      expect(next).not.toHaveBeenCalled()
    },
  )

  test('without a handler is the browser’s', () => {
    show()
    expect(fireEvent.keyDown(document.body, { key: 'e' })).toBe(true)
  })
})
