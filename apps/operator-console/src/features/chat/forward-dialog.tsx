import type { ChatHandle, StoredMessage } from '@parley/sdk'
import { useChats } from '@parley/sdk/react'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Dialog, DialogFoot } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/field.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { useAction } from '../../ui/use-action.ts'
import { ChatPicture } from './chat-picture.tsx'
import { titleOf } from './words.ts'

/** So many sessions take a message at once, as the contracts have it. */
const CHATS_MAX = 20

interface ForwardDialogProps {
  message: StoredMessage
  handle: ChatHandle
  onClose: () => void
  onDone: (n: number) => void
}

export function ForwardDialog({ message, handle, onClose, onDone }: ForwardDialogProps) {
  const texts = useTexts()
  const { chats } = useChats()
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const forward = useAction(async () => {
    await handle.forward(message.id, chosen)
    onDone(chosen.length)
  })
  const toggle = (id: string, on: boolean) =>
    setChosen(on ? [...chosen, id] : chosen.filter(other => other !== id))
  const wanted = search.trim().toLocaleLowerCase()
  const shown = chats.filter(
    chat => chosen.includes(chat.id) || titleOf(chat).toLocaleLowerCase().includes(wanted),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (chosen.length > 0) void forward.run()
  }
  return (
    <Dialog open onClose={onClose} title={texts('message.forward')}>
      <form className="form" onSubmit={submit}>
        <SearchField value={search} label={texts('chat.filter')} onChange={setSearch} />
        <fieldset className="choices">
          <legend className="unseen">{texts('message.forward_to')}</legend>
          {shown.map(chat => (
            <Choice
              key={chat.id}
              type="checkbox"
              name="chat"
              value={chat.id}
              checked={chosen.includes(chat.id)}
              disabled={chosen.length >= CHATS_MAX && !chosen.includes(chat.id)}
              onChange={on => toggle(chat.id, on)}
              picture={<ChatPicture title={titleOf(chat)} other={chat.other} size={32} />}
              title={titleOf(chat)}
            />
          ))}
        </fieldset>
        {shown.length === 0 && <p className="people-none">{texts('session.not_found')}</p>}
        <FormProblem>{errorText(texts, forward.error)}</FormProblem>
        <DialogFoot>
          <Button onClick={onClose}>{texts('cancel')}</Button>
          <Button type="submit" look="primary" pending={forward.pending} disabled={chosen.length === 0}>
            {texts('message.forward')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
