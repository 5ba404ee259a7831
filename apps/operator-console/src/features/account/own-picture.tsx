import { percentOf } from '@parley/design/files'
import { useMe, useParley } from '@parley/sdk/react'
import { useRef, useState } from 'react'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { FormProblem } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useAction } from '../../ui/use-action.ts'

/** One's picture, and how another one takes its place. */
export function OwnPicture({ size }: { size: number }) {
  const client = useParley()
  const texts = useTexts()
  const toast = useToast()
  const me = useMe()
  const input = useRef<HTMLInputElement>(null)
  const [percent, setPercent] = useState<number | null>(null)
  const upload = useAction(async (picture: File) => {
    const onProgress = (loaded: number, total: number) => setPercent(percentOf({ loaded, total }))
    try {
      await client.profile.setAvatar(picture, { onProgress })
      toast(texts('account.picture_saved'))
    } finally {
      setPercent(null)
    }
  })
  return (
    <div className="own-picture">
      <Avatar name={me?.name ?? ''} picture={me?.avatar ?? null} size={size} />
      <div>
        <Button size="s" pending={upload.pending} onClick={() => input.current?.click()}>
          {texts('account.picture_choose')}
          {percent !== null && <span className="numbers">{texts('file.percent', { n: percent })}</span>}
        </Button>
        <p className="field-hint">{texts('account.picture_hint')}</p>
        <FormProblem>{errorText(texts, upload.error)}</FormProblem>
      </div>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={texts('account.picture_choose')}
        onChange={event => {
          const picture = event.currentTarget.files?.[0]
          if (picture) void upload.run(picture)
          event.currentTarget.value = ''
        }}
      />
    </div>
  )
}
