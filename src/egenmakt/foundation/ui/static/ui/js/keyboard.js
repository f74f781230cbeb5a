// Keys: / search, n next step, ? help, and what links ask for with data-shortcut="g m". Silent while someone writes.

const PAUSE = 1200;
let before = "";
let timer = 0;

const writing = (element) =>
  element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) || element.closest("dialog[open]");

function help() {
  const dialog = document.querySelector("[data-keyboard-help]");
  const list = dialog?.querySelector("[data-keys]");
  if (!dialog || dialog.open) return;
  for (const old of list.querySelectorAll("[data-added]")) old.remove();
  for (const one of document.querySelectorAll("[data-shortcut]")) {
    const row = document.createElement("div");
    row.dataset.added = "";
    const keys = document.createElement("dt");
    for (const key of one.dataset.shortcut.split(" ")) {
      const sign = document.createElement("kbd");
      sign.textContent = key;
      keys.append(sign, " ");
    }
    const label = document.createElement("dd");
    label.textContent = one.dataset.shortcutLabel || one.textContent.trim();
    row.append(keys, label);
    list.append(row);
  }
  const opener = document.activeElement;
  dialog.addEventListener("close", () => opener?.focus?.(), { once: true });
  dialog.showModal();
}

function go(element) {
  if (element.matches("input, textarea, select")) element.focus();
  else element.click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || writing(event.target)) return;
  const key = event.key;
  const sequence = before ? `${before} ${key}` : key;
  clearTimeout(timer);
  before = "";
  const asked = [...document.querySelectorAll("[data-shortcut]")];
  const target = asked.find((one) => one.dataset.shortcut === sequence);
  if (target) {
    event.preventDefault();
    go(target);
  } else if (key === "/") {
    const search = document.querySelector("[data-search]");
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  } else if (key === "?") {
    event.preventDefault();
    help();
  } else if (key === "n" && document.querySelector("[data-next-step]")) {
    event.preventDefault();
    go(document.querySelector("[data-next-step]"));
  } else if (asked.some((one) => one.dataset.shortcut.startsWith(`${key} `))) {
    before = key;
    timer = setTimeout(() => { before = ""; }, PAUSE);
  }
});
