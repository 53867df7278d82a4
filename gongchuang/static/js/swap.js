// Parts of a page that are fetched by themselves: who waits is told after 300 ms, a lost network leaves what was typed
// and offers to try again, the focus and the count follow. htmx does the fetching.
import { announce, say } from "./words.js";
import { echoMoney } from "./money.js";
import { bindSteppers } from "./stepper.js";
import { shrinkPhotos } from "./photo.js";
import { warnOnLeaving } from "./leave.js";
import { offerOptions } from "./options.js";

const PATIENCE = 300;

export function watchSwaps() {
  const body = document.body;
  body.addEventListener("htmx:configRequest", (event) => {
    // Filters that are not chosen stay out of the address.
    for (const [name, value] of [...event.detail.formData.entries()]) if (value === "") event.detail.formData.delete(name);
  });
  body.addEventListener("htmx:beforeRequest", (event) => {
    // On a phone an act has the screen to itself.
    if (event.detail.elt.matches("[data-act]") && window.innerWidth < 768) {
      event.preventDefault();
      location.assign(event.detail.elt.href);
    } else wait(event.detail.target);
  });
  body.addEventListener("htmx:afterRequest", (event) => rest(event.detail.target));
  body.addEventListener("htmx:sendError", lost);
  body.addEventListener("htmx:timeout", lost);
  body.addEventListener("htmx:responseError", (event) => follow(event.detail.elt, event.detail.requestConfig));
  body.addEventListener("htmx:beforeSwap", (event) => {
    // Where the answer has no such part, it is a page of its own: go there.
    const part = event.detail.selectOverride || event.detail.elt?.getAttribute?.("hx-select");
    if (part?.startsWith("#") && !event.detail.serverResponse.includes(`id="${part.slice(1)}"`)) {
      event.detail.shouldSwap = false;
      follow(event.detail.elt, event.detail.requestConfig);
    }
  });
  body.addEventListener("htmx:afterSettle", (event) => settle(event.detail.elt));
}

function wait(part) {
  if (!part) return;
  part.setAttribute("aria-busy", "true");
  part.querySelector(".lost-network")?.remove();
  part.waiting = setTimeout(() => part.classList.add("is-slow"), PATIENCE);
}

function rest(part) {
  if (!part) return;
  clearTimeout(part.waiting);
  part.classList.remove("is-slow");
  part.removeAttribute("aria-busy");
}

function settle(part) {
  for (const bind of [echoMoney, bindSteppers, shrinkPhotos, warnOnLeaving, offerOptions]) bind(part);
  if (part.id === "act-panel") {
    part.querySelector("input:not([type=hidden]), textarea, select, [type=submit]")?.focus();
    return;
  }
  const count = part.querySelector?.("[data-announce]");
  if (!count) return;
  announce(count.textContent.trim());
  // What was pressed may be gone with the old list; then the person stands at its count, not at the top of the page.
  if (document.activeElement === document.body) count.focus({ preventScroll: true });
}

function lost(event) {
  const { elt, target } = event.detail;
  if (!elt.matches("a, form, button")) return;
  const line = document.createElement("p");
  line.className = "notice is-warn lost-network";
  line.setAttribute("role", "alert");
  line.textContent = say("lost");
  const again = document.createElement("button");
  again.type = "button";
  again.className = "btn btn-plain";
  again.textContent = say("again");
  again.addEventListener("click", () => {
    line.remove();
    if (elt.matches("form")) elt.requestSubmit();
    else elt.click();
  });
  line.append(again);
  target.prepend(line);
}

function follow(elt, request) {
  const address = elt?.matches?.("a[href]") ? elt.href : request?.path;
  if (elt?.matches?.("a[href], form")) location.assign(address);
}
