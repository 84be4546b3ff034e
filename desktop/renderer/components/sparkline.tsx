import { Suspense } from 'react';
import { lazily } from './lazily.ts';
import './sparkline.css';

export interface Series {
  readonly label: string;
  /** A custom property of the theme: `--critical`. */
  readonly color: `--${string}`;
  readonly values: readonly number[];
}

export interface ChartProps {
  /** Beginnings of the buckets, in epoch seconds, rising. */
  readonly times: readonly number[];
  /** From the bottom of the stack upwards. */
  readonly series: readonly Series[];
  readonly height: number;
  /** What the chart shows, in words and numbers: it is all that a screen reader gets. */
  readonly summary: string;
}

const Chart = lazily(() => import('./chart.tsx').then((loaded) => loaded.Chart));

/** Bars over time, one on the other; the chart library is loaded when the first is drawn. */
export function Sparkline(props: ChartProps) {
  return (
    <figure className="chart">
      <Suspense fallback={<div className="chart-box" />}>
        <Chart {...props} />
      </Suspense>
      <figcaption className="hidden-text">{props.summary}</figcaption>
    </figure>
  );
}
