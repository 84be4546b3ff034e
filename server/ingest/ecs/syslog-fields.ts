import { wholeNumberOf } from '../fields.ts';
import { nameFields } from '../parsers/named-fields.ts';
import { readPairs } from '../parsers/pairs.ts';
import type { SyslogMessage } from '../parsers/syslog-message.ts';
import type { FieldSet } from './field-set.ts';

const facilities =
  'kernel user mail daemon auth syslog lpr news uucp cron authpriv ftp ntp audit alert clock local0 local1 local2 local3 local4 local5 local6 local7'.split(
    ' ',
  );
const severities = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'informational', 'debug'];

/** Adds what a syslog header says. */
export function addSyslogHeader(fields: FieldSet, syslog: SyslogMessage): void {
  const { priority } = syslog;
  if (priority !== null) {
    fields.add('log.syslog.priority', priority);
    fields.add('log.syslog.facility.code', priority >> 3);
    fields.add('log.syslog.facility.name', facilities[priority >> 3]);
    fields.add('log.syslog.severity.code', priority & 7);
    fields.add('log.syslog.severity.name', severities[priority & 7]);
  }
  fields.add('log.syslog.hostname', syslog.host);
  fields.add('log.syslog.appname', syslog.app);
  fields.add('log.syslog.procid', syslog.procId);
  fields.add('log.syslog.msgid', syslog.msgId);
  if (syslog.version === 5424) fields.add('log.syslog.version', '1');
  fields.add('process.pid', wholeNumberOf(syslog.procId));
  for (const { id, name, value } of syslog.params) fields.add(`log.syslog.structured_data.${id}.${name}`, value);
}

/** Adds what pairs in the words of a message name, as in `authentication failure; rhost=203.0.113.9 user=root`. */
export function addNamedPairs(fields: FieldSet, message: string): void {
  if (!message.includes('=')) return;
  for (const [name, value] of nameFields(readPairs(message).pairs)) fields.add(name, value);
}
