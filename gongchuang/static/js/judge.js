// The judge's tablet: each mark is saved as it is given; without network it waits on the device and goes up later.
import { announce, isEnglish } from "./words.js";

const WAITING = "sheets-waiting";
const form = document.querySelector("form[data-sheet]");
const line = document.querySelector("[data-saved]");
const words = isEnglish
  ? { saved: "Saved", waiting: (n) => `${n} to upload`, wrong: "Please check the marked row", left: (n) => `${n} not marked` }
  : { saved: "已保存", waiting: (n) => `${n} 份待上传`, wrong: "请检查标出的一项", left: (n) => `还有 ${n} 项未评` };
let timer = 0;

function kept() {
  try {
    return JSON.parse(localStorage.getItem(WAITING)) || {};
  } catch {
    return {};
  }
}

function keep(sheets) {
  localStorage.setItem(WAITING, JSON.stringify(sheets));
}

// The bar below and the rows follow what the server has saved.
function show(state) {
  for (const row of document.querySelectorAll("[data-criterion]")) {
    const unscored = state.unscored.includes(row.dataset.criterion);
    row.classList.toggle("is-unscored", unscored);
    row.querySelector(".unscored-mark").hidden = !unscored;
  }
  const left = document.querySelector("[data-left]");
  left.hidden = state.left === 0;
  left.textContent = words.left(state.left);
  document.querySelector("[data-sum]").textContent = state.total ?? "—";
  const names = state.unscored.map((key) => document.querySelector(`[data-criterion="${key}"] b`).textContent.replace(/^\d+\s*/, ""));
  document.querySelector("[data-missing]").hidden = state.left === 0;
  document.querySelector("[data-missing-names]").textContent = names.join("、");
  document.querySelector("[data-lock]").disabled = state.left > 0;
  line.textContent = `${words.saved} ${state.saved}`;
}

async function send(address, said) {
  const body = new URLSearchParams(said);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "error" });
  return { status: answer.status, state: await answer.json() };
}

async function save() {
  const said = new URLSearchParams(new FormData(form));
  said.set("key", crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`);
  said.set("do", "save");
  const waiting = kept();
  waiting[location.pathname] = said.toString();
  keep(waiting);
  await flush();
}

// Sends what waits, this page's sheet and any other; an answer, good or bad, ends the waiting, no answer keeps it.
async function flush() {
  for (const [address, said] of Object.entries(kept())) {
    try {
      const { status, state } = await send(address, said);
      const waiting = kept();
      if (waiting[address] === said) delete waiting[address];
      keep(waiting);
      if (address !== location.pathname) continue;
      if (status === 200) show(state);
      else line.textContent = words.wrong;
    } catch {
      const count = Object.keys(kept()).length;
      line.textContent = words.waiting(count);
      announce(words.waiting(count));
      return;
    }
  }
}

if (form) {
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 300);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    const waiting = kept();
    delete waiting[location.pathname];
    keep(waiting);
  });
  window.addEventListener("online", flush);
  setInterval(() => Object.keys(kept()).length && flush(), 5000);
}
