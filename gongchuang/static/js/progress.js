// While something runs in the background, asks for the page again every two seconds and shows how far it is.
const part = document.getElementById("progress");

async function look() {
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("progress");
    if (!next) {
      location.reload();
      return;
    }
    part.replaceChildren(...next.childNodes);
  } catch {
    // No network for a moment: the next look will tell.
  }
  setTimeout(look, 2000);
}

if (part) setTimeout(look, 2000);
