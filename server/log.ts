import { type Logger, pino } from 'pino';

export type { Logger };

/** Paths under which a secret could be logged. */
const secretPaths = [
  'authorization',
  'headers.authorization',
  'headers.cookie',
  'headers["x-api-key"]',
  'headers["x-device-key"]',
  'headers["x-provisioning-key"]',
  'headers["x-sekoiaio-intake-key"]',
  'secret',
  'password',
  'token',
  'databaseUrl',
  '*.secret',
  '*.password',
  '*.token',
];

const ownSecret = /(tocsin_(?:ingest|intake|device|provisioning|api|session|setup)_)[0-9A-Za-z]+/g;
const urlPassword = /(\/\/[^\s:/@"]*):[^\s@/"]+@/g;
/** What may move a terminal's cursor, end a line for some reader or turn a text's direction, and JSON leaves as it is. */
const unruly = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/** One JSON object a line on stdout; secrets are struck out wherever they stand. */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secretPaths, censor: '[secret]' },
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: describeError },
    hooks: { streamWrite: tidy },
  });
}

function tidy(line: string): string {
  return line
    .replace(ownSecret, '$1[secret]')
    .replace(urlPassword, '$1:[secret]@')
    .replace(unruly, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function describeError(error: Error) {
  return { type: error.name, message: error.message, stack: error.stack, code: (error as { code?: unknown }).code };
}
