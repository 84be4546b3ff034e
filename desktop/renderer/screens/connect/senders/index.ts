import { curl } from './curl.ts';
import { edge } from './edge.ts';
import { fluentBit } from './fluent-bit.ts';
import { rsyslog } from './rsyslog.ts';
import { sekoia } from './sekoia.ts';
import { syslogNg } from './syslog-ng.ts';
import { vector } from './vector.ts';
import { wazuh } from './wazuh.ts';

/** Every sender that the screen knows, the most used first. */
export const senders = [wazuh, syslogNg, rsyslog, vector, fluentBit, curl, edge, sekoia] as const;
