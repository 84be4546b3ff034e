import { EventFormat } from '../../../schema/event/event-format.enum.ts';
import { Severity } from '../../../schema/severity.enum.ts';
import type { Draft } from '../draft.ts';
import { textOf } from '../fields.ts';
import { parseAccessLog } from './access-log.ts';
import { draftOfCef, readCef, readCefBody } from './cef.ts';
import { ciscoEndpoints, readMnemonic } from './cisco.ts';
import { draftOf } from './draft-of.ts';
import { parseFilterLog } from './filter-log.ts';
import { parseJsonText } from './json-text.ts';
import { parseKeyValue } from './key-value.ts';
import { draftOfLeef, readLeef } from './leef.ts';
import { nameFields, partsOf } from './named-fields.ts';
import { readPairs } from './pairs.ts';
import { severityOfSyslog } from './severity-scale.ts';
import type { SyslogMessage } from './syslog-message.ts';

/**
 * Reads a syslog message: by the format of its content where that has one of its own (CEF, LEEF, JSON, key=value), with host,
 * program and time from the header where the content names none. Priority is severity, except where the content judges itself.
 */
export function parseSyslogText(syslog: SyslogMessage, text: string, receivedAt: number): Draft {
  const { message } = syslog;
  const cef = readCef(message) ?? (syslog.app?.toUpperCase() === 'CEF' ? readCefBody(message) : null);
  if (cef !== null) return behind(syslog, draftOfCef(cef, message, receivedAt));
  const leef = readLeef(message);
  if (leef !== null) return behind(syslog, draftOfLeef(leef, message, receivedAt));
  const json = parseJsonText(message, receivedAt);
  if (json !== null) return atLeast(syslog, behind(syslog, json));
  const pairs = parseKeyValue(message, receivedAt);
  if (pairs !== null) return atLeast(syslog, behind(syslog, pairs));
  return parseMessage(syslog, text, receivedAt);
}

/** A message in words of its own. */
function parseMessage(syslog: SyslogMessage, text: string, receivedAt: number): Draft {
  const { message } = syslog;
  const mnemonic = message.charCodeAt(0) === 37 ? readMnemonic(message, 0) : null;
  const level = mnemonic === null ? undefined : severityOfSyslog(mnemonic.level);
  const app = textOf(syslog.app);
  return draftOf({
    format: syslog.version === 5424 ? EventFormat.SYSLOG_5424 : EventFormat.SYSLOG_3164,
    message: message.trim() === '' ? text : message,
    occurredAt: syslog.occurredAt,
    host: textOf(syslog.host),
    app,
    severity: prioritySeverity(syslog) ?? level ?? Severity.INFORMATIONAL,
    type: mnemonic !== null ? mnemonic.facility.slice(0, 100) : (app?.slice(0, 100).toWellFormed() ?? 'syslog'),
    rule: mnemonic === null ? null : `${mnemonic.facility}-${mnemonic.name}`,
    ...endpointsIn(syslog, mnemonic !== null),
    ...(app === 'filterlog' && parseFilterLog(message)),
    ...sourceOfAccess(message, receivedAt),
  });
}

/** The addresses that a firewall's message names, in its words, in its pairs or in its structured data. */
function endpointsIn({ message, params }: SyslogMessage, isDevice: boolean): Partial<Draft> {
  const ends = isDevice ? ciscoEndpoints(message) : null;
  if (ends !== null && ends.source.ip !== null) return ends;
  if (isDevice && message.includes('=')) {
    const { source, destination } = partsOf(nameFields(readPairs(message.slice(message.indexOf(':') + 1)).pairs));
    return { source, destination };
  }
  if (params.length === 0) return {};
  const { source, destination } = partsOf(nameFields(params.map(({ name, value }) => [name, value] as const)));
  return { source, destination };
}

/** A web server's line behind a syslog header names its client. */
function sourceOfAccess(message: string, receivedAt: number): Partial<Draft> {
  const access = message.includes('] "') ? parseAccessLog(message, receivedAt) : null;
  return access === null ? {} : { source: access.source };
}

function prioritySeverity({ priority, level }: SyslogMessage): Severity | null {
  return priority === null ? level : severityOfSyslog(priority % 8);
}

function behind(syslog: SyslogMessage, content: Draft): Draft {
  return {
    ...content,
    // The content knows its own time best; a relay's header tells when it passed on.
    occurredAt: content.occurredAt ?? syslog.occurredAt,
    host: content.host ?? textOf(syslog.host),
    app: content.app ?? textOf(syslog.app),
  };
}

/** Formats whose sensors judge each record themselves: a collector's priority says nothing of it. */
const judging: ReadonlySet<string> = new Set([EventFormat.WAZUH, EventFormat.SURICATA, EventFormat.ZEEK]);

/** Any other content is at least as severe as its header says, unless it only tells of a flow. */
function atLeast(syslog: SyslogMessage, content: Draft): Draft {
  const severity = prioritySeverity(syslog);
  if (severity === null || severity <= content.severity) return content;
  return judging.has(content.format) || content.observations.length > 0 ? content : { ...content, severity };
}
