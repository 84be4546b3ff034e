import { type ReactNode, useMemo } from 'react';
import { useData } from '../data/use-data.ts';
import { Me } from '../generated/session.ts';
import { type Access, AccessProvider } from './access.ts';

interface SignedInProps {
  /** Ends the session; left out where there is none to end. */
  readonly onSignOut?: () => void;
  readonly children: ReactNode;
}

const everyMs = 60_000;

/** Tells all below who is signed in and what they may do; draws nothing before that is known. */
export function SignedIn({ onSignOut, children }: SignedInProps) {
  // Roles change: what is no longer allowed leaves the screen within a minute.
  const { data, failure } = useData(Me, {}, { everyMs });
  const me = data?.me;
  const access = useMemo<Access | undefined>(() => {
    if (!me) return undefined;
    const permissions = new Set<string>(me.permissions);
    return {
      name: me.user?.name,
      userId: me.user?.id,
      tenant: me.tenant.name,
      can: (permission) => permissions.has(permission),
      signOut: onSignOut,
    };
  }, [me, onSignOut]);
  // Without the server the frame is drawn all the same: it says so, and fills itself when the server is back.
  if (!access && !failure) return null;
  return access ? <AccessProvider value={access}>{children}</AccessProvider> : children;
}
