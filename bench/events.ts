/** A Wazuh alert as its manager writes it, of the size and variety of real ones; made up here, copied from nowhere. */
export type WazuhEvent = Readonly<Record<string, unknown>>;

interface Rule {
  readonly id: string;
  readonly level: number;
  readonly description: string;
  readonly groups: readonly string[];
  readonly decoder: string;
  readonly isNetwork: boolean;
}

const subjects: readonly (readonly [decoder: string, group: string, what: string])[] = [
  ['sshd', 'sshd', 'Secure shell'],
  ['pam', 'pam', 'Login session'],
  ['web-accesslog', 'web', 'Web server'],
  ['snort', 'ids', 'Intrusion detection'],
  ['syscheck_integrity_changed', 'syscheck', 'Integrity checksum'],
  ['auditd', 'audit', 'Audit'],
  ['windows_eventchannel', 'windows', 'Windows'],
  ['iptables', 'firewall', 'Firewall'],
];
const actions = ['opened', 'refused', 'changed', 'repeated', 'failed', 'blocked', 'unexpected', 'known attack'];
const networked = new Set(['sshd', 'web-accesslog', 'snort', 'iptables']);
const ruleCount = 60;
const agentCount = 200;
const topLevel = 16;

const rules: readonly Rule[] = Array.from({ length: ruleCount }, (_, index) => {
  const [decoder, group, what] = subjects[index % subjects.length] as (typeof subjects)[number];
  const level = Math.round((index * topLevel) / (ruleCount - 1));
  return {
    id: String(5500 + index * 37),
    level,
    description: `${what}: ${actions[index % actions.length]} (case ${index}), seen from an office host`,
    groups: ['syslog', group, ...(level > 9 ? ['attack', 'authentication_failures'] : ['access_control'])],
    decoder,
    isNetwork: networked.has(decoder),
  };
});
/** Rules of lower levels fire more often, as they do in life: about 57 % of all events are of level 4 and up. */
const bySeldomness = cumulate(rules);
/** The same rules from level 4 up, which raise an alert. */
const raising = rules.filter(({ level }) => level >= 4);
const raisingBySeldomness = cumulate(raising);

const words =
  'session user root admin password key publickey invalid illegal request port connection closed reset timeout'
    .concat(' kernel service unit started stopped policy module file path checksum owner group mode size inode changed')
    .concat(' http get post index login wp-admin query select union passwd shadow etc var log nginx apache cron sudo')
    .split(' ');

/** Pieces of a message, made once: a message is three of them. */
const pieces = makePieces();

/** What happens once happens again soon: of each block of events, every sixteenth is of the same rule, agent and source. */
const blockLength = 64;
const scenesAtOnce = 16;

const firstSecond = 1_767_600_000;
const perSecond = 400;

/**
 * The `index`-th event: always the same for the same index. Ids are unique and rise, times are near-ordered, and every message
 * holds its index as `seq=…`.
 */
export function wazuhEvent(index: number, { alertsOnly = false } = {}): WazuhEvent {
  const random = randomOf(index);
  const scene = randomOf(Math.floor(index / blockLength) * scenesAtOnce + (index % scenesAtOnce));
  const rule = alertsOnly ? pick(raising, raisingBySeldomness, scene()) : pick(rules, bySeldomness, scene());
  // The power makes some agents, and below some sources, far busier than others.
  const agent = Math.floor(scene() ** 3 * agentCount);
  const host = `office-${String(agent).padStart(3, '0')}`;
  const second = firstSecond + Math.floor(index / perSecond);
  const ms = second * 1000 + Math.floor(((index % perSecond) * 1000) / perSecond) - Math.floor(random() ** 3 * 2000);
  const time = new Date(ms).toISOString();
  const pid = 300 + Math.floor(random() * 30_000);
  const hasAddresses = rule.isNetwork && scene() < 0.66;
  const source = `10.9.0.${2 + Math.floor(scene() ** 4 * 24)}`;
  const target = `192.168.10.${agent + 2}`;
  const port = 1024 + Math.floor(random() * 60_000);
  const text = `${time.slice(0, 19)} ${host} ${rule.decoder}[${pid}]: ${piece(random)} ${piece(random)} ${piece(random)} seq=${index}`;
  return {
    timestamp: `${time.slice(0, -1)}+0000`,
    rule: {
      level: rule.level,
      description: rule.description,
      id: rule.id,
      mitre: { id: ['T1110.001', 'T1021.004'], tactic: ['Credential Access', 'Lateral Movement'] },
      firedtimes: 1 + Math.floor(random() * 50),
      mail: rule.level >= 12,
      groups: rule.groups,
      gdpr: ['IV_35.7.d', 'IV_32.2'],
      pci_dss: ['10.2.4', '10.2.5'],
      tsc: ['CC6.1', 'CC6.8', 'CC7.2'],
    },
    agent: { id: String(agent).padStart(3, '0'), name: host, ip: target },
    manager: { name: 'wazuh-manager-0' },
    id: `${second}.${9_628_221 + index * 1137}`,
    cluster: { name: 'wazuh', node: 'master-node' },
    full_log: text,
    predecoder: { program_name: rule.decoder, timestamp: time.slice(0, 19), hostname: host },
    decoder: { parent: rule.decoder, name: rule.decoder },
    data: hasAddresses
      ? { srcip: source, srcport: String(port), dstip: target, dstport: '443', dstuser: 'root', uid: String(pid % 100) }
      : { dstuser: 'root', uid: String(pid % 100), command: `/usr/sbin/${rule.decoder} --check` },
    location: `/var/log/${rule.decoder}/${rule.decoder}.log`,
  };
}

function makePieces(): readonly string[] {
  const random = randomOf(-2);
  return Array.from({ length: 1024 }, () =>
    Array.from({ length: 8 + Math.floor(random() * 6) }, () => words[Math.floor(random() * words.length)]).join(' '),
  );
}

/** A few words as they stand in logs. */
export function piece(random: () => number): string {
  return pieces[Math.floor(random() * pieces.length)] as string;
}

function cumulate(some: readonly Rule[]): readonly number[] {
  let sum = 0;
  const sums = some.map(({ level }) => {
    sum += 1 / (1 + level / 4);
    return sum;
  });
  return sums.map((value) => value / sum);
}

function pick(some: readonly Rule[], sums: readonly number[], at: number): Rule {
  return some[sums.findIndex((sum) => at < sum)] ?? (some[0] as Rule);
}

/** Mulberry32: small, fast and good enough for made-up logs. */
export function randomOf(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
