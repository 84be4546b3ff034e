import { AlertKind } from '../../../schema/alert/alert.enum.ts';
import type { DeviceType } from '../../../schema/device/device.type.ts';
import type { Scanned } from '../../persistence/scan.ts';
import type { Transaction } from '../../persistence/transaction.ts';
import type { DataSetStep, DataSource, RemovedRows } from '../data-set/data-set.node.ts';
import type { DeviceService } from '../device/device.service.ts';
import type { NetworkService } from '../network/network.service.ts';
import { firstLine, levelOf } from './alert.node.ts';
import type { AlertDataRepository, AlertDataRow } from './alert-data.repository.ts';

/** What the addresses of some alerts belong to now. */
interface Places {
  readonly device: (ip: string | null) => DeviceType | null;
  readonly network: (ip: string | null) => string | null;
}

/** A column as it is exported: its name in the Elastic Common Schema where it has one, and its value. */
type Column = readonly [name: string, tell: (row: AlertDataRow, places: Places) => unknown];

const common: readonly Column[] = [
  ['event.sequence', ({ id }) => id],
  ['@timestamp', ({ occurred_at }) => new Date(occurred_at).toISOString()],
  ['agent.id', ({ agent }) => agent],
  ['agent.name', ({ agent_name }) => agent_name],
  ['event.severity', ({ severity }) => severity],
  ['alert.level', ({ severity }) => levelOf(severity)],
  ['rule.category', ({ type }) => type],
  ['rule.name', ({ title, message }) => title ?? firstLine(message)],
  ['message', ({ message }) => message],
];

const columnsOf: Readonly<Record<AlertKind, readonly Column[]>> = {
  NETWORK: [
    ...common,
    ['source.ip', ({ source_ip }) => source_ip],
    ['source.mac', ({ source_mac }) => source_mac],
    ['source.port', ({ source_port }) => source_port],
    ['source.domain', ({ source_ip }, { device }) => device(source_ip)?.hostname ?? null],
    ['source.device.name', ({ source_ip }, { device }) => device(source_ip)?.friendlyName ?? null],
    ['source.network.name', ({ source_ip }, { network }) => network(source_ip)],
    ['destination.ip', ({ destination_ip }) => destination_ip],
    ['destination.mac', ({ destination_mac }) => destination_mac],
    ['destination.port', ({ destination_port }) => destination_port],
    ['destination.domain', ({ destination_ip }, { device }) => device(destination_ip)?.hostname ?? null],
    ['destination.device.name', ({ destination_ip }, { device }) => device(destination_ip)?.friendlyName ?? null],
    ['destination.network.name', ({ destination_ip }, { network }) => network(destination_ip)],
    ['packet_capture.id', ({ capture_id }) => capture_id],
  ],
  SERVER: [...common, ['host.name', ({ host }) => host]],
};

/** Addresses looked up at once. */
const lookedUp = 400;

/** The alerts of a kind, as a data set. */
export class AlertDataService implements DataSource {
  readonly #alerts: AlertDataRepository;
  readonly #devices: DeviceService;
  readonly #networks: NetworkService;
  readonly #kind: AlertKind;
  readonly columns: readonly string[];

  constructor(alerts: AlertDataRepository, devices: DeviceService, networks: NetworkService, kind: AlertKind) {
    this.#alerts = alerts;
    this.#devices = devices;
    this.#networks = networks;
    this.#kind = kind;
    this.columns = columnsOf[kind].map(([name]) => name);
  }

  async read(step: DataSetStep): Promise<Scanned<readonly unknown[]>> {
    const { rows, end } = await this.#alerts.read(this.#kind, step);
    const places = await this.#placesOf(step.tenantId, rows);
    return { rows: rows.map((row) => columnsOf[this.#kind].map(([, tell]) => tell(row, places))), end };
  }

  async find(step: DataSetStep): Promise<Scanned<number>> {
    const { rows, end } = await this.#alerts.find(this.#kind, step);
    return { rows: rows.map(({ id }) => id), end };
  }

  remove(transaction: Transaction, tenantId: string, ids: readonly number[]): Promise<RemovedRows> {
    return this.#alerts.remove(transaction, tenantId, this.#kind, ids);
  }

  async #placesOf(tenantId: string, rows: readonly AlertDataRow[]): Promise<Places> {
    if (this.#kind === AlertKind.SERVER) return { device: () => null, network: () => null };
    const ips = [
      ...new Set(rows.flatMap(({ source_ip, destination_ip }) => [source_ip ?? [], destination_ip ?? []].flat())),
    ];
    const networks = await this.#networks.ofAddresses(tenantId, ips);
    const devices: (DeviceType | null)[] = [];
    for (let at = 0; at < ips.length; at += lookedUp) {
      devices.push(...(await this.#devices.atAddresses(tenantId, ips.slice(at, at + lookedUp))));
    }
    const placeOf = new Map(ips.map((ip, index) => [ip, { device: devices[index], network: networks[index] }]));
    return {
      device: (ip) => placeOf.get(ip ?? '')?.device ?? null,
      network: (ip) => placeOf.get(ip ?? '')?.network?.name ?? null,
    };
  }
}
