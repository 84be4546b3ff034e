import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuLine } from '../port.ts';

/** A menu of Electron's. */
export function buildMenu(lines: readonly MenuLine[]): Menu {
  return Menu.buildFromTemplate(lines.map(toItem));
}

function toItem(line: MenuLine): MenuItemConstructorOptions {
  const { label, role, accelerator, isEnabled, isChecked, onClick, lines } = line;
  if (label === undefined && role === undefined) return { type: 'separator' };
  return {
    // In a label an ampersand would mark the next letter as the key to press.
    ...(label !== undefined && { label: label.replaceAll('&', '&&') }),
    ...(role && { role }),
    ...(accelerator !== undefined && { accelerator }),
    ...(isEnabled !== undefined && { enabled: isEnabled }),
    ...(isChecked !== undefined && { type: 'checkbox' as const, checked: isChecked }),
    ...(onClick && { click: () => onClick() }),
    ...(lines && { submenu: lines.map(toItem) }),
  };
}
