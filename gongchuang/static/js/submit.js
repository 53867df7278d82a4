// A filter takes effect when it is chosen; without JavaScript the button beside it does.
export function submitOnChange() {
  for (const select of document.querySelectorAll("select[data-submit]")) {
    select.addEventListener("change", () => select.form.requestSubmit());
  }
}
