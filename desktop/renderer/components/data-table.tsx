import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { Icon } from './icon.tsx';
import { cellLook, TableRow } from './table-row.tsx';
import { componentWords } from './words.ts';
import './data-table.css';

/** One column of a table. */
export interface Column<Row> {
  readonly key: string;
  readonly header: string;
  /** A track of a CSS grid: `6rem`, `minmax(8rem, 2fr)`. */
  readonly width: string;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: 'end';
  /** Left out where the table is narrower than so many pixels. */
  readonly minTable?: (typeof widthSteps)[number];
  /** Given where the list can be ordered by it. */
  readonly sort?: { readonly direction: 'ASC' | 'DESC' | undefined; readonly onSort: () => void };
}

export interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** The row that keys act on. */
  readonly activeKey: string | undefined;
  readonly onActivate: (key: string) => void;
  /** Enter, or a click on the row. */
  readonly onOpen?: (row: Row) => void;
  /** With it every row has a box to tick. */
  readonly selection?: { readonly keys: ReadonlySet<string>; readonly onChange: (keys: ReadonlySet<string>) => void };
  /** Rows in the whole list, of which `rows` may be the beginning. */
  readonly totalCount?: number;
  /** The end of what is loaded came into sight. */
  readonly onEnd?: () => void;
  /** The list was scrolled away from its top, or back to it. */
  readonly onScrollAway?: (isAway: boolean) => void;
  /** Marks a row, such as `new`, for its style. */
  readonly markOf?: (row: Row) => string | undefined;
  /** Height of a row in pixels. */
  readonly rowHeight?: number;
}

/** Rows that are drawn beyond those in sight: with them no table draws more than 200. */
const overscan = 12;
const usualRowHeight = 34;
const widthSteps = [480, 640, 800, 1000, 1200, 1400] as const;

/**
 * A table of up to a hundred thousand rows, of which those in sight are drawn. It takes the focus as a whole: arrows, Home, End and
 * the page keys move the active row, Enter opens it, the space bar ticks it.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, keyOf, activeKey, onActivate, onOpen, selection, totalCount, onEnd, markOf } = props;
  const rowHeight = props.rowHeight ?? usualRowHeight;
  const latest = useRef(props);
  latest.current = props;
  const words = useWords(componentWords);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const columns = useMemo(() => props.columns.filter(({ minTable = 0 }) => width >= minTable), [props.columns, width]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : keyOf(row);
    },
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (onEnd && rows.length > 0 && lastShown >= rows.length - overscan) onEnd();
  }, [onEnd, rows.length, lastShown]);

  const activeIndex = activeKey === undefined ? -1 : rows.findIndex((row) => keyOf(row) === activeKey);
  const shownKey = useRef<string>(undefined);
  useEffect(() => {
    // Only a row that became active is brought into sight: rows that arrive above must not move what is being read.
    if (activeKey === undefined || shownKey.current === activeKey || activeIndex < 0) return;
    shownKey.current = activeKey;
    virtual.scrollToIndex(activeIndex, { align: 'auto' });
  }, [activeKey, activeIndex, virtual]);

  const activate = (index: number): void => {
    const row = rows[Math.max(0, Math.min(index, rows.length - 1))];
    if (row !== undefined) onActivate(keyOf(row));
  };
  const tick = useCallback((key: string): void => {
    const { selection: current } = latest.current;
    if (!current) return;
    const keys = new Set(current.keys);
    if (!keys.delete(key)) keys.add(key);
    current.onChange(keys);
  }, []);
  const choose = useCallback((key: string, row: Row): void => {
    latest.current.onActivate(key);
    latest.current.onOpen?.(row);
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== box.current || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? rowHeight) / rowHeight) - 2);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: activeIndex + 1,
      ArrowUp: activeIndex - 1,
      PageDown: activeIndex + page,
      PageUp: activeIndex - page,
      Home: 0,
      End: rows.length - 1,
    };
    const active = rows[activeIndex];
    const step = steps[event.key];
    if (step !== undefined) activate(step);
    else if (event.key === 'Enter' && active !== undefined && onOpen) onOpen(active);
    else if (event.key === ' ' && active !== undefined && selection) tick(keyOf(active));
    else return;
    event.preventDefault();
  };

  const tracks = [...(selection ? ['2rem'] : []), ...columns.map(({ width }) => width)].join(' ');
  const allTicked = selection !== undefined && rows.length > 0 && rows.every((row) => selection.keys.has(keyOf(row)));
  return (
    <div className="table-frame">
      <div
        className="table"
        role="grid"
        aria-label={label}
        aria-rowcount={(totalCount ?? rows.length) + 1}
        aria-multiselectable={selection !== undefined}
        aria-activedescendant={activeIndex < 0 ? undefined : `${id}-${activeKey}`}
        tabIndex={0}
        ref={(element) => {
          box.current = element;
          element?.style.setProperty('--tracks', tracks);
        }}
        onKeyDown={onKeyDown}
        onScroll={(event) => props.onScrollAway?.(event.currentTarget.scrollTop > rowHeight / 2)}
        onFocus={(event) => {
          if (event.target === box.current && activeIndex < 0) activate(0);
        }}
      >
        <div role="row" aria-rowindex={1} className="table-head" tabIndex={-1}>
          {selection && (
            <div role="columnheader" className="cell tick-cell">
              <input
                type="checkbox"
                tabIndex={-1}
                aria-label={words.selectAll}
                checked={allTicked}
                onChange={() => selection.onChange(allTicked ? new Set() : new Set(rows.map(keyOf)))}
              />
            </div>
          )}
          {columns.map((column) => (
            <HeadCell key={column.key} column={column} />
          ))}
        </div>
        <div
          className="table-body"
          role="rowgroup"
          ref={(element) => {
            element?.style.setProperty('block-size', `${virtual.getTotalSize()}px`);
          }}
        >
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const key = keyOf(row);
            return (
              <TableRow
                key={key}
                id={`${id}-${key}`}
                row={row}
                rowKey={key}
                index={item.index}
                start={item.start}
                height={rowHeight}
                columns={columns}
                isActive={key === activeKey}
                isTicked={selection?.keys.has(key)}
                mark={markOf?.(row)}
                tickLabel={words.selectRow}
                onChoose={choose}
                onTick={tick}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** The inner width of an element in pixels, in the steps at which a column comes or goes. */
function useWidth(box: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      const { clientWidth } = element;
      setWidth(widthSteps.findLast((step) => clientWidth >= step) ?? 0);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}

function HeadCell<Row>({ column }: { readonly column: Column<Row> }) {
  const { header, sort } = column;
  const direction = sort?.direction;
  const order = direction === undefined ? 'none' : direction === 'ASC' ? 'ascending' : 'descending';
  return (
    <div role="columnheader" className={cellLook(column)} {...(sort && { 'aria-sort': order })}>
      {sort ? (
        <button type="button" className="sort-button" onClick={sort.onSort}>
          {header}
          {direction && <Icon name="down" size={10} />}
        </button>
      ) : (
        header
      )}
    </div>
  );
}
