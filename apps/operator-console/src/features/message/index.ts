export { Composer, focusComposer } from './composer.tsx'
export { DraftsProvider, useDrafts } from './drafts-context.tsx'
export { Timeline } from './timeline.tsx'
export { useAttended } from './use-read-mark.ts'
