import { join } from 'node:path';
import { startDesktop } from './desktop.ts';
import { openElectronPort } from './electron/electron-port.ts';

startDesktop(openElectronPort(), { built: join(import.meta.dirname, '..') });
