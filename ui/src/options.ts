// An option comes as JSON, so functions stand in it as words: "@number:1" is the number format of the page's language.
import type { EChartsCoreOption } from "echarts/core";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export function formatNumber(value: number | null | undefined, decimals: number, lang: string): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "";
  const [whole = "", part] = Math.abs(value).toFixed(decimals).split(".");
  const [group, point] = lang === "vi" ? [".", ","] : [",", "."];
  const text = whole.replace(/\B(?=(\d{3})+$)/g, group) + (part ? point + part : "");
  return value < 0 && /[1-9]/.test(text) ? `-${text}` : text;
}

function axisNumber(value: number, lang: string): string {
  const decimals = Number.isInteger(value) ? 0 : Math.min(4, (String(value).split(".")[1] ?? "").length);
  return formatNumber(value, decimals, lang);
}

function revived(value: Json, lang: string): unknown {
  if (value === "@axis") return (v: number) => axisNumber(v, lang);
  if (typeof value === "string" && value.startsWith("@number:")) {
    const decimals = Number(value.slice(8));
    return (v: unknown) => {
      const raw = typeof v === "object" && v !== null && "value" in v ? (v as { value: unknown }).value : v;
      return formatNumber(raw as number, decimals, lang);
    };
  }
  if (Array.isArray(value)) return value.map((item) => revived(item, lang));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revived(item, lang)]));
  }
  return value;
}

export function reviveOption(option: Json, lang: string): EChartsCoreOption {
  return revived(option, lang) as EChartsCoreOption;
}
