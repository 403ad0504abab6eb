// Called by the server: a drawing as SVG text.
import { echarts } from "./echarts";
import { type Json, reviveOption } from "./options";

type MapSource = Parameters<typeof echarts.registerMap>[1];

export function registerMap(name: string, geojson: string): boolean {
  echarts.registerMap(name, JSON.parse(geojson) as MapSource);
  return true;
}

export function drawSvg(option: string, width: number, height: number, lang: string): string {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption(reviveOption(JSON.parse(option) as Json, lang));
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
