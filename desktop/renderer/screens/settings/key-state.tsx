import { Fact } from '../../components/item-list.tsx';
import { Moment } from '../../components/moment.tsx';
import { Pill } from '../../components/pill.tsx';
import type { KeyRow } from '../../generated/settings-sources.ts';
import { useWords } from '../../i18n/words.ts';
import { settingsWords } from './words.ts';

/** Whether a secret still opens something. */
export function isOpen({ revokedAt, expiresAt }: Pick<KeyRow, 'revokedAt' | 'expiresAt'>): boolean {
  return revokedAt === null && (expiresAt === null || new Date(expiresAt) > new Date());
}

/** That a secret opens nothing any more, and why. */
export function KeyMark({ credential }: { readonly credential: KeyRow }) {
  const words = useWords(settingsWords);
  if (isOpen(credential)) return null;
  return <Pill tone="bad">{credential.revokedAt ? words.revoked : words.expired}</Pill>;
}

/** When a secret was made, used, and when it ends. */
export function KeyFacts({ credential }: { readonly credential: KeyRow }) {
  const words = useWords(settingsWords);
  const { createdAt, lastUsedAt, expiresAt, revokedAt } = credential;
  return (
    <>
      <Fact label={words.created}>
        <Moment at={createdAt} />
      </Fact>
      <Fact label={words.lastUsed}>{lastUsedAt ? <Moment at={lastUsedAt} /> : words.never}</Fact>
      {revokedAt && (
        <Fact label={words.revoked}>
          <Moment at={revokedAt} />
        </Fact>
      )}
      {!revokedAt &&
        (expiresAt ? (
          <Fact label={words.expires}>
            <Moment at={expiresAt} isAbsolute />
          </Fact>
        ) : (
          <span>{words.neverExpires}</span>
        ))}
    </>
  );
}
