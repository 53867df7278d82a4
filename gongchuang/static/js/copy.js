// Copies a citation in one press; without clipboard rights the text is shown to be copied by hand.
import { announce, say } from "./words.js";

export function bindCopy() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
      } catch {
        const area = document.createElement("textarea");
        area.value = button.dataset.copy;
        document.body.append(area);
        area.select();
        document.execCommand("copy");
        area.remove();
      }
      const before = button.textContent;
      button.textContent = say("copied");
      button.classList.add("copied");
      announce(say("copied"));
      window.setTimeout(() => {
        button.textContent = before;
        button.classList.remove("copied");
      }, 2000);
    });
  }
}
