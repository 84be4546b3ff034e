import { Button } from '../components/button.tsx';
import { useFailureText } from '../components/toast.tsx';
import { useSignal } from '../data/signal.ts';
import { failureOf, useConnection } from '../data/use-data.ts';
import { useWords } from '../i18n/words.ts';
import { shellWords } from './words.ts';

/** Above every screen: that the connection is lost, or why the server does not tell of changes. */
export function LinkNotice() {
  const words = useWords(shellWords);
  const failureText = useFailureText();
  const connection = useConnection();
  const link = useSignal(connection.link);
  const refusal = failureOf(useSignal(connection.refusedFeed));
  if (link === 'lost') {
    return (
      <div className="link-notice" role="alert">
        <span>{words.lostNotice}</span>
        <Button look="quiet" icon="refresh" onPress={connection.knock}>
          {words.tryNow}
        </Button>
      </div>
    );
  }
  if (link !== 'live' || !refusal) return null;
  return (
    <div className="link-notice" role="status">
      <span>{words.notFollowed(failureText(refusal))}</span>
    </div>
  );
}
