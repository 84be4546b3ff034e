import type { ReactNode } from 'react';
import { Heading, Modal, ModalOverlay, Dialog as Surface } from 'react-aria-components';
import { useWords } from '../i18n/words.ts';
import { Button } from './button.tsx';
import { componentWords } from './words.ts';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** The buttons at its end, the one that goes ahead first. */
  readonly actions?: ReactNode;
  readonly isWide?: boolean;
  /** For a question that must be answered before anything else. */
  readonly isAlert?: boolean;
  /** Holds nothing to press: it takes the focus itself, so that keys can scroll it. */
  readonly isText?: boolean;
}

/** A window over the page; Escape and the page around it close it. */
export function Dialog({
  title,
  onClose,
  children,
  actions,
  isWide = false,
  isAlert = false,
  isText = false,
}: DialogProps) {
  const words = useWords(componentWords);
  return (
    <ModalOverlay className="overlay" isOpen isDismissable={!isAlert} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Modal className={`modal${isWide ? ' wide' : ''}`}>
        <Surface className="dialog" role={isAlert ? 'alertdialog' : 'dialog'}>
          <header className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <Button look="quiet" icon="close" isIconOnly onPress={onClose}>
              {words.close}
            </Button>
          </header>
          <div className="dialog-body" {...(isText && { role: 'group', tabIndex: 0, 'aria-label': title })}>
            {children}
          </div>
          {actions && <footer className="dialog-actions">{actions}</footer>}
        </Surface>
      </Modal>
    </ModalOverlay>
  );
}

interface ConfirmDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What going ahead does, as a verb: "Delete 14 alerts". */
  readonly action: string;
  readonly isDangerous?: boolean;
  readonly isPending?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something that cannot simply be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, action, isDangerous = false, isPending = false, onConfirm, onClose } = props;
  const words = useWords(componentWords);
  return (
    <Dialog
      title={title}
      onClose={onClose}
      isAlert
      actions={
        <>
          <Button look={isDangerous ? 'danger' : 'primary'} onPress={onConfirm} isPending={isPending}>
            {action}
          </Button>
          <Button onPress={onClose} autoFocus>
            {words.cancel}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
