import type { User } from '@parley/contracts'
import { visibleName } from '@parley/design/names'

/** What a person is called here; an id where nobody has given them a name that can be seen. */
export const personName = ({ id, nickname, realName, username }: User): string =>
  visibleName(nickname) ?? visibleName(realName) ?? visibleName(username) ?? id
