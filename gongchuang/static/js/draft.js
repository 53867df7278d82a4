// Drafts: what is typed is kept every 3 seconds under the form's own key, on the server, or on the device without network.
import { announce, say } from "./words.js";

const EVERY = 3000;
const SKIP = new Set(["csrfmiddlewaretoken", "key", "version", "next"]);

export function keepDrafts() {
  for (const form of document.querySelectorAll("form[data-draft]")) keep(form);
}

function texts(form) {
  const found = {};
  for (const [name, value] of new FormData(form)) {
    if (SKIP.has(name) || value instanceof File || value === "") continue;
    found[name] = name in found ? [].concat(found[name], value) : value;
  }
  return found;
}

function keep(form) {
  const slot = `draft:${form.dataset.draft}`;
  const line = document.querySelector("[data-saved]");
  let last = JSON.stringify(texts(form));
  restore(form, slot, line);

  const save = async () => {
    const now = JSON.stringify(texts(form));
    if (now === last || form.dataset.sent) return;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("key", form.elements.key.value);
    body.set("content", now);
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body, credentials: "same-origin", redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      const said = await answer.json();
      localStorage.removeItem(slot);
      show(line, `${say("saved")} ${said.at}`);
    } catch {
      localStorage.setItem(slot, JSON.stringify({ key: form.elements.key.value, content: now }));
      show(line, say("kept"));
    }
    last = now;
  };
  window.setInterval(save, EVERY);
  document.addEventListener("visibilitychange", () => document.hidden && save());
  form.addEventListener("submit", () => localStorage.removeItem(slot));
}

// What was kept on the device comes back when the form opens empty.
function restore(form, slot, line) {
  const stored = localStorage.getItem(slot);
  if (!stored || Object.keys(texts(form)).some((name) => form.elements[name]?.matches?.("textarea"))) return;
  try {
    const { key, content } = JSON.parse(stored);
    for (const [name, value] of Object.entries(JSON.parse(content))) {
      const field = form.elements[name];
      if (field?.matches?.("textarea, input, select") && typeof value === "string") field.value = value;
    }
    form.elements.key.value = key;
    show(line, say("restored"));
  } catch {
    localStorage.removeItem(slot);
  }
}

function show(line, text) {
  if (!line) return announce(text);
  line.hidden = false;
  line.textContent = text;
}
