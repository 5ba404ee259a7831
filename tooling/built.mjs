import { bootstrap, build, main, root } from './bootstrap.mjs'
import { become } from './process.mjs'

/**
 * Installs and builds what is not there yet, then goes on as the built program, with this command's arguments.
 * @param {string} program
 */
export function runBuilt(program) {
  return main(async () => {
    await bootstrap()
    await build()
    await become({ command: process.execPath, args: [program, ...process.argv.slice(2)], cwd: root })
  })
}
