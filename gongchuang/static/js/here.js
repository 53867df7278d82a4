// Tells that this item is open here, and who else has it open: "王秀兰 正在处理". Once in 45 seconds, only while looked at.
import { announce, say } from "./words.js";

const EVERY = 45000;

export function tellHere() {
  const line = document.querySelector("[data-here]");
  if (!line) return;
  const send = async (gone) => {
    const body = new URLSearchParams({ csrfmiddlewaretoken: line.dataset.token });
    if (gone) body.set("gone", "1");
    try {
      const answer = await fetch(line.dataset.here, { method: "POST", body, credentials: "same-origin", redirect: "error", keepalive: gone });
      if (answer.ok && !gone) show(line, (await answer.json()).who);
    } catch {
      // A light note: without network there is none.
    }
  };
  send(false);
  window.setInterval(() => document.hidden || send(false), EVERY);
  window.addEventListener("pagehide", () => send(true));
}

function show(line, who) {
  const text = who.length ? `${who.join("、")} ${say("here")}` : "";
  if (line.textContent !== text && text) announce(text);
  line.textContent = text;
  line.hidden = !text;
}
