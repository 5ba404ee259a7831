import { Component, type ReactNode } from 'react'
import { useTexts } from '../i18n/i18n.tsx'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

interface Props {
  children: ReactNode
}

/** A fault in the console itself: what was written and not sent is kept, and a reload brings it back. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
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
    <main className="app-starting" role="alert">
      <Notice icon="alert" title={texts('fault.title')} text={texts('fault.text')}>
        <Button look="primary" onClick={() => window.location.reload()}>
          {texts('outdated.reload')}
        </Button>
      </Notice>
    </main>
  )
}
