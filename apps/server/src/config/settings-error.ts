/** A setting that is wrong. Its message is one line that names the setting and says what to do. */
export class SettingsError extends Error {
  readonly setting: string

  constructor(setting: string, problem: string, options?: ErrorOptions) {
    super(`${setting}: ${problem}`, options)
    this.name = 'SettingsError'
    this.setting = setting
  }
}
