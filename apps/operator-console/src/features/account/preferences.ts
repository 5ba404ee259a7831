import type { Observable } from '@parley/sdk'
import { bestLocale, type Locale } from '../../i18n/translate.ts'
import { kept } from '../../ui/kept.ts'

export const LANGUAGES = ['system', 'en', 'zh'] as const
export const THEMES = ['system', 'light', 'dark'] as const

export interface Preferences {
  readonly language: (typeof LANGUAGES)[number]
  readonly theme: (typeof THEMES)[number]
  /** A sound for a new session and a new message. */
  readonly sound: boolean
  /** The browser's notifications; they need its permission too. */
  readonly notifications: boolean
}

export interface PreferenceStore extends Observable<Preferences> {
  change(some: Partial<Preferences>): void
}

/** Also read by public/theme.js before anything is painted. */
export const PREFERENCES_KEY = 'parley-console.preferences'

const DEFAULTS: Preferences = { language: 'system', theme: 'system', sound: true, notifications: false }

export function createPreferences(): PreferenceStore {
  const listeners = new Set<() => void>()
  let preferences = remembered()
  const set = (next: Preferences) => {
    preferences = next
    for (const listener of listeners) listener()
  }
  return {
    change(some) {
      set({ ...preferences, ...some })
      kept.write(PREFERENCES_KEY, JSON.stringify(preferences))
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getSnapshot: () => preferences,
  }
}

function remembered(): Preferences {
  try {
    return understood(JSON.parse(kept.read(PREFERENCES_KEY) ?? '{}'))
  } catch {
    return DEFAULTS
  }
}

function understood(found: Partial<Preferences>): Preferences {
  const { language, theme, sound, notifications } = found
  return {
    language: LANGUAGES.find(one => one === language) ?? DEFAULTS.language,
    theme: THEMES.find(one => one === theme) ?? DEFAULTS.theme,
    sound: typeof sound === 'boolean' ? sound : DEFAULTS.sound,
    notifications: typeof notifications === 'boolean' ? notifications : DEFAULTS.notifications,
  }
}

export const localeOf = (preferences: Preferences, languages: readonly string[]): Locale =>
  preferences.language === 'system' ? bestLocale(languages) : preferences.language
