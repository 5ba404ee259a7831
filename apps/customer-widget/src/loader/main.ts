import type { ParleyEmbed, WidgetCommand } from '@parley/sdk/embed'
import { attempt } from './attempt.ts'
import { wrong } from './check.ts'
import { findPlace } from './place.ts'
import { createWidget } from './widget.ts'

const waiting = window.parley?.q ?? []

// Otherwise another script of ours has taken over already.
if (Array.isArray(waiting)) {
  const commands = createWidget(findPlace(), () => {
    delete window.parley
  })
  const carryOut = ([name, ...rest]: Iterable<unknown>) => {
    const command = commands[name as WidgetCommand[0]] ?? wrong(`command ${String(name)}`)
    command(...(rest as never[]))
  }
  const embed: ParleyEmbed = (...command) => carryOut(command)
  // A page that has kept its snippet's function still reaches us through it.
  embed.q = { push: carryOut }
  window.parley = embed
  for (const command of waiting) attempt(() => carryOut(command), reportError)
}
