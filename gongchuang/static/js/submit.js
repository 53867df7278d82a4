// A filter takes effect when it is chosen, words a moment after they were typed; without JavaScript the button does it.
const PAUSE = 500;
let timer = 0;

export function submitOnChange() {
  document.addEventListener("change", (event) => {
    if (event.target.matches("select[data-submit]")) event.target.form.requestSubmit();
  });
  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-filters] [type=search]")) return;
    clearTimeout(timer);
    timer = setTimeout(() => event.target.isConnected && event.target.form.requestSubmit(), PAUSE);
  });
}
