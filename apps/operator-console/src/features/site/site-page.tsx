import type { SiteSettings } from '@parley/contracts'
import { useParley } from '@parley/sdk/react'
import { type FormEvent, useState } from 'react'
import { useCall } from '../../client/use-call.ts'
import { fieldProblem, formProblem } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { Field, FormProblem, Options, TextField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useAction } from '../../ui/use-action.ts'
import { AccentField } from './accent-field.tsx'
import { IdentitySecret } from './identity-secret.tsx'
import { changesOf, entryOf, isChanged, problemsOf, type SiteEntry } from './site-entry.ts'

const STRATEGIES = ['least-busy', 'round-robin'] as const satisfies readonly SiteSettings['strategy'][]
const CORNERS = ['right', 'left'] as const satisfies readonly SiteSettings['corner'][]

export function SitePage({ back }: { back: string }) {
  const texts = useTexts()
  const site = useCall('site.get')
  return (
    <Page title={texts('site.title')} back={back}>
      <Loaded state={site} rows={4}>
        {settings => <SiteForm settings={settings} onSaved={site.replace} />}
      </Loaded>
      <IdentitySecret />
    </Page>
  )
}

interface SiteFormProps {
  settings: SiteSettings
  onSaved: (settings: SiteSettings) => void
}

function SiteForm({ settings, onSaved }: SiteFormProps) {
  const client = useParley()
  const texts = useTexts()
  const toast = useToast()
  const [entry, setEntry] = useState<SiteEntry>(() => entryOf(settings))
  const [tried, setTried] = useState(false)
  const problems = problemsOf(texts, entry)
  const save = useAction(async () => {
    const saved = await client.call('site.update', changesOf(entry, settings))
    onSaved(saved)
    setEntry(entryOf(saved))
    setTried(false)
    toast(texts('site.saved'))
  })
  const change = (some: Partial<SiteEntry>) => setEntry({ ...entry, ...some })
  const problem = (name: keyof SiteEntry) => (tried && problems[name]) || fieldProblem(save.error, name)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.keys(problems).length === 0) void save.run()
  }

  return (
    <form className="form" noValidate onSubmit={submit}>
      <TextField
        label={texts('site.name')}
        hint={texts('site.name_hint')}
        maxLength={100}
        value={entry.name}
        problem={problem('name')}
        onChange={name => change({ name })}
      />
      <Options
        legend={texts('site.strategy')}
        name="strategy"
        value={entry.strategy}
        options={STRATEGIES.map(value => ({
          value,
          label: texts(`site.strategy.${value}`),
          hint: texts(`site.strategy_hint.${value}`),
        }))}
        onChange={strategy => change({ strategy })}
      />
      <AccentField value={entry.accent} problem={problem('accent')} onChange={accent => change({ accent })} />
      <Options
        legend={texts('site.corner')}
        name="corner"
        value={entry.corner}
        options={CORNERS.map(value => ({ value, label: texts(`site.corner.${value}`) }))}
        onChange={corner => change({ corner })}
      />
      <Field
        label={texts('site.origins')}
        hint={texts('site.origins_hint')}
        problem={problem('allowedOrigins')}
      >
        {control => (
          <textarea
            {...control}
            className="input"
            rows={4}
            spellCheck={false}
            placeholder="https://www.example.com"
            value={entry.allowedOrigins}
            onChange={event => change({ allowedOrigins: event.target.value })}
          />
        )}
      </Field>
      <FormProblem>{formProblem(texts, save.error, Object.keys(entry))}</FormProblem>
      <div>
        <Button type="submit" look="primary" pending={save.pending} disabled={!isChanged(entry, settings)}>
          {texts('save')}
        </Button>
      </div>
    </form>
  )
}
