import { useEffect } from 'react'

/**
 * Keeps the page as high as what is seen of it: some browsers (iOS) lay a keyboard over the page instead of making
 * room, and push the page up under it.
 */
export function useShownHeight(): void {
  useEffect(() => {
    const shown = window.visualViewport
    if (!shown) return
    const { style } = document.documentElement
    const fit = () => {
      style.setProperty('--shown-height', `${shown.height}px`)
      window.scrollTo(0, 0)
    }
    shown.addEventListener('resize', fit)
    return () => {
      shown.removeEventListener('resize', fit)
      style.removeProperty('--shown-height')
    }
  }, [])
}
