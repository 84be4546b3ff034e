import { useWords } from '../i18n/words.ts';
import { leastCharacters, strengthOf } from './password-strength.ts';
import { sessionWords } from './words.ts';

/** How hard a password is to guess, in a word and four bars. */
export function PasswordStrength({ password }: { readonly password: string }) {
  const words = useWords(sessionWords);
  const strength = strengthOf(password);
  const left = leastCharacters - [...password].length;
  return (
    <div className="strength" data-strength={strength} role="status">
      <span className="strength-bars" aria-hidden="true">
        <span />
        <span />
        <span />
        <span />
      </span>
      <span className="quiet">
        {password === '' ? '' : left > 0 ? words.strength.short(left) : words.strength.names[strength]}
      </span>
    </div>
  );
}
