import type { EChartsCoreOption } from 'echarts/core';
import { formatPeriod } from '../../kernel/index.js';
import type { Language } from '../../platform/http/index.js';
import {
  MEASURES,
  type CommuneShares,
  type Measure,
  type TrendPoint,
} from '../../reports/index.js';
import { MEASURE_TEXTS } from './report.words.js';

/*
 * Charts are drawn here, as SVG, and shown as images: no script runs for them in anybody's browser. Each stands beside
 * the table of its figures; lines differ by mark and stroke, and not by colour alone.
 */

export interface Drawing {
  readonly option: EChartsCoreOption;
  readonly width: number;
  readonly height: number;
}

// Without quotation marks: they would end the attribute that the names are written into.
const FONT = 'Arial, Liberation Sans, sans-serif';
const LOOK: Readonly<Record<Measure, { color: string; symbol: string; dash: string }>> = {
  account: { color: '#1f5fa8', symbol: 'circle', dash: 'solid' },
  verified: { color: '#8a5a00', symbol: 'triangle', dash: 'dashed' },
  credited: { color: '#1b6e3c', symbol: 'rect', dash: 'solid' },
};
const MISSED = '#b3261e';
const BAR_HEIGHT = 20;
const MARGINS = 90;
/** So that a page keeps their place before they are drawn. */
export const TREND_SIZE = { width: 880, height: 340 };
export const communesSize = (communes: number) => ({
  width: 880,
  height: MARGINS + communes * BAR_HEIGHT,
});
/** As many as fit on a sheet of paper in letters that can be read: more are drawn as several charts. */
const COMMUNES_A_CHART = 45;

/** Communes by the share paid without cash, the lowest first, in parts of about one length. */
export function communeParts<Row extends CommuneShares & { readonly name: string }>(
  communes: readonly Row[],
): Row[][] {
  const lowestFirst = [...communes].sort(
    (a, b) => Number(a.shares.credited) - Number(b.shares.credited) || (a.name < b.name ? -1 : 1),
  );
  const parts = Math.ceil(communes.length / COMMUNES_A_CHART);
  const size = Math.ceil(communes.length / Math.max(1, parts));
  return Array.from({ length: parts }, (_, at) => lowestFirst.slice(at * size, (at + 1) * size));
}

const BOTTOM = 50;

let drawing: Promise<typeof import('echarts/core')> | undefined;

/** Loaded by whoever draws first: it takes a moment, and most processes never draw. */
async function echarts(): Promise<typeof import('echarts/core')> {
  drawing ??= (async () => {
    // One after the other: they share most of their parts.
    const core = await import('echarts/core');
    const charts = await import('echarts/charts');
    const components = await import('echarts/components');
    const renderers = await import('echarts/renderers');
    core.use([
      charts.LineChart,
      charts.BarChart,
      components.GridComponent,
      components.LegendComponent,
      components.MarkLineComponent,
      renderers.SVGRenderer,
    ]);
    return core;
  })();
  return drawing;
}

export async function svgOf({ option, width, height }: Drawing): Promise<string> {
  const { init } = await echarts();
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: FONT }, ...option });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/** The three shares over the last periods, each with its target. */
export function trendDrawing(points: readonly TrendPoint[], language: Language): Drawing {
  const target = points.at(-1)?.target ?? null;
  const series = MEASURES.map((measure) => ({
    type: 'line',
    name: MEASURE_TEXTS[measure][language],
    data: points.map(({ all }) => all.shares[measure]),
    symbol: LOOK[measure].symbol,
    symbolSize: 8,
    color: LOOK[measure].color,
    lineStyle: { type: LOOK[measure].dash, width: 2 },
    markLine: target && markAt('yAxis', target[measure], measure),
  }));
  return {
    ...TREND_SIZE,
    option: {
      legend: { top: 0 },
      grid: { left: BOTTOM, right: 70, top: 40, bottom: 30 },
      xAxis: { type: 'category', data: points.map(({ period }) => formatPeriod(period)) },
      yAxis: { type: 'value', min: 0, max: 100, axisLabel: { formatter: '{value} %' } },
      series,
    },
  };
}

/** One part of the communes, the lowest at the top; those below the target are hatched. */
export function communesDrawing(
  part: readonly (CommuneShares & { readonly name: string })[],
  given: { target: number | null; language: Language },
): Drawing {
  // An axis of names begins at the bottom.
  const sorted = part.toReversed();
  const shareLabel = (share: string): string =>
    `${given.language === 'vi' ? share.replace('.', ',') : share} %`;
  return {
    ...communesSize(sorted.length),
    option: {
      grid: { left: 190, right: 70, top: 40, bottom: BOTTOM },
      xAxis: { type: 'value', min: 0, max: 100, axisLabel: { formatter: '{value} %' } },
      yAxis: { type: 'category', data: sorted.map(({ name }) => name), axisLabel: { interval: 0 } },
      series: [
        {
          type: 'bar',
          barWidth: '65%',
          label: { show: true, position: 'right' },
          data: sorted.map(({ shares, reaches }) => ({
            value: shares.credited,
            label: { formatter: shareLabel(shares.credited ?? '0.0') },
            itemStyle: {
              color: reaches.credited === false ? MISSED : LOOK.credited.color,
              decal:
                reaches.credited === false
                  ? { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: 0.8 }
                  : undefined,
            },
          })),
          markLine: given.target === null ? undefined : markAt('xAxis', given.target, 'credited'),
        },
      ],
    },
  };
}

const markAt = (axis: 'xAxis' | 'yAxis', at: number, measure: Measure) => ({
  silent: true,
  symbol: 'none',
  label: { formatter: `${at} %`, position: 'end' },
  lineStyle: { color: LOOK[measure].color, type: 'dotted', width: 2 },
  data: [{ [axis]: at }],
});
