import type { Connection } from '../../data/connection.ts';
import { followFeed } from '../../data/feed.ts';
import { Signal } from '../../data/signal.ts';
import { type Failure, resultOf } from '../../data/use-data.ts';
import { AlertGroups, AlertsOfGroups, type GroupRow } from '../../generated/alerts.ts';
import type { AlertGroupFilter } from '../../generated/schema.ts';

/** What the list shows. */
export interface GroupsView {
  /** The latest first; undefined until the list has been read for the first time. */
  readonly rows: readonly GroupRow[] | undefined;
  readonly failure: Failure | undefined;
  /** Groups that match, as the server counted them when the list was read. */
  readonly total: { readonly count: number; readonly isLowerBound: boolean };
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  /** Alerts that arrived and are not shown yet, for the list is paused or scrolled away from its top. */
  readonly waiting: number;
}

const nothing: GroupsView = {
  rows: undefined,
  failure: undefined,
  total: { count: 0, isLowerBound: false },
  hasMore: false,
  isLoading: true,
  waiting: 0,
};

const pageSize = 100;
/** More rows than anybody scrolls to; older ones leave the list at its end, and are read again when they are wanted. */
const mostRows = 10_000;
/** Arrivals are drawn together: 500 a second would otherwise be 500 drawings. */
const drawMs = 150;

/** The alert groups that match a filter, kept current: read page by page, and moved up as alerts arrive. */
export class LiveGroups {
  readonly view = new Signal<GroupsView>(nothing);
  readonly #connection: Connection;
  readonly #stops: (() => void)[];
  #filter: AlertGroupFilter = {};
  /** Grows with every reading from the top: what an older one still brings is dropped. */
  #reading = 0;
  #endCursor: string | null = null;
  #arrived = new Map<string, GroupRow>();
  #arrivedAlerts = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isHeld = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#stops = [
      followFeed({
        connection,
        operation: AlertsOfGroups,
        variables: {},
        read: ({ alertRaised: { cursor, alert, gap } }) => ({ cursor, change: alert?.group ?? null, gap }),
        onChange: (group) => this.#take(group),
        onGap: () => void this.read(),
      }),
      connection.returns.subscribe(() => void this.read()),
    ];
  }

  close(): void {
    this.#reading += 1;
    clearTimeout(this.#timer);
    for (const stop of this.#stops) stop();
  }

  /** Shows what matches from now on. */
  select(filter: AlertGroupFilter): void {
    this.#filter = filter;
    this.#forgetArrivals();
    this.view.set({ ...nothing, isLoading: true });
    void this.read();
  }

  /** Reads the list from its top; what is shown stays until the answer is there. */
  async read(): Promise<void> {
    const reading = ++this.#reading;
    const result = resultOf(await this.#page(null));
    if (reading !== this.#reading) return;
    if (!result.data) {
      // A list in sight is worth more than the word that it could not be read again.
      if (this.view.get().rows === undefined) this.#show({ failure: result.failure, isLoading: false });
      return;
    }
    const { nodes, totalCount, totalCountIsLowerBound, pageInfo } = result.data.alertGroups;
    this.#endCursor = pageInfo.endCursor;
    this.#forgetArrivals();
    this.#show({
      rows: nodes,
      failure: undefined,
      total: { count: totalCount, isLowerBound: totalCountIsLowerBound },
      hasMore: pageInfo.hasNextPage,
      isLoading: false,
      waiting: 0,
    });
  }

  /** Reads the next page, once the end of what is loaded comes into sight. */
  readonly readMore = async (): Promise<void> => {
    const { hasMore, isLoading, rows } = this.view.get();
    if (!hasMore || isLoading || rows === undefined || rows.length >= mostRows) return;
    const reading = this.#reading;
    this.#show({ isLoading: true });
    const result = resultOf(await this.#page(this.#endCursor));
    if (reading !== this.#reading) return;
    if (!result.data) {
      this.#show({ isLoading: false });
      return;
    }
    const { nodes, pageInfo } = result.data.alertGroups;
    this.#endCursor = pageInfo.endCursor;
    const known = new Set((this.view.get().rows ?? []).map(({ id }) => id));
    this.#show({
      rows: [...(this.view.get().rows ?? []), ...nodes.filter(({ id }) => !known.has(id))],
      hasMore: pageInfo.hasNextPage,
      isLoading: false,
    });
  };

  /** While it is held nothing moves: arrivals are counted, and shown when it is let go. */
  hold(isHeld: boolean): void {
    if (this.#isHeld === isHeld) return;
    this.#isHeld = isHeld;
    if (!isHeld) this.#draw();
  }

  /** Takes over what a change of the person made of some rows; they stay where they are, if they still match. */
  replace(changed: readonly GroupRow[]): void {
    const byId = new Map(changed.map((group) => [group.id, group]));
    const rows = this.view
      .get()
      .rows?.map((row) => byId.get(row.id) ?? row)
      .filter((row) => this.#fits(row));
    for (const group of changed) if (this.#arrived.has(group.id)) this.#arrived.set(group.id, group);
    if (rows) this.#show({ rows });
  }

  #page(after: string | null) {
    const variables = { filter: this.#filter, first: pageSize, after };
    return this.#connection.client.query(AlertGroups, variables, { requestPolicy: 'network-only' }).toPromise();
  }

  #take(group: GroupRow): void {
    if (!this.#fits(group)) return;
    // Taken out first, so that the latest to change is the last of the map.
    this.#arrived.delete(group.id);
    this.#arrived.set(group.id, group);
    this.#arrivedAlerts += 1;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#isHeld) this.#show({ waiting: this.#arrivedAlerts });
      else this.#draw();
    }, drawMs);
  }

  #draw(): void {
    const { rows, total } = this.view.get();
    if (rows === undefined || this.#arrived.size === 0) return;
    const known = new Set(rows.map(({ id }) => id));
    const added = [...this.#arrived.keys()].filter((id) => !known.has(id)).length;
    const top = [...this.#arrived.values()].reverse();
    const below = rows.filter(({ id }) => !this.#arrived.has(id));
    this.#forgetArrivals();
    const all = [...top, ...below];
    this.#show({
      rows: all.slice(0, mostRows),
      total: { ...total, count: total.count + added },
      waiting: 0,
    });
  }

  #forgetArrivals(): void {
    this.#arrived = new Map();
    this.#arrivedAlerts = 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #fits(group: GroupRow): boolean {
    const { severity, status, kind, type, verdict, assigneeId, ids } = this.#filter;
    const isAny = (wanted: readonly string[] | null | undefined, value: string | null | undefined): boolean =>
      wanted == null || (value != null && wanted.includes(value));
    return (
      isAny(severity, group.severity) &&
      isAny(status, group.status) &&
      isAny(kind, group.kind) &&
      isAny(type, group.type) &&
      isAny(verdict, group.verdict) &&
      isAny(assigneeId, group.assignee?.id) &&
      isAny(ids, group.id)
    );
  }

  #show(change: Partial<GroupsView>): void {
    this.view.set({ ...this.view.get(), ...change });
  }
}
