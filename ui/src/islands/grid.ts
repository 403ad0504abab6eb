// The workbook beside its problems: a cell's story is fetched without leaving the page, and arrow keys move in the grid.
// Without this every cell is a link to the same page with that cell told.

function cellLink(from: EventTarget | null): HTMLAnchorElement | null {
  return from instanceof Element ? from.closest<HTMLAnchorElement>("table[data-grid] td a") : null;
}

function mark(table: HTMLTableElement, link: HTMLAnchorElement): void {
  for (const old of table.querySelectorAll("td.here")) {
    old.classList.remove("here");
    old.querySelector("a")?.removeAttribute("aria-current");
  }
  link.closest("td")?.classList.add("here");
  link.setAttribute("aria-current", "true");
}

const DIRECTIONS: Record<string, [number, number]> = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
let asked: AbortController | undefined;

async function tell(table: HTMLTableElement, link: HTMLAnchorElement): Promise<void> {
  asked?.abort();
  asked = new AbortController();
  const address = new URL(link.href);
  address.searchParams.set("phan", "chi-tiet");
  address.hash = "";
  const answer = await fetch(address, { signal: asked.signal, headers: { accept: "text/html" } });
  if (!answer.ok || answer.redirected) return window.location.assign(link.href);
  const part = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-detail]");
  const place = document.querySelector("[data-detail]");
  if (!part || !place) return window.location.assign(link.href);
  place.replaceWith(document.adoptNode(part));
  document.querySelector("[data-bench]")?.classList.add("has-cell");
  mark(table, link);
  window.history.replaceState(null, "", link.href);
}

// the nearest cell that can be opened, in the direction of a key
function neighbour(cell: HTMLTableCellElement, key: string): HTMLAnchorElement | null {
  const row = cell.parentElement as HTMLTableRowElement;
  const way = DIRECTIONS[key];
  if (!way) return null;
  const [down, right] = way;
  let at: HTMLTableRowElement | null = row;
  let column = cell.cellIndex + right;
  if (down) at = (down > 0 ? row.nextElementSibling : row.previousElementSibling) as HTMLTableRowElement | null;
  while (at && column > 0 && column < at.cells.length) {
    const link = at.cells[column]?.querySelector("a");
    if (link) return link;
    if (down) at = (down > 0 ? at.nextElementSibling : at.previousElementSibling) as HTMLTableRowElement | null;
    else column += right;
  }
  return null;
}

export function watch(table: HTMLTableElement): void {
  const links = [...table.querySelectorAll<HTMLAnchorElement>("td a")];
  table.setAttribute("role", "grid");
  for (const link of links) link.tabIndex = -1;
  const first = table.querySelector<HTMLAnchorElement>("td.here a") ?? table.querySelector<HTMLAnchorElement>("td[class*='k-'] a") ?? links[0];
  if (first) first.tabIndex = 0;
  table.addEventListener("click", (event) => {
    const link = cellLink(event.target);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    tell(table, link).catch(() => undefined);
  });
  table.addEventListener("keydown", (event) => {
    const cell = event.target instanceof Element ? event.target.closest("td") : null;
    const next = cell ? neighbour(cell, event.key) : null;
    if (!next) return;
    event.preventDefault();
    for (const link of table.querySelectorAll<HTMLAnchorElement>("a[tabindex='0']")) link.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
  // a problem whose cell is in this window opens it in place
  document.querySelector(".problems")?.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href*='#o-']") : null;
    if (!link) return;
    const there = new URL(link.href);
    const here = new URL(window.location.href);
    const chosen = there.hash ? table.querySelector<HTMLAnchorElement>(`#${CSS.escape(there.hash.slice(1))} a`) : null;
    const isSheet = there.searchParams.get("trang") === table.dataset.sheet && there.pathname === here.pathname;
    if (!chosen || !isSheet) return;
    event.preventDefault();
    chosen.scrollIntoView({ block: "center", inline: "center" });
    chosen.focus({ preventScroll: true });
    tell(table, chosen).catch(() => undefined);
  });
  const here = table.querySelector<HTMLAnchorElement>("td.here a");
  if (here && window.location.hash) here.focus({ preventScroll: true });
  here?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
