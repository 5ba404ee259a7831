import { Component, type ReactNode } from 'react'
import { useTexts } from '../i18n/i18n.tsx'

/** A fault of a screen is said, with the way out, instead of an empty panel. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    return this.state.failed ? <Failed /> : this.props.children
  }
}

function Failed() {
  const texts = useTexts()
  return (
    <main className="notice" role="alert">
      <p>{texts('app.failed')}</p>
      <button type="button" className="button primary" onClick={() => location.reload()}>
        {texts('app.reload')}
      </button>
    </main>
  )
}
