// An undo stands for ten seconds; what was said stays.
const STANDS = 10000;

export function fadeUndo() {
  for (const bar of document.querySelectorAll("[data-undo]")) {
    window.setTimeout(() => {
      if (bar.contains(document.activeElement) || bar.querySelector("form")?.dataset.sent) return;
      bar.className = "notice is-ok mb-0";
      bar.querySelector("form")?.remove();
    }, STANDS);
  }
}
