import { cleanup, fireEvent, render } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { Avatar } from './avatar.tsx'

afterEach(cleanup)

test('shows initials where the picture can’t be had, until there is another one', () => {
  const { container, rerender } = render(<Avatar name="Ada Okafor" picture="/gone.png" />)
  const picture = () => container.querySelector('img')
  fireEvent.error(picture() as HTMLImageElement)
  expect(picture()).toBeNull()
  expect(container.textContent).toBe('AO')
  rerender(<Avatar name="Ada Okafor" picture="/other.png" />)
  expect(picture()?.getAttribute('src')).toBe('/other.png')
})
