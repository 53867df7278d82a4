// Leaving a form with changes asks once.
export function warnOnLeaving(root = document) {
  for (const form of root.querySelectorAll("form[data-leave]:not([data-draft])")) {
    let changed = false;
    form.addEventListener("input", () => (changed = true));
    form.addEventListener("submit", () => (changed = false));
    window.addEventListener("beforeunload", (event) => {
      if (changed && form.isConnected) event.preventDefault();
    });
  }
}
