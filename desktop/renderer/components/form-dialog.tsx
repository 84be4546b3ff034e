import { type FormEvent, type ReactNode, useEffect, useId, useRef } from 'react';
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

/** Brings what is wrong into sight, and to the keyboard where it is a field; false: nothing is. */
function showProblem(form: HTMLFormElement | null): boolean {
  const problem = form?.querySelector<HTMLElement>('[data-invalid] :is(input, textarea, button), .field-error');
  if (!problem) return false;
  problem.scrollIntoView({ block: 'center' });
  problem.focus({ preventScroll: true });
  return true;
}

/** A form in a window of its own; Enter in a field sends it. When it is refused, the first field that is wrong gets the focus. */
export function FormDialog(props: FormDialogProps) {
  const { title, action, isPending, isDisabled = false, refusal, onSubmit, onClose, isWide = false, children } = props;
  const words = useWords(componentWords);
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const isSent = useRef(false);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (isDisabled) return;
    isSent.current = true;
    onSubmit();
  };
  useEffect(() => {
    if (isSent.current && !isPending && showProblem(form.current)) isSent.current = false;
  });
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
      <form id={id} ref={form} className="stack" onSubmit={send}>
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
