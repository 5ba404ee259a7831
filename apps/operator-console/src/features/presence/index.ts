export { PersonPicture } from './person-picture.tsx'
export { PresenceLine } from './presence-line.tsx'
