/** What vendors call the things that the Elastic Common Schema has a field for, without case, blanks and punctuation. */
const vendorNames: Readonly<Record<string, string>> = {
  'source.ip':
    'src srcip srcipaddr sip saddr source sourceip sourceaddr sourceaddress sourceipaddress srcaddr ipsrc clientip clientaddr clientaddress clientipaddress remoteip remip remoteaddr remoteaddress rhost callerip calleripaddress ipaddress idorigh',
  'source.port': 'spt srcport sport sourceport remport clientport idorigp remoteport',
  'source.mac': 'smac srcmac sourcemac',
  'source.bytes': 'sentbyte sentbytes sendbytes bytessent origbytes',
  'source.packets': 'sentpkt sendpkts',
  'source.domain': 'shost srcname',
  'destination.ip':
    'dst dstip dstipaddr dip daddr dest destination destip destinationip destinationaddr destinationaddress destinationipaddress dstaddr destaddr ipdst targetip locip serverip idresph',
  'destination.port': 'dpt dstport dport destport destinationport locport serverport idrespp',
  'destination.mac': 'dmac dstmac destmac',
  'destination.bytes': 'rcvdbyte rcvdbytes rcvbytes recvbyte recvbytes bytesreceived respbytes',
  'destination.packets': 'rcvdpkt rcvpkts recvpkt',
  'destination.domain': 'dhost dstname',
  'network.transport': 'proto protocol transport ipproto',
  'network.application': 'app application',
  'network.direction': 'direction devicedirection',
  'user.name': 'user username usrname srcuser suser login subjectusername acct',
  'user.target.name': 'duser dstuser targetusername',
  'user.domain': 'ntdom sntdom usrdomain targetdomainname',
  'event.action': 'act action eventaction operation',
  'event.outcome': 'outcome',
  'event.code': 'logid eventid eventcode messageid msgid',
  'event.reason': 'reason',
  'rule.id': 'attackid signatureid sigid ruleid policyid',
  'rule.name': 'attack signature rulename policyname',
  'rule.category': 'cat',
  'log.level': 'level severity sev pri priority lvl loglevel levelname eventseverity',
  message: 'msg message',
  'host.name': 'devname hostname host dvchost devicename computer computername identhostname',
  'observer.serial_number': 'devid deviceid sn devserial',
  'url.original': 'url request requesturl requesturi uri',
  'http.request.method': 'requestmethod method httpmethod',
  'http.response.status_code': 'httpstatus statuscode responsestatus',
  'user_agent.original': 'useragent requestclientapplication httpuseragent',
  'file.name': 'fname filename',
  'file.path': 'filepath',
  'file.hash.md5': 'md5 filehashmd5',
  'file.hash.sha256': 'sha256 filehashsha256',
  'process.name': 'sproc processname comm',
  'process.executable': 'exe image',
  'process.pid': 'pid processid spid',
  'process.command_line': 'commandline cmdline',
  'dns.question.name': 'qname queryname',
};

const table = new Map(
  Object.entries(vendorNames).flatMap(([field, names]) => names.split(' ').map((name) => [name, field] as const)),
);

/** Spellings seen so far: real senders use few. */
const seen = new Map<string, string | null>();
const mostSeen = 5000;
const longestName = 40;

/** The field of the Elastic Common Schema that a vendor's name for something stands for; null when it is none of the usual. */
export function ecsNameOf(vendorName: string): string | null {
  const known = seen.get(vendorName);
  if (known !== undefined) return known;
  if (vendorName.length > longestName) return null;
  const field = table.get(vendorName.toLowerCase().replace(/[^a-z0-9]/g, '')) ?? null;
  if (seen.size < mostSeen) seen.set(vendorName, field);
  return field;
}
