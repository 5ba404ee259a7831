import { en } from './en.ts'
import type { Texts } from './shape.ts'
import { zh } from './zh.ts'

export type { ProblemKey, RuleSentence, Texts } from './shape.ts'

export const TEXTS = { en, zh } as const satisfies Record<string, Texts>
export type TextLocale = keyof typeof TEXTS
