import { createContext, useContext } from 'react';

/** Who is signed in, and what they may do. */
export interface Access {
  /** How the person is called; undefined in the desktop's own window, which is nobody's in particular. */
  readonly name: string | undefined;
  readonly userId: string | undefined;
  readonly tenant: string | undefined;
  readonly can: (permission: string) => boolean;
  /** Ends the session; undefined where there is none to end. */
  readonly signOut: (() => void) | undefined;
}

const everything: Access = {
  name: undefined,
  userId: undefined,
  tenant: undefined,
  can: () => true,
  signOut: undefined,
};

const AccessContext = createContext<Access>(everything);
export const AccessProvider = AccessContext.Provider;

/** What the person may do: screens leave out what they may not. The server checks all the same. */
export function useAccess(): Access {
  return useContext(AccessContext);
}
