// A sum of money says itself while it is typed: 600000 → 60万元. Cut, never rounded up.
import { isEnglish } from "./words.js";

export function echoMoney(root = document) {
  for (const input of root.querySelectorAll("input[data-money]")) {
    const line = document.createElement("p");
    line.className = "form-text mb-0 money-echo";
    line.setAttribute("role", "status");
    input.after(line);
    const update = () => (line.textContent = words(input.value));
    input.addEventListener("input", update);
    update();
  }
}

function words(text) {
  const yuan = Number(text.replace(/[,，\s元]/g, ""));
  if (!text || !Number.isFinite(yuan)) return "";
  if (isEnglish) return `CNY ${yuan.toLocaleString("en")}`;
  for (const [size, word] of [[1e8, "亿元"], [1e4, "万元"]]) {
    if (Math.abs(yuan) >= size) return `${Math.trunc((yuan / size) * 100) / 100}${word}`;
  }
  return `${yuan.toLocaleString("en")}元`;
}
