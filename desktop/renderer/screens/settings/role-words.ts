import { catalogue, useWords } from '../../i18n/words.ts';

/** The roles that every tenant has; those of its own are called what it calls them. */
const roleWords = catalogue(
  { ADMINISTRATOR: 'Administrator', OPERATOR: 'Operator', VIEWER: 'Viewer' },
  { ADMINISTRATOR: 'Administrator', OPERATOR: 'Bediener', VIEWER: 'Betrachter' },
);

interface NamedRole {
  readonly id: string;
  readonly name: string;
}

/** What a role is called in the person's language. */
export function useRoleName(): (role: NamedRole) => string {
  const words = useWords(roleWords);
  return ({ id, name }) => words[id as keyof typeof words] ?? name;
}
