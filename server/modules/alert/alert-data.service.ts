import { AlertKind } from '../../../schema/alert/alert.enum.ts';
import type { DeviceType } from '../../../schema/device/device.type.ts';
import { isPublicIp } from '../../ip-address.ts';
import type { ScanCount, Scanned } from '../../persistence/scan.ts';
import type { Transaction } from '../../persistence/transaction.ts';
import type { DataSetStep, DataSource, RemovedRows } from '../data-set/data-set.node.ts';
import type { DeviceService } from '../device/device.service.ts';
import type { NetworkService } from '../network/network.service.ts';
import { firstLine, levelOf } from './alert.node.ts';
import type { AlertDataRepository, AlertDataRow } from './alert-data.repository.ts';

/** What an address belongs to. */
interface Place {
  readonly device: DeviceType | null;
  readonly network: string | null;
  readonly isPublic: boolean;
}

type Places = ReadonlyMap<string, Place>;

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
    ['source.domain', ({ source_ip }, places) => places.get(source_ip ?? '')?.device?.hostname],
    ['source.device.name', ({ source_ip }, places) => places.get(source_ip ?? '')?.device?.friendlyName],
    ['source.network.name', ({ source_ip }, places) => places.get(source_ip ?? '')?.network],
    ['source.is_public', ({ source_ip }, places) => places.get(source_ip ?? '')?.isPublic],
    ['destination.ip', ({ destination_ip }) => destination_ip],
    ['destination.mac', ({ destination_mac }) => destination_mac],
    ['destination.port', ({ destination_port }) => destination_port],
    ['destination.domain', ({ destination_ip }, places) => places.get(destination_ip ?? '')?.device?.hostname],
    ['destination.device.name', ({ destination_ip }, places) => places.get(destination_ip ?? '')?.device?.friendlyName],
    ['destination.network.name', ({ destination_ip }, places) => places.get(destination_ip ?? '')?.network],
    ['destination.is_public', ({ destination_ip }, places) => places.get(destination_ip ?? '')?.isPublic],
    ['packet_capture.id', ({ capture_id }) => capture_id],
  ],
  SERVER: [...common, ['host.name', ({ host }) => host]],
};

/** Addresses looked up at once. */
const lookedUp = 400;
/** How long it is taken for known what an address belongs to, and of how many. */
const rememberedMs = 5000;
const mostRemembered = 20_000;
const nowhere: Places = new Map();

/** The alerts of a kind, as a data set. */
export class AlertDataService implements DataSource {
  readonly #alerts: AlertDataRepository;
  readonly #devices: DeviceService;
  readonly #networks: NetworkService;
  readonly #kind: AlertKind;
  readonly columns: readonly string[];
  #known = { tenantId: '', places: new Map<string, Place>(), since: 0 };

  constructor(alerts: AlertDataRepository, devices: DeviceService, networks: NetworkService, kind: AlertKind) {
    this.#alerts = alerts;
    this.#devices = devices;
    this.#networks = networks;
    this.#kind = kind;
    this.columns = columnsOf[kind].map(([name]) => name);
  }

  async read(step: DataSetStep): Promise<Scanned<readonly unknown[]>> {
    const { rows, end } = await this.#alerts.read(this.#kind, step);
    const places = await this.#placesOf(step, rows);
    return { rows: rows.map((row) => columnsOf[this.#kind].map(([, tell]) => tell(row, places) ?? null)), end };
  }

  async find(step: DataSetStep): Promise<Scanned<number>> {
    const { rows, end } = await this.#alerts.find(this.#kind, step);
    return { rows: rows.map(({ id }) => id), end };
  }

  count(step: DataSetStep): Promise<ScanCount> {
    return this.#alerts.count(this.#kind, step);
  }

  remove(transaction: Transaction, tenantId: string, ids: readonly number[]): Promise<RemovedRows> {
    return this.#alerts.remove(transaction, tenantId, this.#kind, ids);
  }

  /** What the addresses of these alerts belong to: asked for anew by each export, and again every few seconds. */
  async #placesOf({ tenantId, after }: DataSetStep, rows: readonly AlertDataRow[]): Promise<Places> {
    if (this.#kind === AlertKind.SERVER) return nowhere;
    const known = this.#known;
    const isOld = performance.now() - known.since > rememberedMs || known.places.size > mostRemembered;
    const places = after === null || isOld || known.tenantId !== tenantId ? new Map<string, Place>() : known.places;
    if (places !== known.places) this.#known = { tenantId, places, since: performance.now() };
    const seen = new Set(rows.flatMap(({ source_ip, destination_ip }) => [source_ip ?? '', destination_ip ?? '']));
    const unknown = [...seen].filter((ip) => ip !== '' && !places.has(ip));
    if (unknown.length === 0) return places;
    const networks = await this.#networks.ofAddresses(tenantId, unknown);
    const devices: (DeviceType | null)[] = [];
    for (let at = 0; at < unknown.length; at += lookedUp) {
      devices.push(...(await this.#devices.atAddresses(tenantId, unknown.slice(at, at + lookedUp))));
    }
    for (const [index, ip] of unknown.entries()) {
      const [device = null, network] = [devices[index], networks[index]];
      places.set(ip, { device, network: network?.name ?? null, isPublic: isPublicIp(ip) });
    }
    return places;
  }
}
