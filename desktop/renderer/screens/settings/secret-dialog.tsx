import { Button } from '../../components/button.tsx';
import { SecretBox } from '../../components/copy-button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useWords } from '../../i18n/words.ts';
import { settingsWords } from './words.ts';

interface SecretDialogProps {
  readonly title: string;
  /** What to do with it. */
  readonly text: string;
  readonly label: string;
  readonly secret: string;
  readonly onClose: () => void;
}

/** A secret that was just made, in the one moment in which it can be seen. */
export function SecretDialog({ title, text, label, secret, onClose }: SecretDialogProps) {
  const words = useWords(settingsWords);
  return (
    <Dialog
      title={title}
      onClose={onClose}
      isWide
      actions={
        <Button look="primary" onPress={onClose}>
          {words.done}
        </Button>
      }
    >
      <p>{text}</p>
      <SecretBox secret={secret} label={label} />
    </Dialog>
  );
}
