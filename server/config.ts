import { type AccessConfig, accessSettings } from './access-config.ts';
import { type BackupConfig, backupSettings } from './backup-config.ts';
import { type DeliveryConfig, deliverySettings } from './delivery-config.ts';
import { StartRefused } from './errors.ts';
import { type RateLimitConfig, rateLimitSettings } from './rate-limit-config.ts';
import { type RetentionConfig, retentionSettings } from './retention-config.ts';

/** Everything that can be set, read once at start. Sizes are bytes, times milliseconds. */
export interface Config extends AccessConfig, BackupConfig, DeliveryConfig, RateLimitConfig, RetentionConfig {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Undefined: SQLite in the data folder. */
  readonly databaseUrl: string | undefined;
  readonly sqliteReaders: number;
  /** Key of the secrets' hashes; undefined: kept in a file of the data folder. */
  readonly secretKey: string | undefined;
  readonly timeZone: string;
  readonly logLevel: string;
  readonly publicUrl: string | undefined;
  /** Browser origins, besides the server's own, that may open a WebSocket. */
  readonly allowedOrigins: readonly string[];
  readonly introspection: boolean;
  readonly maxBodyBytes: number;
  readonly maxBytesAtOnce: number;
  /** Of a batch that is stored whole or not at all. */
  readonly maxBatchEvents: number;
  readonly maxBatchBytes: number;
  readonly maxHubConnections: number;
  /** WebSockets that one credential may have open at `/graphql`. */
  readonly maxSocketsPerKey: number;
  readonly maxQueueEvents: number;
  readonly maxQueueBytes: number;
  readonly shutdownMs: number;
  /** How many of its usual gaps a source may miss before an alert tells of its silence; 0: no rhythm is watched. */
  readonly silenceFactor: number;
  /** Address of the syslog listener; undefined: the same as `host`. */
  readonly syslogHost: string | undefined;
  /** Undefined: not listened to. */
  readonly syslogUdpPort: number | undefined;
  readonly syslogTcpPort: number | undefined;
  readonly syslogTlsPort: number | undefined;
  /** PEM files. */
  readonly syslogTlsCert: string | undefined;
  readonly syslogTlsKey: string | undefined;
  /** An API token of the default tenant that lives as long as this process: the desktop app gives one a launch. */
  readonly launchToken: string | undefined;
}

interface Setting<Value> {
  readonly name: string;
  readonly default: string;
  readonly meaning: string;
  /** Throws with what the value must be. */
  readonly parse: (text: string) => Value;
}

const settings = {
  port: setting('PORT', '4000', 'TCP port; 0 takes a free one', wholeNumber(0, 65_535)),
  host: setting('HOST', '127.0.0.1', 'Address to listen on', text),
  dataDir: setting('TOCSIN_DATA_DIR', './data', 'Folder of the SQLite database and the secret key', text),
  databaseUrl: setting(
    'DATABASE_URL',
    '',
    '`postgres://…`; empty: SQLite file `tocsin.db` in the data folder',
    postgresUrl,
  ),
  sqliteReaders: setting('TOCSIN_SQLITE_READERS', '1', 'Threads that serve SQLite queries', wholeNumber(1, 16)),
  secretKey: setting(
    'TOCSIN_SECRET_KEY',
    '',
    'Key of the hashes of all secrets, at least 32 characters; empty: `secret.key` in the data folder. Nodes that share a database share it',
    secretKey,
  ),
  timeZone: setting(
    'TOCSIN_TIMEZONE',
    '',
    'IANA time zone of dialects that speak local time; empty: the system’s',
    timeZone,
  ),
  logLevel: setting(
    'TOCSIN_LOG_LEVEL',
    'info',
    '`fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`',
    logLevel,
  ),
  publicUrl: setting('TOCSIN_PUBLIC_URL', '', 'URL that people reach this server by', optionalUrl),
  allowedOrigins: setting(
    'TOCSIN_ALLOWED_ORIGINS',
    '',
    'Browser origins, comma-separated, that may open a WebSocket besides the server’s own',
    list,
  ),
  introspection: setting('TOCSIN_INTROSPECTION', 'true', 'Whether GraphQL answers introspection', trueOrFalse),
  maxBodyBytes: setting(
    'TOCSIN_MAX_BODY_BYTES',
    '10485760',
    'Largest request body, after inflation',
    wholeNumber(1024, 2 ** 30),
  ),
  maxBytesAtOnce: setting(
    'TOCSIN_MAX_BYTES_AT_ONCE',
    '134217728',
    'Bytes of all bodies being read or worked on together; beyond: 503',
    wholeNumber(1024, 2 ** 36),
  ),
  maxBatchEvents: setting(
    'TOCSIN_MAX_BATCH_EVENTS',
    '1000',
    'Events in one batch of an edge appliance; beyond: 413',
    wholeNumber(1, 10_000),
  ),
  maxBatchBytes: setting(
    'TOCSIN_MAX_BATCH_BYTES',
    '5242880',
    'Largest batch of an edge appliance, after inflation; beyond: 413',
    wholeNumber(1024, 2 ** 30),
  ),
  maxHubConnections: setting(
    'TOCSIN_MAX_HUB_CONNECTIONS',
    '1000',
    'WebSocket connections of the edge hub at once; beyond: 503',
    wholeNumber(1, 100_000),
  ),
  maxSocketsPerKey: setting(
    'TOCSIN_MAX_SOCKETS_PER_KEY',
    '2000',
    'GraphQL WebSockets that one credential may have open; a further one is closed with 4429',
    wholeNumber(1, 100_000),
  ),
  maxQueueEvents: setting(
    'TOCSIN_MAX_QUEUE_EVENTS',
    '20000',
    'Events that may wait to be stored; beyond: 503',
    wholeNumber(1, 10_000_000),
  ),
  maxQueueBytes: setting(
    'TOCSIN_MAX_QUEUE_BYTES',
    '67108864',
    'Bytes of raw events that may wait to be stored; beyond: 503',
    wholeNumber(1024, 2 ** 36),
  ),
  shutdownMs: setting(
    'TOCSIN_SHUTDOWN_MS',
    '8000',
    'How long a stop may take, in milliseconds, before what is left is cut off',
    wholeNumber(100, 60_000),
  ),
  silenceFactor: setting(
    'TOCSIN_SILENCE_FACTOR',
    '10',
    'A source silent for so many of its usual gaps raises an alert, 2 or more; 0: only limits set on intakes count',
    silenceFactor,
  ),
  syslogHost: setting(
    'TOCSIN_SYSLOG_HOST',
    '',
    'Address that the syslog listener listens on; empty: the same as `HOST`',
    optionalText,
  ),
  syslogUdpPort: setting(
    'TOCSIN_SYSLOG_UDP_PORT',
    '',
    'UDP port that syslog messages are taken on; 0 takes a free one; empty: none',
    optionalPort,
  ),
  syslogTcpPort: setting('TOCSIN_SYSLOG_TCP_PORT', '', 'The same for syslog over TCP', optionalPort),
  syslogTlsPort: setting('TOCSIN_SYSLOG_TLS_PORT', '', 'The same for syslog over TLS', optionalPort),
  syslogTlsCert: setting(
    'TOCSIN_SYSLOG_TLS_CERT',
    '',
    'PEM file of the certificate, and those that vouch for it, of syslog over TLS',
    optionalText,
  ),
  syslogTlsKey: setting('TOCSIN_SYSLOG_TLS_KEY', '', 'PEM file of the private key of that certificate', optionalText),
  launchToken: setting(
    'TOCSIN_LAUNCH_TOKEN',
    '',
    'An API token of the tenant `Default` for this run only, at least 32 characters; the desktop app sets it. With one, only programs and pages of this machine are answered',
    secretKey,
  ),
  ...accessSettings,
  ...backupSettings,
  ...deliverySettings,
  ...rateLimitSettings,
  ...retentionSettings,
} as const satisfies Record<keyof Config, Setting<unknown>>;

