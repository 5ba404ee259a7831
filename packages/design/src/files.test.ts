import { describe, expect, it, test } from 'vitest'
import {
  droppedFiles,
  fileKind,
  fitted,
  hasFiles,
  pastedFiles,
  percentOf,
  safeAddress,
  sizeText,
} from './files.ts'

const ORIGIN = 'https://chat.example.com'

test.each([
  [1, 'en', '1 byte'],
  [17, 'en', '17 bytes'],
  [1536, 'en', '1.5 kB'],
  [1_048_575, 'en', '1,024 kB'],
  [10_485_760, 'en', '10 MB'],
  [1_572_864, 'zh', '1.5 MB'],
])('%i bytes are said in %s as %s', (bytes, locale, said) => {
  expect(sizeText(bytes, locale)).toBe(said)
})

test.each([
  ['/api/files/1?signature=a', `${ORIGIN}/api/files/1?signature=a`],
  ['https://cdn.example.com/a.png', 'https://cdn.example.com/a.png'],
  ['http://cdn.example.com/a.png', null],
  ['javascript:alert(1)', null],
  ['data:text/html,hello', null],
  ['https://', null],
  ['', null],
  [null, null],
])('the address %s is shown as %s', (address, shown) => {
  expect(safeAddress(address, ORIGIN)).toBe(shown)
})

test.each([
  [
    { width: 4000, height: 3000 },
    { width: 240, height: 180 },
  ],
  [
    { width: 100, height: 4000 },
    { width: 6, height: 240 },
  ],
  [
    { width: 16, height: 16 },
    { width: 16, height: 16 },
  ],
])('a picture of %o gets the room of %o', (size, room) => {
  expect(fitted(size, { width: 240, height: 240 })).toEqual(room)
})

test.each([
  ['image', null, 'picture'],
  ['file', 'image/png', 'picture'],
  ['voice', null, 'sound'],
  ['file', 'audio/mpeg', 'sound'],
  ['file', 'application/pdf', 'file'],
  ['text', null, 'file'],
] as const)('a message of the type %s with %s is a %s', (type, mimeType, kind) => {
  expect(fileKind({ type, file: mimeType === null ? null : { mimeType } })).toBe(kind)
})

describe('a paste or a drop', () => {
  const picture = new File(['x'], 'a.png')
  const folder = new File([], 'photos')
  const item = (isDirectory: boolean) => ({ webkitGetAsEntry: () => ({ isDirectory }) })
  const transfer = (types: string[], ...given: [File, isDirectory: boolean][]) =>
    ({
      types,
      files: given.map(([file]) => file),
      items: given.map(([, isDirectory]) => item(isDirectory)),
    }) as unknown as DataTransfer

  it('brings pictures, but not the picture of a text', () => {
    expect(pastedFiles(transfer(['Files'], [picture, false]))).toEqual([picture])
    expect(pastedFiles(transfer(['text/plain', 'text/html', 'Files'], [picture, false]))).toEqual([])
  })

  it('brings files, but no folders', () => {
    expect(droppedFiles(transfer(['Files'], [folder, true], [picture, false]))).toEqual([picture])
  })

  it('is known to have files before they may be looked at', () => {
    expect(hasFiles({ types: ['Files'] })).toBe(true)
    expect(hasFiles({ types: ['text/plain'] })).toBe(false)
  })
})

test.each([
  [0, 1000, 0],
  [999, 1000, 99],
  [1000, 1000, 100],
  [0, 0, 100],
])('%i of %i bytes are %i %%', (loaded, total, percent) => {
  expect(percentOf({ loaded, total })).toBe(percent)
})
