// The lecturer's screen: the code renews and the list fills by itself; without this script the page reloads.
const hall = document.getElementById("hall");

async function renew() {
  if (!hall || document.hidden || hall.contains(document.activeElement)) return;
  const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
  if (!answer || !answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("hall");
  if (page) hall.replaceChildren(...page.childNodes);
}

if (hall) setInterval(renew, (Number(hall.dataset.renews) || 20) * 500);
