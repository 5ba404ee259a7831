// Before anything is painted, so that a chosen theme never flashes the other one. Kept by
// src/features/account/preferences.ts.
try {
  const { theme } = JSON.parse(localStorage.getItem('parley-console.preferences') || '{}')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  delete document.documentElement.dataset.theme
}
