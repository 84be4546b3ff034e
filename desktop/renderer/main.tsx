import './i18n/mend-language.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/base.css';
import { Console } from './console.tsx';
import { listenForKeys } from './keyboard/keyboard.ts';
import { applyPreferences } from './preferences.ts';

applyPreferences();
listenForKeys();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Console />
    </StrictMode>,
  );
}
