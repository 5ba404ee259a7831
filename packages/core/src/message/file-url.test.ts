import { describe, expect, it } from 'vitest'
import { storableFileUrl } from './file-url.ts'

const hosts = ['cdn.example.com', 'Files.example.com:8443']
const store = (url: string) => storableFileUrl(url, hosts)

describe('storableFileUrl', () => {
  it.each([
    'https://cdn.example.com/a.png',
    'https://CDN.example.com/a%20b.png?x=1#y',
    'https://cdn.example.com:443/a',
    'https://cdn.example.com',
    'https://cdn.example.com?x',
    'https://files.example.com:8443/a',
    '/files/0198-abc.png',
    '/files/2026/0198/a%20b..png',
  ])('[M6] keeps %s as it is', url => {
    expect(store(url)).toBe(url)
  })

  it('[M6] drops the signature of a file of this server', () => {
    expect(store('/files/a.png?expires=1&signature=abc')).toBe('/files/a.png')
  })

  it.each([
    'http://cdn.example.com/a.png',
    'https://evil.example/cdn.example.com',
    'https://cdn.example.com.evil.example/a',
    'https://cdn.example.com@evil.example/a',
    'https://cdn.example.com:8443/a',
    'https://cdn.example.com\\@evil.example/a',
    'https:\\\\cdn.example.com/a',
    'https://cdn.example.com/a b',
    'https://cdn.example.com/a\nb',
    ' https://cdn.example.com/a',
    'javascript:alert(1)',
    'data:text/html,x',
    '//cdn.example.com/a',
    '/files/',
    '/files',
    '/files/../secret',
    '/files/a/../../secret',
    '/files/..',
    '/files/%2e%2e/secret',
    '/files/a%2Fb',
    '/files//a',
    '/filesystem/a',
    '/other/a.png',
    'files/a.png',
    '',
  ])('[M6] refuses %s', url => {
    expect(store(url)).toBeNull()
  })
})
