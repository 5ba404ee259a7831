import type { Locale } from '../operations/types.ts'
import { PICTURES } from './pictures.ts'
import { DEMO_TEXTS, type DemoTexts } from './texts.ts'

export interface DemoPlace {
  /** Where the widget comes from: '' for the page's own origin, otherwise `//host:port`. */
  readonly server: string
  /** The same page as a browser sees it on another site, or back again. */
  readonly elsewhere: string | null
}

/**
 * Where a page that was asked for under this `Host` finds the server. `127.0.0.1` and `localhost` are one machine, but
 * two sites to a browser: under the first the page is a stranger's, and embeds the widget from the second.
 */
export function demoPlace(host: string): DemoPlace {
  const [, name, port = ''] = /^(127\.0\.0\.1|localhost)(:\d{1,5})?$/.exec(host) ?? []
  if (name === undefined) return { server: '', elsewhere: null }
  return name === 'localhost'
    ? { server: '', elsewhere: `//127.0.0.1${port}/demo` }
    : { server: `//localhost${port}`, elsewhere: `//localhost${port}/demo` }
}

/** A small shop with Parley's widget, as anybody's page would have it: one script tag. */
export function demoPage(locale: Locale, { server, elsewhere }: DemoPlace): string {
  const texts = DEMO_TEXTS[locale]
  return `<!doctype html>
<html lang="${locale === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(texts.title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/demo/style.css">
<script async src="${server}/widget.js" data-site="default"></script>
</head>
<body>
<a class="skip" href="#products">${escaped(texts.skip)}</a>
${demoBar(texts, server, elsewhere)}
${header(texts)}
<main>
<section class="hero">
<h1>${escaped(texts.heading)}</h1>
<p>${escaped(texts.lead)}</p>
</section>
${products(texts)}
${promises(texts)}
${questions(texts)}
</main>
<footer><p>${escaped(texts.footer)}</p></footer>
</body>
</html>
`
}

const demoBar = (texts: DemoTexts, server: string, elsewhere: string | null): string => {
  const link = server === '' ? texts.otherSite : texts.sameSite
  const other = elsewhere === null ? '' : ` · <a href="${elsewhere}">${escaped(link)}</a>`
  return `<p class="demo-bar">${escaped(texts.demo)} <a href="${server}/console/">${escaped(texts.console)}</a>${other}</p>`
}

const header = ({ navigation, otherLanguage: { href, lang, name } }: DemoTexts): string =>
  `<header>
<span class="brand">Birch &amp; Stone</span>
<ul>${navigation.map(item => `<li>${escaped(item)}</li>`).join('')}</ul>
<a href="${href}" hreflang="${lang}" lang="${lang}">${escaped(name)}</a>
</header>`

const products = (texts: DemoTexts): string =>
  `<ul class="products" id="products">
${texts.products
  .map(
    ({ picture, name, about, price }) =>
      `<li class="product ${picture}">${PICTURES[picture]}<h2>${escaped(name)}</h2><p>${escaped(about)}</p><p class="price">${escaped(price)}</p></li>`,
  )
  .join('\n')}
</ul>`

const promises = (texts: DemoTexts): string =>
  `<dl class="promises">
${texts.promises.map(({ what, more }) => `<div><dt>${escaped(what)}</dt><dd>${escaped(more)}</dd></div>`).join('\n')}
</dl>`

const questions = (texts: DemoTexts): string =>
  `<section class="questions">
<h2>${escaped(texts.questions)}</h2>
${texts.answers
  .map(
    ({ question, answer }) =>
      `<details><summary>${escaped(question)}</summary><p>${escaped(answer)}</p></details>`,
  )
  .join('\n')}
</section>`

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
