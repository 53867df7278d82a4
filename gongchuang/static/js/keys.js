// Keys: / searches; J and K go to the next and previous item; A does the main act, R sends back. Never inside a field.
export function bindKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
    const press = {
      "/": () => document.querySelector("[data-search]")?.focus(),
      j: () => follow("[data-next]"),
      k: () => follow("[data-previous]"),
      a: () => follow("[data-keys] [data-primary]"),
      r: () => follow("[data-keys] [data-act='send_back'], [data-keys] [data-act='decline']"),
    }[event.key.toLowerCase()];
    if (!press) return;
    event.preventDefault();
    press();
  });
}

function follow(selector) {
  document.querySelector(selector)?.click();
}
