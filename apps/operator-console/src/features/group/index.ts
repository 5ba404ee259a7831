export { GroupDialog } from './group-dialog.tsx'
