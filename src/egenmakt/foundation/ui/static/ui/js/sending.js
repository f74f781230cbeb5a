// What is sent is sent once, and after everything that is being saved.
//
// A second click sends nothing. A draft on its way arrives before the form does; else it would come after the form was
// saved, and bring back as unsaved what just was saved. The form is marked data-sending until the answer is here.

const AGAIN = 10_000; // by then the answer is here, or someone has stopped it and may press again

const autosaves = () => [...document.querySelectorAll("form[data-autosave]")].map((form) => form.autosave).filter(Boolean);

function isSentFromHere({ target: form, submitter }) {
  const method = submitter?.getAttribute("formmethod") || form.getAttribute("method") || "get";
  const target = submitter?.getAttribute("formtarget") || form.getAttribute("target") || "_self";
  return method.toLowerCase() === "post" && target === "_self";
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !isSentFromHere(event)) return;
  if ("sending" in form.dataset) { event.preventDefault(); return; }
  form.dataset.sending = "";
  const running = autosaves().filter((one) => one.running);
  if (running.length) {
    event.preventDefault();
    Promise.all(running.map((one) => one.settled())).then(() => {
      delete form.dataset.sending;
      form.requestSubmit(event.submitter?.isConnected ? event.submitter : undefined);
    });
    return;
  }
  form.autosave?.leaving();
  setTimeout(() => { delete form.dataset.sending; }, AGAIN);
});

addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
});
