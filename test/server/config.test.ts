import { describe, expect, it } from 'vitest';
import { configVariables, readConfig } from '../../server/config.ts';
import { StartRefused } from '../../server/errors.ts';

/** The words of the refusal that an environment meets with. */
function faultsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env);
  } catch (cause) {
    expect(cause).toBeInstanceOf(StartRefused);
    const [heading, ...faults] = (cause as Error).message.split('\n  ');
    expect(heading).toBe('The configuration does not fit:');
    return faults;
  }
  return [];
}

describe('readConfig', () => {
  it('of an empty environment has the documented defaults', () => {
    expect(readConfig({})).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      dataDir: './data',
      databaseUrl: undefined,
      sqliteReaders: 1,
      secretKey: undefined,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      logLevel: 'info',
      publicUrl: undefined,
      allowedOrigins: [],
      introspection: true,
      maxBodyBytes: 10_485_760,
      maxQueueEvents: 20_000,
      maxQueueBytes: 67_108_864,
      shutdownMs: 8000,
      launchToken: undefined,
      silenceFactor: 10,
      syslogHost: undefined,
      syslogUdpPort: undefined,
      syslogTcpPort: undefined,
      syslogTlsPort: undefined,
      syslogTlsCert: undefined,
      syslogTlsKey: undefined,
      trustedProxies: [],
      intakeListen: undefined,
      backupEveryMs: 86_400_000,
      backupKeep: 3,
      backupDir: undefined,
      sessionIdleMs: 43_200_000,
      sessionMaxMs: 2_592_000_000,
      sinkAllowCidrs: [],
      slackClientId: undefined,
      slackClientSecret: undefined,
      slackApiUrl: 'https://slack.com/api/',
      pagerdutyUrl: 'https://events.pagerduty.com/v2/enqueue',
      smtpUrl: undefined,
      mailFrom: undefined,
    });
  });

  it('takes every setting that is given', () => {
    expect(
      readConfig({
        PORT: '0',
        HOST: '::1',
        TOCSIN_DATA_DIR: '/var/lib/tocsin',
        DATABASE_URL: 'postgresql://u:p@db/tocsin',
        TOCSIN_SQLITE_READERS: '16',
        TOCSIN_SECRET_KEY: 's'.repeat(32),
        TOCSIN_TIMEZONE: 'Europe/Berlin',
        TOCSIN_LOG_LEVEL: 'silent',
        TOCSIN_PUBLIC_URL: 'https://bell.example',
        TOCSIN_ALLOWED_ORIGINS: 'https://a.example, https://b.example,',
        TOCSIN_INTROSPECTION: 'false',
        TOCSIN_MAX_BODY_BYTES: '1024',
        TOCSIN_MAX_QUEUE_EVENTS: '1',
        TOCSIN_MAX_QUEUE_BYTES: '1024',
        TOCSIN_SHUTDOWN_MS: '100',
        TOCSIN_LAUNCH_TOKEN: 't'.repeat(32),
        TOCSIN_SILENCE_FACTOR: '0',
        TOCSIN_SYSLOG_HOST: '0.0.0.0',
        TOCSIN_SYSLOG_UDP_PORT: '514',
        TOCSIN_SYSLOG_TCP_PORT: '0',
        TOCSIN_SYSLOG_TLS_PORT: '6514',
        TOCSIN_SYSLOG_TLS_CERT: '/etc/tocsin/cert.pem',
        TOCSIN_SYSLOG_TLS_KEY: '/etc/tocsin/key.pem',
        TOCSIN_SINK_ALLOW_CIDRS: '192.168.1.7/24, fd00::/8,',
        TOCSIN_SLACK_CLIENT_ID: '1.2',
        TOCSIN_SLACK_CLIENT_SECRET: 'hunter2',
        TOCSIN_SLACK_API_URL: 'http://127.0.0.1:1/api/',
        TOCSIN_PAGERDUTY_URL: 'https://events.eu.pagerduty.com/v2/enqueue',
        TOCSIN_SMTP_URL: 'smtps://bell:p%40ss@mail.example',
        TOCSIN_MAIL_FROM: 'The Bell <bell@office.example>',
      }),
    ).toMatchObject({
      port: 0,
      host: '::1',
      dataDir: '/var/lib/tocsin',
      databaseUrl: 'postgresql://u:p@db/tocsin',
      sqliteReaders: 16,
      secretKey: 's'.repeat(32),
      timeZone: 'Europe/Berlin',
      logLevel: 'silent',
      publicUrl: 'https://bell.example',
      allowedOrigins: ['https://a.example', 'https://b.example'],
      introspection: false,
      maxBodyBytes: 1024,
      maxQueueEvents: 1,
      maxQueueBytes: 1024,
      shutdownMs: 100,
      launchToken: 't'.repeat(32),
      silenceFactor: 0,
      syslogHost: '0.0.0.0',
      syslogUdpPort: 514,
      syslogTcpPort: 0,
      syslogTlsPort: 6514,
      syslogTlsCert: '/etc/tocsin/cert.pem',
      syslogTlsKey: '/etc/tocsin/key.pem',
      sinkAllowCidrs: [{ cidr: '192.168.1.0/24' }, { cidr: 'fd00::/8' }],
      slackClientId: '1.2',
      slackClientSecret: 'hunter2',
      slackApiUrl: 'http://127.0.0.1:1/api/',
      pagerdutyUrl: 'https://events.eu.pagerduty.com/v2/enqueue',
      smtpUrl: 'smtps://bell:p%40ss@mail.example',
      mailFrom: { name: 'The Bell', address: 'bell@office.example' },
    });
    expect(readConfig({ TOCSIN_MAIL_FROM: 'bell@office.example' }).mailFrom).toEqual({
      name: '',
      address: 'bell@office.example',
    });
  });

  it('takes the settings of backups and of the listener for senders', () => {
    const env = { TOCSIN_BACKUP_EVERY: '90m', TOCSIN_BACKUP_KEEP: '14', TOCSIN_BACKUP_DIR: '/mnt/nas' };
    expect(readConfig(env)).toMatchObject({ backupEveryMs: 5_400_000, backupKeep: 14, backupDir: '/mnt/nas' });
    expect(readConfig({ TOCSIN_BACKUP_EVERY: 'off' }).backupEveryMs).toBeUndefined();
    const listen = (value: string) => readConfig({ TOCSIN_INTAKE_LISTEN: value }).intakeListen;
    expect(listen('0.0.0.0:4000')).toEqual({ host: '0.0.0.0', port: 4000 });
    expect(listen('[::]:65535')).toEqual({ host: '::', port: 65_535 });
  });

  it('takes an empty value as none', () => {
    const empty = Object.fromEntries(configVariables.map(({ name }) => [name, '']));

    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  it.each([
    ['PORT', '65536', 'must be a whole number from 0 to 65535, not "65536"'],
    ['PORT', '-1', 'must be a whole number from 0 to 65535, not "-1"'],
    ['PORT', '80.5', 'must be a whole number from 0 to 65535, not "80.5"'],
    ['PORT', 'http', 'must be a whole number from 0 to 65535, not "http"'],
    ['PORT', ' ', 'must be a whole number from 0 to 65535, not " "'],
    ['PORT', '0x50', 'must be a whole number from 0 to 65535, not "0x50"'],
    ['PORT', '1e3', 'must be a whole number from 0 to 65535, not "1e3"'],
    ['TOCSIN_SQLITE_READERS', '17', 'must be a whole number from 1 to 16, not "17"'],
    ['TOCSIN_MAX_BODY_BYTES', '10 MB', 'must be a whole number from 1024 to 1073741824, not "10 MB"'],
    ['TOCSIN_MAX_QUEUE_EVENTS', '0', 'must be a whole number from 1 to 10000000, not "0"'],
    ['TOCSIN_SHUTDOWN_MS', 'Infinity', 'must be a whole number from 100 to 60000, not "Infinity"'],
    ['TOCSIN_SILENCE_FACTOR', '1', 'must be a whole number from 2 to 1000, not "1"'],
    ['TOCSIN_SYSLOG_UDP_PORT', 'on', 'must be a whole number from 0 to 65535, not "on"'],
    ...['1w', '0d', '366d', '5', 'daily', 'OFF'].map((value): [string, string, string] => [
      'TOCSIN_BACKUP_EVERY',
      value,
      `must be off, or minutes, hours or days up to a year, as 30m, 12h or 1d, not "${value}"`,
    ]),
    ['TOCSIN_BACKUP_KEEP', '0', 'must be a whole number from 1 to 1000, not "0"'],
    ...['4000', ':4000', '0.0.0.0', '0.0.0.0:65536', '::4000', 'http://0.0.0.0:4000'].map(
      (value): [string, string, string] => [
        'TOCSIN_INTAKE_LISTEN',
        value,
        `must be an address and a port, such as 0.0.0.0:4000, not "${value}"`,
      ],
    ),
    ['TOCSIN_INTROSPECTION', 'yes', 'must be true or false, not "yes"'],
    ['TOCSIN_LOG_LEVEL', 'loud', 'must be one of fatal, error, warn, info, debug, trace, silent, not "loud"'],
    ['TOCSIN_TIMEZONE', 'CEST', 'must be an IANA time zone such as Europe/Berlin, not "CEST"'],
    ['TOCSIN_SINK_ALLOW_CIDRS', '10.0.0.0/8, 10.0.0.1', 'must be ranges such as 192.168.1.0/24, not "10.0.0.1"'],
    ['TOCSIN_MAIL_FROM', 'a@b\r\nBcc: c@d', 'must be an address such as tocsin@office.example'],
    ['TOCSIN_MAIL_FROM', 'Bell <a@b>, c@d', 'must be an address such as tocsin@office.example'],
    ['TOCSIN_PUBLIC_URL', 'bell.example', 'must be an http:// or https:// URL, not "bell.example"'],
    ['TOCSIN_PUBLIC_URL', 'javascript:alert(1)', 'must be an http:// or https:// URL, not "javascript:alert(1)"'],
  ])('refuses %s=%j', (name, value, problem) => {
    expect(faultsOf({ [name]: value })).toEqual([`${name}: ${problem}`]);
  });

  it.each([
    ['DATABASE_URL', 'mysql://root:hunter2@db/x', 'must be a postgres:// URL'],
    ['DATABASE_URL', 'postgres://root:hunter2@:port/x', 'must be a postgres:// URL'],
    ['TOCSIN_SECRET_KEY', 'hunter2', 'must have at least 32 characters'],
    ['TOCSIN_LAUNCH_TOKEN', 'hunter2', 'must have at least 32 characters'],
    ['TOCSIN_SLACK_API_URL', 'ftp://u:hunter2@x/', 'must be a URL that starts with http:// or https://'],
    ['TOCSIN_SMTP_URL', 'http://u:hunter2@x/', 'must be a URL that starts with smtp:// or smtps://'],
    ['TOCSIN_SMTP_URL', 'smtp://u:hunter2%@x', 'must be a URL that starts with smtp:// or smtps://'],
  ])('refuses %s=%j without repeating what may be secret', (name, value, problem) => {
    expect(faultsOf({ [name]: value })).toEqual([`${name}: ${problem}`]);
  });

  it('names every fault in one message', () => {
    expect(faultsOf({ PORT: 'x', TOCSIN_INTROSPECTION: 'x', TOCSIN_LOG_LEVEL: 'info', TOCSIN_TIMEZONE: 'x' })).toEqual([
      expect.stringMatching(/^PORT: /),
      expect.stringMatching(/^TOCSIN_TIMEZONE: /),
      expect.stringMatching(/^TOCSIN_INTROSPECTION: /),
    ]);
  });
});
