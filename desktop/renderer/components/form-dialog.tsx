import { type FormEvent, type ReactNode, useId } from 'react';
import { useWords } from '../i18n/words.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { componentWords } from './words.ts';

interface FormDialogProps {
  readonly title: string;
  /** What sending the form does, as a verb. */
  readonly action: string;
  readonly isPending: boolean;
  readonly isDisabled?: boolean;
  /** Why it was refused, where that is about no single field. */
  readonly refusal?: string | undefined;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

/** A form in a window of its own; Enter in a field sends it. */
export function FormDialog(props: FormDialogProps) {
  const { title, action, isPending, isDisabled = false, refusal, onSubmit, onClose, isWide = false, children } = props;
  const words = useWords(componentWords);
  const id = useId();
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!isDisabled) onSubmit();
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      isWide={isWide}
      actions={
        <>
          <Button look="primary" type="submit" form={id} isPending={isPending} isDisabled={isDisabled}>
            {action}
          </Button>
          <Button onPress={onClose}>{words.cancel}</Button>
        </>
      }
    >
      <form id={id} className="stack" onSubmit={send}>
        {children}
        {refusal && (
          <p className="field-error" role="alert">
            {refusal}
          </p>
        )}
      </form>
    </Dialog>
  );
}
