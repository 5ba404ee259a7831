import { DropdownMenu as Radix } from 'radix-ui'
import { type ReactNode, use } from 'react'
import { Icon } from './icon.tsx'
import { LayerContext } from './layer.ts'
import './menu.css'

interface MenuProps {
  trigger: ReactNode
  open?: boolean
  onOpenChange?: (open: boolean) => void
  side?: 'top' | 'right' | 'bottom'
  align?: 'start' | 'end'
  children: ReactNode
}

/** Not modal: a modal one would lock the page's scrolling through a <style> element, which the CSP forbids. */
export function Menu({ trigger, side = 'bottom', align = 'end', children, ...state }: MenuProps) {
  return (
    <Radix.Root modal={false} {...state}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={use(LayerContext)}>
        <Radix.Content className="menu" side={side} align={align} sideOffset={6} collisionPadding={8}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export const MenuHead = ({ children }: { children: ReactNode }) => (
  <Radix.Label className="menu-head">{children}</Radix.Label>
)

export const MenuLine = () => <Radix.Separator className="menu-line" />

export const MenuItem = ({ onSelect, children }: { onSelect: () => void; children: ReactNode }) => (
  <Radix.Item className="menu-item" onSelect={onSelect}>
    {children}
  </Radix.Item>
)

interface ChoiceProps<T extends string> {
  value: T | undefined
  options: readonly { value: T; content: ReactNode }[]
  onChoose: (value: T) => void
}

export function MenuChoice<T extends string>({ value, options, onChoose }: ChoiceProps<T>) {
  return (
    <Radix.RadioGroup value={value ?? ''}>
      {options.map(option => (
        <Radix.RadioItem
          key={option.value}
          className="menu-item"
          value={option.value}
          onSelect={() => onChoose(option.value)}
        >
          {option.content}
          <Radix.ItemIndicator className="menu-chosen">
            <Icon name="check" size={16} />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  )
}
