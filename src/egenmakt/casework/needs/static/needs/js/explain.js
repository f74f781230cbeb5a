// A figure opens its explanation in a dialog. Without this script it opens in a tab of its own.

export async function explain(button) {
  const dialog = document.getElementById("m-forklaring");
  const place = dialog.querySelector("[data-explanation]");
  const form = button.form;
  const data = new FormData(form);
  data.set("what", button.value);
  const post = form.method === "post";
  const url = button.formAction + (post ? "" : `?${new URLSearchParams(data)}`);
  try {
    const answer = await fetch(url, { method: post ? "POST" : "GET", headers: { "X-Egenmakt-Editor": "1" }, body: post ? new URLSearchParams(data) : null });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    place.replaceChildren(...page.body.childNodes);
  } catch {
    form.requestSubmit(button); // the whole page instead, in a tab of its own
    return;
  }
  if (dialog.open) return;
  dialog.addEventListener("close", () => document.contains(button) && button.focus(), { once: true });
  dialog.showModal();
  dialog.scrollTop = 0;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-explain]");
  if (!button || event.ctrlKey || event.metaKey || event.shiftKey || !document.getElementById("m-forklaring")) return;
  event.preventDefault();
  explain(button);
});
