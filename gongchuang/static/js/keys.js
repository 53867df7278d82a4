// Keys: / searches; J and K go to the next and previous item; A does the main act, R sends back or declines; ? shows them.
// Never inside a field. A button that acts at once is only focused: Enter presses it.
const MAIN = "[data-keys] [data-primary], [data-triage] ~ * [data-primary]";
const BACK = ["send_back", "return", "decline", "refuse", "reject", "dismiss"];

export function bindKeys() {
  const help = document.getElementById("keys");
  for (const button of document.querySelectorAll("[data-keys-help]")) {
    button.hidden = false;
    button.addEventListener("click", () => help?.showModal());
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
    const press = {
      "/": () => document.querySelector("[data-search]")?.focus(),
      "?": () => help?.showModal(),
      j: () => follow("[data-next]"),
      k: () => follow("[data-previous]"),
      a: () => follow(MAIN),
      r: () => follow(BACK.map((name) => `[data-keys] [data-act='${name}'], [data-triage] ~ * [data-act='${name}']`).join(", ")),
    }[event.key.toLowerCase()];
    if (!press || help?.open) return;
    event.preventDefault();
    press();
  });
}

function follow(selector) {
  const found = document.querySelector(selector);
  if (found?.matches("a, summary")) found.click();
  else found?.focus();
}
