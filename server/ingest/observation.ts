/** A piece of the network that a record speaks of, besides being an event. Its time is the event's; texts are already cut short. */
export type Observation =
  | DeviceSeen
  | ServiceSeen
  | DnsLookup
  | Connection
  | DhcpLease
  | HttpRequest
  | Telemetry
  | BackupReport
  | Packet;

/** A host: by its hardware address where the record knows it, else by its address. At least one of the two is there. */
export interface DeviceSeen {
  readonly kind: 'device';
  readonly mac: string | null;
  readonly ip: string | null;
  readonly hostname: string | null;
  /** The vendor as the sender names it; the IEEE list is asked when there is none. */
  readonly vendor: string | null;
}

/** A port on which a host answers. */
export interface ServiceSeen {
  readonly kind: 'service';
  readonly ip: string;
  readonly port: number;
  readonly proto: 'tcp' | 'udp';
}

export interface DnsLookup {
  readonly kind: 'dns';
  readonly sourceIp: string | null;
  readonly sourcePort: number | null;
  /** The server asked. */
  readonly destinationIp: string | null;
  readonly query: string;
  /** `A`, `AAAA`, `TXT`, ...; null when the record does not say. */
  readonly type: string | null;
  /** `NOERROR`, `NXDOMAIN`, ... */
  readonly responseCode: string | null;
  readonly answers: readonly string[];
}

/** One connection or flow, TCP or other. */
export interface Connection {
  readonly kind: 'tcp';
  readonly sourceIp: string;
  readonly sourcePort: number | null;
  readonly destinationIp: string;
  readonly destinationPort: number | null;
  readonly proto: string;
  /** Milliseconds. */
  readonly durationMs: number | null;
  readonly bytesOut: number | null;
  readonly bytesIn: number | null;
  readonly packetsOut: number | null;
  readonly packetsIn: number | null;
  readonly state: string | null;
  /** The application protocol as the sensor sees it: `ssl`, `ssh`, ... */
  readonly service: string | null;
}

export interface DhcpLease {
  readonly kind: 'dhcp';
  readonly mac: string | null;
  readonly ip: string | null;
  readonly hostname: string | null;
  readonly serverIp: string | null;
  /** `DISCOVER`, `OFFER`, `REQUEST`, `ACK`, ...; several joined by a comma where one record tells of a whole exchange. */
  readonly messageType: string | null;
  readonly leaseSeconds: number | null;
}

export interface HttpRequest {
  readonly kind: 'http';
  readonly sourceIp: string | null;
  readonly sourcePort: number | null;
  readonly destinationIp: string | null;
  readonly destinationPort: number | null;
  readonly method: string | null;
  readonly host: string | null;
  readonly uri: string | null;
  readonly userAgent: string | null;
  readonly status: number | null;
}

/** Measurements of an appliance or one of its interfaces. */
export interface Telemetry {
  readonly kind: 'telemetry';
  readonly interface: string | null;
  readonly metrics: Readonly<Record<string, number>>;
}

export interface BackupReport {
  readonly kind: 'backup';
  readonly jobId: string;
  readonly status: string;
  readonly assetId: string | null;
  readonly sizeBytes: number | null;
  readonly checksumSha256: string | null;
}

/** The packet that an alert was raised for, as captured. */
export interface Packet {
  readonly kind: 'packet';
  readonly base64: string;
  /** libpcap's number of the link layer: 1 is Ethernet. */
  readonly linkType: number;
}
