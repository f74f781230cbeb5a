// Small things that every page may have. Each works on its own; the page works without all of them.

const find = (selector, root = document) => [...root.querySelectorAll(selector)];

// Things that only do something with a script are hidden until there is one.
function revealScriptOnly(root) {
  for (const element of find("[data-script-only], [data-copy-table], [data-copy-text], [data-date-for]", root)) element.hidden = false;
}

// After a save that was refused, the summary of errors gets the focus.
function focusErrorSummary(root) {
  const summary = root.querySelector("[data-error-summary]");
  if (summary) summary.focus();
}

// Dialogs: the native one traps focus; it is given back to what opened it.
function openDialog(dialog, opener) {
  if (!dialog || dialog.open) return;
  dialog.addEventListener("close", () => opener?.focus(), { once: true });
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    const menu = opener.closest("details[data-menu]");
    if (menu) menu.open = false;
    openDialog(document.getElementById(opener.dataset.opens), menu ? menu.querySelector("summary") : opener);
    return;
  }
  if (event.target.matches("dialog.e-dialog")) event.target.close(); // the backdrop
  const closed = event.target.closest("[data-closed]");
  if (closed) event.preventDefault();
  for (const menu of find("details[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of find("details[data-menu][open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A date is a text; the button opens the browser's own calendar and writes what was chosen into the text.
const ISO = /^(\d{4})-?(\d{2})-?(\d{2})$/;
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-date-for]");
  if (!button) return;
  const text = document.getElementById(button.dataset.dateFor);
  let native = button.querySelector("input");
  if (!native) {
    native = document.createElement("input");
    native.type = "date";
    native.tabIndex = -1;
    native.className = "e-date__native";
    native.setAttribute("aria-hidden", "true");
    native.addEventListener("change", () => {
      text.value = native.value;
      text.dispatchEvent(new Event("input", { bubbles: true }));
      text.dispatchEvent(new Event("change", { bubbles: true }));
      text.focus();
    });
    button.append(native);
  }
  const read = ISO.exec(text.value.trim());
  native.value = read ? `${read[1]}-${read[2]}-${read[3]}` : "";
  native.showPicker();
});

// Copying: a table as tab-separated text, so that it can be pasted in a spreadsheet.
function tableAsText(table) {
  const rows = [...table.rows].map((row) => [...row.cells].map((cell) => cellText(cell)).join("\t"));
  return rows.join("\n");
}
function cellText(cell) {
  const copy = cell.cloneNode(true);
  for (const hidden of find(".e-visually-hidden, svg, .e-reason__text", copy)) hidden.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy-table], [data-copy-text]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copyTable || button.dataset.copyText);
  const text = button.dataset.copyTable ? tableAsText(source) : source.innerText;
  await navigator.clipboard.writeText(text);
  const label = button.querySelector("[data-label]");
  const before = label.textContent;
  label.textContent = button.dataset.done;
  setTimeout(() => { label.textContent = before; }, 2000);
});

// On paper every explanation is unfolded, also where the browser's own way is missing.
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = find("[data-tree] details:not([open]), .e-picture__table:not([open])");
  for (const one of unfolded) one.open = true;
});
addEventListener("afterprint", () => {
  for (const one of unfolded) one.open = false;
});

// On a phone the steps of a case are a row; the one that is open is brought into view.
function showCurrentStep(root) {
  const step = root.querySelector(".e-side .e-task--current");
  const row = step?.closest("ol");
  if (row && row.scrollWidth > row.clientWidth) row.scrollLeft = step.offsetLeft - row.offsetLeft - 16;
}

function prepare(root) {
  showCurrentStep(root);
  revealScriptOnly(root);
  focusErrorSummary(root);
}
prepare(document);
document.addEventListener("htmx:load", (event) => prepare(event.detail.elt.parentNode || event.detail.elt));