/** What docs/configuration.md lists; a test keeps the two equal. */
export const configVariables: readonly { name: string; default: string; meaning: string }[] = Object.values(
  settings,
).map(({ name, default: standard, meaning }) => ({ name, default: standard, meaning }));

/** Reads all settings from the environment; throws one StartRefused that names every fault. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const faults: string[] = [];
  const values = Object.entries(settings).map(([key, { name, default: standard, parse }]) => {
    const given = env[name] ?? '';
    try {
      return [key, parse(given === '' ? standard : given)];
    } catch (cause) {
      faults.push(`${name}: ${(cause as Error).message}`);
      return [key, undefined];
    }
  });
  if (faults.length > 0) throw new StartRefused(`The configuration does not fit:\n  ${faults.join('\n  ')}`);
  return Object.fromEntries(values) as Config;
}

function setting<Value>(
  name: string,
  standard: string,
  meaning: string,
  parse: (text: string) => Value,
): Setting<Value> {
  return { name, default: standard, meaning, parse };
}

function text(value: string): string {
  return value;
}

function silenceFactor(value: string): number {
  return value === '0' ? 0 : wholeNumber(2, 1000)(value);
}

function optionalText(value: string): string | undefined {
  return value === '' ? undefined : value;
}

function optionalPort(value: string): number | undefined {
  return value === '' ? undefined : wholeNumber(0, 65_535)(value);
}

function wholeNumber(least: number, most: number) {
  return (value: string): number => {
    const number = /^\d{1,12}$/.test(value) ? Number(value) : Number.NaN;
    if (!Number.isInteger(number) || number < least || number > most) {
      throw new Error(`must be a whole number from ${least} to ${most}, not "${value}"`);
    }
    return number;
  };
}

function trueOrFalse(value: string): boolean {
  if (value !== 'true' && value !== 'false') throw new Error(`must be true or false, not "${value}"`);
  return value === 'true';
}

function postgresUrl(value: string): string | undefined {
  if (value === '') return undefined;
  // The value may hold a password, so it is never repeated.
  if (!/^postgres(ql)?:\/\//.test(value) || !URL.canParse(value)) throw new Error('must be a postgres:// URL');
  return value;
}

function optionalUrl(value: string): string | undefined {
  if (value === '') return undefined;
  if (!/^https?:\/\//.test(value) || !URL.canParse(value))
    throw new Error(`must be an http:// or https:// URL, not "${value}"`);
  return value;
}

function secretKey(value: string): string | undefined {
  if (value === '') return undefined;
  if (value.length < 32) throw new Error('must have at least 32 characters');
  return value;
}

function timeZone(value: string): string {
  const zone = value === '' ? Intl.DateTimeFormat().resolvedOptions().timeZone : value;
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw new Error(`must be an IANA time zone such as Europe/Berlin, not "${value}"`);
  }
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

function logLevel(value: string): string {
  if (!logLevels.includes(value)) throw new Error(`must be one of ${logLevels.join(', ')}, not "${value}"`);
  return value;
}

function list(value: string): readonly string[] {
  return value.split(',').flatMap((part) => part.trim() || []);
}
