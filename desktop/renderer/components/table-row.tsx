import { memo } from 'react';
import type { Column } from './data-table.tsx';

/** How a cell of a column is set. */
export function cellLook<Row>({ align }: Column<Row>): string {
  return align === 'end' ? 'cell end' : 'cell';
}

interface TableRowProps<Row> {
  readonly id: string;
  readonly row: Row;
  readonly rowKey: string;
  readonly index: number;
  readonly start: number;
  readonly height: number;
  readonly columns: readonly Column<Row>[];
  readonly isActive: boolean;
  readonly isTicked: boolean | undefined;
  readonly mark: string | undefined;
  readonly tickLabel: string;
  readonly onChoose: (key: string, row: Row) => void;
  readonly onTick: (key: string) => void;
}

function Row<Row>(props: TableRowProps<Row>) {
  const { id, row, rowKey, index, start, height, columns, isActive, isTicked, mark, tickLabel } = props;
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isTicked ?? isActive}
      className="table-row"
      data-active={isActive || undefined}
      data-mark={mark}
      ref={(element) => {
        element?.style.setProperty('translate', `0 ${start}px`);
        element?.style.setProperty('block-size', `${height}px`);
      }}
      onClick={() => props.onChoose(rowKey, row)}
    >
      {isTicked !== undefined && (
        <div role="gridcell" className="cell tick-cell" onClick={(event) => event.stopPropagation()}>
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={tickLabel}
            checked={isTicked}
            onChange={() => props.onTick(rowKey)}
          />
        </div>
      )}
      {columns.map((column) => (
        <div key={column.key} role="gridcell" className={cellLook(column)}>
          {column.cell(row)}
        </div>
      ))}
    </div>
  );
}

/** A row of a table in its place; drawn anew when something of it changes. */
export const TableRow = memo(Row) as typeof Row;
