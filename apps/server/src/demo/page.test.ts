import { describe, expect, it } from 'vitest'
import { demoPage, demoPlace } from './page.ts'

describe('the demo page', () => {
  it.each([
    ['localhost:3000', '', '//127.0.0.1:3000/demo'],
    ['127.0.0.1:3000', '//localhost:3000', '//localhost:3000/demo'],
    ['localhost', '', '//127.0.0.1/demo'],
    ['chat.example.com', '', null],
    ['localhost:3000"><script>', '', null],
    ['127.0.0.1.evil.example', '', null],
    ['', '', null],
  ])('asked for at %j finds its server', (host, server, elsewhere) => {
    expect(demoPlace(host)).toEqual({ server, elsewhere })
  })

  it('embeds the widget by one script tag, from its own site or from another', () => {
    const tags = (host: string) => demoPage('en', demoPlace(host)).match(/<script.*<\/script>/g)
    expect(tags('localhost:3000')).toEqual(['<script async src="/widget.js" data-site="default"></script>'])
    expect(tags('127.0.0.1:3000')).toEqual([
      '<script async src="//localhost:3000/widget.js" data-site="default"></script>',
    ])
  })

  it.each([
    ['en', '<html lang="en">', 'Fjord chair', '?lang=zh'],
    ['zh', '<html lang="zh-CN">', '峡湾椅', '?lang=en'],
  ] as const)('speaks %s, and leads to the other language and the console', (locale, ...parts) => {
    const page = demoPage(locale, demoPlace('localhost:3000'))
    for (const part of [...parts, 'href="/console/"']) expect(page).toContain(part)
    expect(page).not.toMatch(/https?:/)
  })
})
