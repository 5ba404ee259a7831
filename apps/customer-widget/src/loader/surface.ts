import type { WidgetSettings } from '@parley/contracts'
import type { WidgetOptions } from '@parley/sdk/embed'
import { STYLES } from './styles.ts'
import type { Texts } from './texts.ts'

export interface Look {
  readonly accent: string
  readonly theme: NonNullable<WidgetOptions['theme']>
  readonly corner: WidgetSettings['corner']
  readonly texts: Texts
  readonly open: boolean
  /** The panel covers the page. */
  readonly full: boolean
  readonly unread: number
}

export interface Surface {
  readonly host: HTMLElement
  readonly box: HTMLElement
  readonly button: HTMLButtonElement
  readonly iframe: HTMLIFrameElement
  draw(look: Look): void
}

/** What is put on the page: a shadow root, whose styles are there before anything of it is. */
export function createSurface(): Surface {
  const create = <E extends HTMLElement>(name: string) => document.createElement(name) as E
  const host = create('parley-widget')
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  const box = create<HTMLDivElement>('div')
  const button = create<HTMLButtonElement>('button')
  const badge = create('b')
  const said = create('output')
  const iframe = create<HTMLIFrameElement>('iframe')

  // Not through innerHTML or a <style>: the page's own policy may forbid both.
  sheet.replaceSync(STYLES)
  root.adoptedStyleSheets = [sheet]
  iframe.allow = 'autoplay'
  button.append(create('i'), badge)
  box.append(button, said)
  root.append(box)
  ;(document.body ?? document.documentElement).append(host)

  return {
    host,
    box,
    button,
    iframe,
    draw({ accent, theme, corner, texts, open, full, unread }) {
      const news = unread ? `${unread} ${texts.unread}` : ''
      const scheme = theme.replace('auto', 'light dark')
      box.style.cssText = `${corner}:calc(20px + env(safe-area-inset-${corner}));color-scheme:${scheme};--accent:${accent}`
      box.className = `${open && 'open'} ${full && 'full'}`
      iframe.style.cssText = `${corner}:0;${room()}`
      iframe.title = texts.chat
      button.ariaExpanded = `${open}`
      button.ariaLabel = `${texts.chat} ${news}`
      badge.hidden = !unread
      badge.textContent = unread > 9 ? '9+' : `${unread}`
      if (said.textContent !== news) said.textContent = news
    },
  }
}

/** What a phone's keyboard leaves of the screen. Zoomed in, one looks at a part of it. */
function room(): string {
  const { offsetTop, height, scale } = visualViewport as VisualViewport
  return scale > 1.01 ? '' : `--top:${offsetTop}px;--height:${height}px`
}
