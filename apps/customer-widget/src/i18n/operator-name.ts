import type { OperatorCard } from '@parley/contracts'
import { visibleName } from '@parley/design/names'
import type { Texts } from './texts.ts'

export const operatorName = (texts: Texts, operator: OperatorCard): string =>
  visibleName(operator.name) ?? texts('message.support')
