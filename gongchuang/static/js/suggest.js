// Suggestions under the search box: arrow keys walk through them, Escape closes. Without JavaScript Enter opens the page.
import { announce, say } from "./words.js";

export function suggest() {
  const input = document.querySelector("[data-search]");
  const box = document.getElementById("suggestions");
  if (!input || !box) return;
  const links = () => [...box.querySelectorAll("li a, .empty-state a")]; // what was found, not the heads above it
  const close = () => box.replaceChildren();

  input.form.addEventListener("keydown", (event) => {
    const found = links();
    const at = found.indexOf(document.activeElement);
    if (event.key === "Escape" && found.length) {
      close();
      input.focus();
    } else if (event.key === "ArrowDown" && found.length) {
      event.preventDefault();
      found[Math.min(at + 1, found.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (found[at - 1] ?? input).focus();
    }
  });
  box.addEventListener("htmx:afterSettle", () => {
    if (!input.value.trim()) return close();
    const count = box.querySelectorAll("li a").length;
    announce(`${count} ${say("suggestions")}`);
  });
  input.form.addEventListener("focusout", (event) => input.form.contains(event.relatedTarget) || window.setTimeout(close, 200));
}
