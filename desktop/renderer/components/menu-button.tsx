import { Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { Button, type ButtonProps } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

export interface MenuAction {
  readonly id: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly keyHint?: string;
  readonly isDangerous?: boolean;
  readonly isDisabled?: boolean;
  readonly run: () => void;
}

interface MenuButtonProps extends Omit<ButtonProps, 'onPress'> {
  /** A line is drawn where a list ends and the next begins. */
  readonly groups: readonly (readonly MenuAction[])[];
}

/** A button that opens a menu of things to do. */
export function MenuButton({ groups, ...button }: MenuButtonProps) {
  const actions = groups.flat();
  return (
    <MenuTrigger>
      <Button {...button} />
      <Popover className="popover" offset={4}>
        <Menu
          className="menu"
          disabledKeys={actions.filter(({ isDisabled }) => isDisabled).map(({ id }) => id)}
          onAction={(key) => actions.find(({ id }) => id === key)?.run()}
        >
          {groups.flatMap((group, at) => [
            ...(at > 0 && group.length > 0 ? [<Separator key={`before ${group[0]?.id}`} className="menu-line" />] : []),
            ...group.map(({ id, label, icon, keyHint, isDangerous }) => (
              <MenuItem key={id} id={id} textValue={label} className={`option${isDangerous ? ' danger' : ''}`}>
                <span className="option-text">
                  {icon && <Icon name={icon} />}
                  {label}
                </span>
                {keyHint && (
                  <span className="key-hint" aria-hidden="true">
                    {keyHint}
                  </span>
                )}
              </MenuItem>
            )),
          ])}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
