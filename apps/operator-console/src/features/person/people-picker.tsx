import type { User } from '@parley/contracts'
import { useMemo, useState } from 'react'
import { useResting } from '../../client/use-resting.ts'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Notice, Skeleton } from '../../ui/notice.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { usePeople } from './use-people.ts'
import { personName } from './words.ts'
import './people-picker.css'

interface PeoplePickerProps {
  chosen: readonly User[]
  onChange: (chosen: readonly User[]) => void
  /** Who is not to be chosen, by id. */
  except: readonly string[]
}

/** Those who are chosen stay in sight whatever is searched for, and nobody moves under the pointer by being chosen. */
export function PeoplePicker({ chosen, onChange, except }: PeoplePickerProps) {
  const texts = useTexts()
  const [search, setSearch] = useState('')
  const { people, error, again } = usePeople(useResting(search))
  const isChosen = (person: User) => chosen.some(({ id }) => id === person.id)
  const toggle = (person: User) =>
    onChange(isChosen(person) ? chosen.filter(({ id }) => id !== person.id) : [...chosen, person])
  // biome-ignore lint/correctness/useExhaustiveDependencies: as it was when these people were found
  const first = useMemo(() => chosen, [people])
  const others =
    people?.filter(({ id }) => !except.includes(id) && !first.some(person => person.id === id)) ?? []
  return (
    <div className="people-picker">
      <SearchField value={search} label={texts('person.search')} onChange={setSearch} />
      <fieldset className="choices">
        <legend className="unseen">{texts('person.choose')}</legend>
        {[...first, ...others].map(person => (
          <PersonChoice
            key={person.id}
            person={person}
            checked={isChosen(person)}
            onToggle={() => toggle(person)}
          />
        ))}
      </fieldset>
      {people === null && error === null && <Skeleton rows={3} label={texts('loading')} />}
      {error !== null && (
        <Notice icon="alert" title={texts('load_failed')} text={errorText(texts, error) ?? undefined}>
          <Button onClick={again}>{texts('try_again')}</Button>
        </Notice>
      )}
      {people !== null && error === null && others.length === 0 && (first.length === 0 || search !== '') && (
        <p className="people-none">{texts('person.none')}</p>
      )}
    </div>
  )
}

interface PersonChoiceProps {
  person: User
  checked: boolean
  onToggle: () => void
}

function PersonChoice({ person, checked, onToggle }: PersonChoiceProps) {
  const texts = useTexts()
  const name = personName(person)
  return (
    <Choice
      type="checkbox"
      name="person"
      value={person.id}
      checked={checked}
      onChange={onToggle}
      picture={<Avatar name={name} picture={person.avatar} size={32} status={person.status} />}
      title={name}
    >
      {`${texts(`account.role.${person.role}`)} · ${texts(`presence.${person.status}`)}`}
    </Choice>
  )
}
