// One press, one effect: the button rests while the form is on its way. The server's key guards it again.
import { announce, say } from "./words.js";

export function guardPresses() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    announce(say("sending"));
    for (const button of document.querySelectorAll(`button[form="${form.id}"], #${form.id || "none"} button`)) {
      button.setAttribute("aria-busy", "true");
    }
    window.setTimeout(() => delete form.dataset.sent, 15000);
  });
  // A page that comes back from the browser's memory is fresh again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-once]")) delete form.dataset.sent;
  });
}
