import type { ReactNode } from 'react'
import { useTexts } from '../i18n/i18n.tsx'
import { Icon } from './icon.tsx'
import './page.css'

interface PageProps {
  title: string
  action?: ReactNode
  /** Where the first step is, on a narrow screen. */
  back?: string
  wide?: boolean
  children: ReactNode
}

/** A plain screen of settings: a title, perhaps one action, and what it is about. */
export function Page({ title, action, back, wide = false, children }: PageProps) {
  const texts = useTexts()
  return (
    <section className="page" aria-labelledby="page-title">
      <div className={`page-inner ${wide ? 'page-wide' : ''}`}>
        <header className="page-head">
          {back && (
            <a className="icon-button page-back" href={back} aria-label={texts('back')}>
              <Icon name="back" />
            </a>
          )}
          <h1 id="page-title">{title}</h1>
          {action}
        </header>
        {children}
      </div>
    </section>
  )
}
