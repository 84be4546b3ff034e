import { type ReactNode, useMemo } from 'react';
import { type Access, AccessProvider } from './access.ts';

interface SignedInProps {
  readonly onSignOut: () => void;
  readonly children: ReactNode;
}

/** Tells all below who is signed in. */
export function SignedIn({ onSignOut, children }: SignedInProps) {
  const access = useMemo<Access>(
    () => ({ name: undefined, userId: undefined, tenant: undefined, can: () => true, signOut: onSignOut }),
    [onSignOut],
  );
  return <AccessProvider value={access}>{children}</AccessProvider>;
}
