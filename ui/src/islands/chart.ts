// The drawing that the server made, made again by the same library so that it can be explored.
import { echarts } from "../echarts";
import { formatNumber, type Json, reviveOption } from "../options";

type Place = { name: string; label: string; href: string | null };
type Drawing = {
  shapes: { [kind: string]: Json };
  lang: string;
  decimals: number;
  unit: string;
  none: string;
  map: { name: string; href: string; only: string[] | null } | null;
  places?: Place[];
  colours: { [colour: string]: string };
};
type MapSource = Parameters<typeof echarts.registerMap>[1];
type Collection = { type: string; features: { properties: { name: string; province: string } }[] };

// the server's SVG names its colours by custom properties, so that light and dark are one file; here they are resolved
function repaint(value: Json, colours: Map<string, string>): Json {
  if (typeof value === "string") return colours.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => repaint(item, colours));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, repaint(item, colours)]));
  }
  return value;
}

function currentColours(drawing: Drawing): Map<string, string> {
  const style = getComputedStyle(document.documentElement);
  const found = Object.entries(drawing.colours).map(([colour, name]): [string, string] => [
    colour, style.getPropertyValue(name).trim() || colour,
  ]);
  return new Map(found);
}

async function loadMap(drawing: Drawing): Promise<void> {
  if (!drawing.map || echarts.getMap(drawing.map.name)) return;
  const answer = await fetch(drawing.map.href);
  if (!answer.ok) throw new Error(`${drawing.map.href}: ${answer.status}`);
  const all = (await answer.json()) as Collection;
  const only = drawing.map.only;
  const features = only ? all.features.filter((f) => only.includes(f.properties.province)) : all.features;
  echarts.registerMap(drawing.map.name, { ...all, features } as unknown as MapSource);
}

function tooltip(drawing: Drawing): { [key: string]: unknown } {
  const labels = new Map((drawing.places ?? []).map((place) => [place.name, place.label]));
  const show = (value: unknown) =>
    typeof value === "number" ? `${formatNumber(value, drawing.decimals, drawing.lang)} ${drawing.unit}` : drawing.none;
  return {
    trigger: drawing.map ? "item" : "axis",
    renderMode: "html",
    confine: true,
    valueFormatter: show,
    ...(drawing.map && {
      formatter: (item: { name: string; value: unknown }) => {
        const box = document.createElement("span");
        box.textContent = `${labels.get(item.name) ?? item.name}: ${show(Number.isNaN(item.value) ? null : item.value)}`;
        return box.outerHTML;
      },
    }),
  };
}

export async function explore(figure: HTMLElement, drawing: Drawing): Promise<void> {
  await loadMap(drawing);
  const still = [...figure.querySelectorAll<SVGElement>("svg.drawing")].find((svg) => svg.getBoundingClientRect().width > 0);
  const stage = figure.querySelector<HTMLElement>(".stage");
  const kind = ["wide", "narrow", "any"].find((name) => still?.classList.contains(name));
  const shape = kind ? drawing.shapes[kind] : undefined;
  if (!still || !stage || !shape) return;
  const { width, height } = still.getBoundingClientRect();
  const layer = document.createElement("div");
  layer.className = "explored";
  const option = reviveOption(repaint(shape, currentColours(drawing)), drawing.lang);
  const chart = echarts.init(layer, null, { renderer: "svg", width, height });
  chart.setOption({ ...option, animation: false, tooltip: tooltip(drawing) });
  still.classList.add("shown");
  stage.append(layer);
  stage.classList.add("is-explored");
  const places = new Map((drawing.places ?? []).map((place) => [place.name, place.href]));
  chart.on("click", (event: { name?: string }) => {
    const href = event.name ? places.get(event.name) : undefined;
    if (href) window.location.assign(href);
  });
  new ResizeObserver(() => {
    const now = still.getBoundingClientRect();
    if (now.width > 0) chart.resize({ width: now.width, height: now.height });
  }).observe(still);
}
