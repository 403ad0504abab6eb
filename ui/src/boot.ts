// Every page works without this. It makes a drawing explorable when it is first touched, and the picker searchable.
import "./styles/main.css";
import "./styles/office.css";

function fold(text: string): string {
  return text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
}

function watchDrawing(figure: HTMLElement): void {
  const source = figure.querySelector<HTMLScriptElement>("script[type='application/json']");
  const stage = figure.querySelector<HTMLElement>(".stage");
  if (!source?.textContent || !stage) return;
  const drawing = JSON.parse(source.textContent);
  const start = () => import("./islands/chart").then((island) => island.explore(figure, drawing)).catch(console.error);
  stage.addEventListener("pointerenter", start, { once: true });
}

function watchPicker(picker: HTMLElement): void {
  const box = picker.querySelector<HTMLInputElement>("input[data-filter]");
  if (!box) return;
  box.closest<HTMLElement>("[hidden]")?.removeAttribute("hidden");
  const labels = [...picker.querySelectorAll<HTMLElement>("label[data-place]")];
  box.addEventListener("input", () => {
    const words = fold(box.value).split(/\s+/).filter(Boolean);
    for (const label of labels) {
      const text = fold(label.textContent ?? "");
      label.hidden = !words.every((word) => text.includes(word));
    }
    if (words.length) for (const group of picker.querySelectorAll("details")) group.open = true;
  });
}

for (const figure of document.querySelectorAll<HTMLElement>("figure[data-drawing]")) watchDrawing(figure);
for (const picker of document.querySelectorAll<HTMLElement>("[data-picker]")) watchPicker(picker);
for (const table of document.querySelectorAll<HTMLTableElement>("table[data-grid]")) void import("./islands/grid").then((island) => island.watch(table));
for (const zone of document.querySelectorAll<HTMLElement>("[data-drop]")) void import("./islands/drop").then((island) => island.watch(zone));
for (const section of document.querySelectorAll<HTMLElement>("[data-judged='running']")) void import("./islands/judged").then((island) => island.watch(section));
