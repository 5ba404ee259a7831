import { createContext } from 'react'

/** Where menus are put in the page: inside its main landmark, so that no text stands outside of all. `null`: the body. */
export const LayerContext = createContext<HTMLElement | null>(null)
