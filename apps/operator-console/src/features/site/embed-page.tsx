import { useId } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Page } from '../../ui/page.tsx'
import { embedSnippet, identifySnippet } from './snippets.ts'
import { useWidgetSettings } from './widget-settings.tsx'
import './embed-page.css'

export function EmbedPage({ back }: { back: string }) {
  const texts = useTexts()
  const widget = useWidgetSettings()
  return (
    <Page title={texts('embed.title')} back={back}>
      <Snippet
        title={texts('embed.script')}
        text={texts('embed.script_text')}
        code={embedSnippet(window.location.origin, widget?.siteId ?? 'default')}
      />
      <Snippet title={texts('embed.identify')} text={texts('embed.identify_text')} code={identifySnippet()} />
    </Page>
  )
}

function Snippet({ title, text, code }: { title: string; text: string; code: string }) {
  const id = useId()
  return (
    <section className="section">
      <h2 id={id}>{title}</h2>
      <p>{text}</p>
      <div className="snippet">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reached by the keyboard */}
        <section className="snippet-code" tabIndex={0} aria-labelledby={id}>
          <pre>{code}</pre>
        </section>
        <CopyButton text={code} />
      </div>
    </section>
  )
}
