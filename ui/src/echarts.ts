// The parts of ECharts that the drawings use; SVG only, in the browser as on the server.
import { BarChart, LineChart, MapChart, SankeyChart, ScatterChart } from "echarts/charts";
import {
  AriaComponent, GeoComponent, GraphicComponent, GridComponent, LegendComponent, MarkLineComponent,
  TitleComponent, TooltipComponent, VisualMapPiecewiseComponent,
} from "echarts/components";
import { LabelLayout } from "echarts/features";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

echarts.use([
  BarChart, LineChart, MapChart, SankeyChart, ScatterChart,
  AriaComponent, GeoComponent, GraphicComponent, GridComponent, LegendComponent, MarkLineComponent,
  TitleComponent, TooltipComponent, VisualMapPiecewiseComponent, LabelLayout, SVGRenderer,
]);

export { echarts };
