export { EmbedPage } from './embed-page.tsx'
export { KeysPage } from './keys-page.tsx'
export { SitePage } from './site-page.tsx'
export { useWidgetSettings, WidgetSettingsProvider } from './widget-settings.tsx'
