// Without network a form is not sent into nothing: it stays as it is, says so, and goes when the network is back.
import { say } from "./words.js";

export function keepWhenOffline() {
  // In the capturing phase, before the press is counted as sent.
  document.addEventListener("submit", stop, true);
}

function stop(event) {
  const form = event.target;
  if (navigator.onLine || form.method !== "post") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const button = event.submitter;
  const line = form.querySelector(".lost-network") ?? form.insertBefore(document.createElement("p"), form.firstChild);
  line.className = "notice is-warn lost-network";
  line.setAttribute("role", "alert");
  line.textContent = say("offline");
  const again = document.createElement("button");
  again.type = "button";
  again.className = "btn btn-plain";
  again.textContent = say("again");
  again.addEventListener("click", () => form.requestSubmit(button?.form === form ? button : undefined));
  line.append(again);
  line.scrollIntoView({ block: "nearest" });
}
