import { useEffect } from 'react';
import {
  Button as Pressable,
  type ButtonProps as PressableProps,
  Tooltip,
  TooltipTrigger,
} from 'react-aria-components';
import { useWords } from '../i18n/words.ts';
import { announce } from './announcer.tsx';
import { Icon, type IconName } from './icon.tsx';
import { componentWords } from './words.ts';
import './button.css';

export interface ButtonProps extends Omit<PressableProps, 'children' | 'className' | 'style' | 'isPending'> {
  /** What it started is under way: it cannot be pressed again until that has ended. */
  readonly isPending?: boolean;
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: IconName;
  readonly children: string;
  /** Shows the icon alone; the text is its name and its tooltip. */
  readonly isIconOnly?: boolean;
  /** The key that does the same, shown beside it. */
  readonly keyHint?: string;
  /** Marks one of a row of choices as the chosen one. */
  readonly isOn?: boolean;
}

/** Something to press. */
export function Button({
  look = 'plain',
  icon,
  children,
  isIconOnly = false,
  keyHint,
  isOn,
  isPending = false,
  onPress,
  ...rest
}: ButtonProps) {
  const words = useWords(componentWords);
  const pending = isPending ? words.working(children) : '';
  useEffect(() => {
    if (pending === '') return undefined;
    announce(pending);
    return () => announce('');
  }, [pending]);
  const pressable = (
    <Pressable
      {...rest}
      // It keeps the focus, which a disabled button would lose, and sends no form a second time.
      {...(isPending
        ? { 'aria-disabled': true, onClickCapture: (event) => event.preventDefault() }
        : onPress && { onPress })}
      className={`button ${look}${isIconOnly ? ' icon-only' : ''}`}
      {...(isOn && { 'data-on': true })}
      {...(isIconOnly && { 'aria-label': children })}
    >
      {icon && <Icon name={icon} />}
      {!isIconOnly && <span>{children}</span>}
      {!isIconOnly && keyHint && (
        <span className="key-hint" aria-hidden="true">
          {keyHint}
        </span>
      )}
    </Pressable>
  );
  if (!isIconOnly) return pressable;
  return (
    <TooltipTrigger delay={400}>
      {pressable}
      <Tooltip className="tooltip" offset={6}>
        {children} {keyHint && <kbd>{keyHint}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
}
