// Leaving a form with changes asks once.
export function warnOnLeaving() {
  for (const form of document.querySelectorAll("form[data-leave]:not([data-draft])")) {
    let changed = false;
    form.addEventListener("input", () => (changed = true));
    form.addEventListener("submit", () => (changed = false));
    window.addEventListener("beforeunload", (event) => {
      if (changed) event.preventDefault();
    });
  }
}
