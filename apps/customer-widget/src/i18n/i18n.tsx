import { createContext, useContext } from 'react'
import { createTexts, type Texts } from './texts.ts'

const Context = createContext<Texts>(createTexts('en'))

export const TextsProvider = Context.Provider
export const useTexts = (): Texts => useContext(Context)
