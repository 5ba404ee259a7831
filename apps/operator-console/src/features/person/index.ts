export { PeoplePicker } from './people-picker.tsx'
export { type Persons, usePersons } from './use-persons.ts'
export { personName } from './words.ts'
