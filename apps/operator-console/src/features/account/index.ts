export { createPreferences } from './preferences.ts'
export { PreferencesProvider, usePreferences } from './preferences-context.tsx'
export { PreferencesPage } from './preferences-page.tsx'
export { ProfilePage } from './profile-page.tsx'
