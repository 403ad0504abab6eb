// A file dropped on the zone is the file of its field; its name is shown. Without this the field itself is there.

export function watch(zone: HTMLElement): void {
  const field = zone.querySelector<HTMLInputElement>("input[type='file']");
  const shown = zone.querySelector<HTMLElement>("[data-chosen]");
  if (!field) return;
  const tell = () => {
    const file = field.files?.[0];
    if (!shown) return;
    shown.hidden = !file;
    shown.textContent = file ? `${file.name} (${Math.max(1, Math.round(file.size / 1024)).toLocaleString(document.documentElement.lang)} KB)` : "";
  };
  field.addEventListener("change", tell);
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    const files = (event as DragEvent).dataTransfer?.files;
    event.preventDefault();
    if (!files?.length) return;
    field.files = files;
    tell();
  });
}
