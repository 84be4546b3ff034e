import { Button } from '../../components/button.tsx';
import { CopyBox, SecretBox } from '../../components/copy-button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { shortTime } from '../../format/time.ts';
import type { InvitePersonData } from '../../generated/settings-people.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useWords } from '../../i18n/words.ts';
import { isLoopback } from '../connect/address.ts';
import { peopleWords } from './people-words.ts';
import { settingsWords } from './words.ts';

interface InvitationDialogProps {
  readonly name: string;
  readonly invitation: InvitePersonData['inviteUser'];
  readonly onClose: () => void;
}

/** The link by which a person sets its password, shown this once. */
export function InvitationDialog({ name, invitation, onClose }: InvitationDialogProps) {
  const words = useWords(peopleWords).invitation;
  const all = useWords(settingsWords);
  const locale = useLocale();
  return (
    <Dialog
      title={words.title(name)}
      onClose={onClose}
      isWide
      actions={
        <Button look="primary" onPress={onClose}>
          {all.done}
        </Button>
      }
    >
      <p>{words.text}</p>
      <SecretBox secret={invitation.link} label={words.label} />
      {isLoopback(invitation.link) && (
        <div className="stack">
          <p>
            <strong>{words.localTitle}</strong>
          </p>
          <p>{words.local}</p>
          <CopyBox text="HOST=0.0.0.0 npm start" label="HOST" />
        </div>
      )}
      <p className="quiet">{words.until(shortTime(new Date(invitation.expiresAt), locale))}</p>
    </Dialog>
  );
}
