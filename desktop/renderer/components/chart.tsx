import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { useLocale } from '../i18n/use-locale.ts';
import 'uplot/dist/uPlot.min.css';
import { clockTime } from '../format/time.ts';
import { usePreferences } from '../preferences.ts';
import type { ChartProps, Series } from './sparkline.tsx';

/** The chart itself; `Sparkline` loads it. */
export function Chart({ times, series, height, summary }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const { theme } = usePreferences();
  const locale = useLocale();
  // The colours are read from the theme when the chart is made, so a new theme makes a new chart.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const plot = new uPlot(
      optionsFor(series, element.clientWidth || 300, height, locale),
      stacked(times, series),
      element,
    );
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [times, series, height, locale, theme]);
  return (
    <div
      className="chart-box"
      dir="ltr"
      role="img"
      aria-label={summary}
      ref={(element) => {
        box.current = element;
        element?.style.setProperty('block-size', `${height}px`);
      }}
    />
  );
}

/** Each series upon those below it; uPlot draws the last first. */
function stacked(times: readonly number[], series: readonly Series[]): uPlot.AlignedData {
  const sums = times.map(() => 0);
  const layers = series.map(({ values }) =>
    values.map((value, at) => {
      const sum = (sums[at] ?? 0) + value;
      sums[at] = sum;
      return sum;
    }),
  );
  return [[...times], ...layers.reverse()];
}

function optionsFor(series: readonly Series[], width: number, height: number, locale: string): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const quiet = resolved('--quiet');
  const bars = uPlot.paths.bars?.({ size: [0.8, 24], radius: 0.15 });
  const axis = { stroke: quiet, font: `11px ${style.fontFamily}`, ticks: { show: false }, grid: { show: false } };
  return {
    width,
    height,
    cursor: { show: false },
    legend: { show: false },
    scales: { x: { range: wholeBars }, y: { range: (_plot, _least, most) => [0, Math.max(most, 1)] } },
    axes: [
      { ...axis, size: 24, values: (_plot, ticks) => ticks.map((tick) => clockTime(new Date(tick * 1_000), locale)) },
      { ...axis, size: 32, splits: (_plot, _axis, _least, most) => [0, Math.ceil(most)] },
    ],
    series: [
      {},
      ...series.toReversed().map(({ label, color }) => ({
        label,
        fill: resolved(color),
        width: 0,
        points: { show: false },
        ...(bars && { paths: bars }),
      })),
    ],
  };
}

/** Room for half a bar at both ends: the first and the last would be cut through. */
function wholeBars({ data: [times] }: uPlot, least: number, most: number): uPlot.Range.MinMax {
  const half = ((times[1] ?? 0) - (times[0] ?? 0)) / 2;
  return [least - half, most + half];
}

/** A canvas knows no custom properties and no `light-dark()`: an element resolves them. */
function resolved(color: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${color})`;
  document.body.append(probe);
  const { color: value } = getComputedStyle(probe);
  probe.remove();
  return value;
}
