// Looks at a form as one types, and puts what would help beside it. The form says where to ask (data-advice); what is typed is sent
// as a form is, so it stands in no address, and nothing of it is kept. Without this a button of the form asks the same.

const pause = 600; // milliseconds after the last letter

/** @param {Document} page */
export function advice(page) {
  const form = page.querySelector("form[data-advice]");
  const place = page.getElementById("advice");
  if (!(form instanceof HTMLFormElement) || !place) return;
  let turn = 0;
  const look = async () => {
    const mine = ++turn;
    await new Promise((resume) => setTimeout(resume, pause));
    if (mine !== turn) return;
    const answer = await ask(form);
    const fresh = answer?.getElementById("advice");
    if (mine !== turn || !fresh || fresh.textContent === place.textContent) return;
    place.replaceChildren(...[...fresh.children].map((child) => page.importNode(child, true)));
  };
  form.addEventListener("input", look);
  form.addEventListener("change", look);
}

/** The browser parses the page that comes back: no text becomes HTML here. @param {HTMLFormElement} form @returns {Promise<Document | null>} */
function ask(form) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.responseType = "document";
    request.addEventListener("loadend", () => resolve(request.status === 200 ? request.responseXML : null));
    request.open("POST", form.dataset.advice ?? "");
    request.send(new URLSearchParams(/** @type {any} */ (new FormData(form))));
  });
}
