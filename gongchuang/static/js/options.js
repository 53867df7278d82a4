// A choice among many is typed: numbers and names are suggested by the form's own page. Without scripts they are written out.
const PAUSE = 200;
let lists = 0;

export function offerOptions(root = document) {
  for (const input of root.querySelectorAll("input[data-options]")) offer(input);
}

function offer(input) {
  const list = document.createElement("datalist");
  list.id = `options-${++lists}`;
  input.after(list);
  input.setAttribute("list", list.id);
  let timer, asked;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    asked?.abort();
    const query = input.value.trim();
    if (!query || [...list.options].some((one) => one.value === query)) return; // one of them was taken
    timer = setTimeout(async () => {
      asked = new AbortController();
      const page = new URL(input.form.getAttribute("action") || location.pathname, location.href);
      page.search = new URLSearchParams({ options: input.name, q: query });
      try {
        const answer = await fetch(page, { credentials: "same-origin", redirect: "error", signal: asked.signal });
        if (answer.ok) show(list, (await answer.json()).options);
      } catch {
        // No suggestions without network: what is written out is found all the same.
      }
    }, PAUSE);
  });
}

function show(list, found) {
  list.replaceChildren(
    ...found.map(([value, called]) => {
      const option = document.createElement("option");
      option.value = value;
      option.label = called;
      return option;
    }),
  );
}
