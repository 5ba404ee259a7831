import { createContext, type ReactNode, use, useLayoutEffect, useMemo } from 'react'
import { createTexts, type Locale, type Texts } from './translate.ts'

const TextsContext = createContext<Texts>(createTexts('en'))

export function TextsProvider({ locale, children }: { locale: Locale; children: ReactNode }) {
  const texts = useMemo(() => createTexts(locale), [locale])
  useLayoutEffect(() => {
    document.documentElement.lang = locale === 'zh' ? 'zh-Hans' : locale
  }, [locale])
  return <TextsContext value={texts}>{children}</TextsContext>
}

export const useTexts = (): Texts => use(TextsContext)
