// Plus and minus beside a mark; an empty mark stays "not marked" until somebody gives one.
export function bindSteppers(root = document) {
  for (const stepper of root.querySelectorAll(".stepper")) {
    const input = stepper.querySelector("input");
    for (const button of stepper.querySelectorAll("[data-step]")) {
      button.addEventListener("click", () => {
        const step = Number(button.dataset.step) * Number(input.dataset.by || 1);
        const most = Number(input.max || Infinity);
        const value = input.value === "" ? (step > 0 ? 0 : most) : Number(input.value) + step;
        input.value = String(Math.min(most, Math.max(Number(input.min || 0), value)));
        input.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
  }
}
