import { bootstrap, build, main, root } from './bootstrap.mjs'
import { become } from './process.mjs'

/** A larger nursery for what lives one message long: measured, a quarter less CPU a message. Can't be set from inside. */
const YOUNG = '--max-semi-space-size=64'

/**
 * Installs and builds what is not there yet, then goes on as the built program, with this command's arguments.
 * @param {string} program
 */
export function runBuilt(program) {
  return main(async () => {
    await bootstrap()
    await build()
    await become({ command: process.execPath, args: [YOUNG, program, ...process.argv.slice(2)], cwd: root })
  })
}
