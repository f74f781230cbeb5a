// The moments editor: the keyboard, the rows, pasting, and the figures beside what one types.
//
// The page works without it. The server reads, counts and words everything; this only sends what is typed and puts
// the answer where it belongs. Nothing here touches a cell that someone is writing in.

import { answersPost, drop, read } from "../../ui/js/kept.js";
import "./explain.js";
import { patch } from "./patch.js";

const WAIT = 150;
const LONGEST_RECOVERY = 5000;
const SCRIPT = { "X-Egenmakt-Editor": "1" };
const MAIN = ["text", "need", "minutes", "times", "per", "assistants", "intimate", "self_care", "met"];
const NOT_COUNTED = new Set(["met_by", "reason", "library", "pasted"]);

class Editor {
  constructor(form) {
    this.form = form;
    this.body = form.querySelector("[data-rows]");
    this.blank = form.querySelector("[data-blank]");
    this.undoButton = form.querySelector("[data-undo]");
    this.spoken = form.querySelector("[data-say]");
    this.past = [];
    this.entry = "text";
    this.timer = 0;
    this.sayTimer = 0;
    this.asked = 0;
    this.answered = 0;
    this.counted = this.toCount();
    this.next = 1 + Math.max(0, ...this.keys().map((key) => Number(key.slice(1))));
    form.addEventListener("input", (event) => this.typed(event));
    form.addEventListener("change", (event) => this.typed(event));
    form.addEventListener("focusout", () => setTimeout(() => this.showErrors()));
    form.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("keydown", (event) => this.saveKey(event)); // also from what is told above the table
    form.addEventListener("click", (event) => this.clicked(event));
    form.addEventListener("pointerdown", (event) => { this.entry = event.target.dataset?.field || this.entry; });
    form.addEventListener("paste", (event) => this.pasted(event));
    form.addEventListener("submit", (event) => this.submitted(event));
    this.errors = {};
    this.observe();
    if (form.dataset.focus) this.cell(this.row(form.dataset.focus), "text")?.focus();
    this.recover().then(() => this.autosave());
  }

  // Rows and cells

  rows() { return [...this.body.children]; }
  keys() { return this.rows().map((row) => row.dataset.row); }
  row(key) { return this.body.querySelector(`[data-row="${CSS.escape(key)}"]`); }
  there() { return this.rows().filter((row) => !this.isGone(row)); }
  isGone(row) { return row.querySelector("[data-gone]").value === "1"; }
  cell(row, field) { return row?.querySelector(`[data-field="${field}"]`); }
  rowOf(element) { return element.closest?.("[data-row]"); }

  value(row, field) {
    const control = this.cell(row, field);
    return control.type === "checkbox" ? (control.checked ? "1" : "") : control.value;
  }

  write(row, field, value) {
    const control = this.cell(row, field);
    if (!control) return;
    if (control.type === "checkbox") { control.checked = value === "1"; return; }
    if (control.tagName === "SELECT" && ![...control.options].some((option) => option.value === value)) control.add(new Option(value, value));
    control.value = value;
  }

  values(row) {
    return Object.fromEntries([...row.querySelectorAll("[data-field]")].map((control) => [control.dataset.field, this.value(row, control.dataset.field)]));
  }

  isEmpty(row) {
    const fresh = { times: "1", per: "day", assistants: "1" };
    return Object.entries(this.values(row)).every(([field, value]) => value.trim() === "" || value === fresh[field]);
  }

  make(values = {}) {
    const key = `n${this.next++}`;
    const holder = document.createElement("tbody");
    holder.innerHTML = this.blank.innerHTML.replaceAll("__key__", key);
    const row = holder.firstElementChild;
    for (const [field, value] of Object.entries(values)) this.write(row, field, value);
    return row;
  }

  add(values = {}, after = null) {
    if (this.rows().length >= Number(this.form.dataset.mostRows)) { this.say(this.form.dataset.sayFull); return null; }
    const row = this.make(values);
    if (after) after.after(row); else this.body.append(row);
    return row;
  }

  renumber() {
    this.there().forEach((row, place) => { row.querySelector("[data-number]").textContent = String(place + 1); });
  }

  changed() {
    this.renumber();
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // What can be undone: rows added, moved, taken away or filled by pasting

  remember() {
    this.past.push(this.rows().map((row) => ({ row, gone: this.isGone(row), values: this.values(row) })));
    if (this.past.length > 30) this.past.shift();
    this.undoButton.hidden = false;
  }

  undo() {
    const before = this.past.pop();
    this.undoButton.hidden = this.past.length === 0;
    if (!before) return;
    this.body.replaceChildren(...before.map(({ row }) => row));
    for (const { row, gone, values } of before) {
      for (const [field, value] of Object.entries(values)) this.write(row, field, value);
      this.setGone(row, gone);
    }
    this.say(this.form.dataset.sayUndone);
    this.changed();
  }

  setGone(row, gone) {
    row.querySelector("[data-gone]").value = gone ? "1" : "";
    row.classList.toggle("m-row--gone", gone);
    if (gone) row.querySelector("[data-gone-name]").textContent = this.value(row, "text") || row.querySelector("[data-number]").textContent;
  }

  act(what, row) {
    if (what === "add") this.go(this.add(), "text");
    if (what === "library") return this.fromLibrary();
    if (what === "paste") return this.fromBox();
    if (!row) return this.changed();
    const focused = document.activeElement;
    if (what === "up" || what === "down") {
      const neighbour = what === "up" ? row.previousElementSibling : row.nextElementSibling;
      if (!neighbour) return;
      this.remember();
      if (what === "up") neighbour.before(row); else neighbour.after(row);
      focused?.focus();
      row.scrollIntoView({ block: "nearest" });
    }
    if (what === "duplicate") {
      this.remember();
      this.go(this.add(this.values(row), row), "text");
    }
    if (what === "delete") {
      const others = this.there();
      const near = others[others.indexOf(row) + 1] || others[others.indexOf(row) - 1];
      this.remember();
      this.setGone(row, true);
      row.querySelector("[data-more]").open = false;
      if (near) this.go(near, this.entry); else row.querySelector('[data-act="undo"]').focus();
      this.say(this.form.dataset.sayDeleted);
    }
    if (what === "undo") {
      this.setGone(row, false);
      this.go(row, "text");
    }
    this.changed();
  }

  fromLibrary() {
    const chosen = [...this.form.querySelectorAll('[name="library"]:checked')];
    if (!chosen.length) return;
    this.remember();
    this.dropEmptyEnd();
    const added = chosen.map((box) => this.add({ text: box.dataset.text, need: box.dataset.need, per: box.dataset.per, times: "" })).filter(Boolean);
    for (const box of chosen) box.checked = false;
    this.changed();
    this.go(added[0], "minutes");
  }

  dropEmptyEnd() {
    for (let last = this.body.lastElementChild; last && !this.isGone(last) && this.isEmpty(last); last = this.body.lastElementChild) last.remove();
  }

  // The keyboard

  go(row, field) {
    const control = this.cell(row, field) || this.cell(row, "text");
    if (!control) return;
    control.focus();
    if (control.tagName === "INPUT") control.select();
  }

  saveKey(event) {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    this.form.querySelector("[data-save]").click();
  }

  key(event) {
    const row = this.rowOf(event.target);
    const field = event.target.dataset?.field;
    if (!row || !MAIN.includes(field) || event.isComposing) return;
    const rows = this.there();
    const place = rows.indexOf(row);
    const select = event.target.tagName === "SELECT";
    if (event.key === "Enter" && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      const next = rows[place + (event.shiftKey ? -1 : 1)];
      if (next) this.go(next, this.entry);
      else if (!event.shiftKey && !this.isEmpty(row)) { this.entry = "text"; this.go(this.add(), "text"); this.changed(); }
    } else if (event.altKey && !select && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      this.act(event.key === "ArrowUp" ? "up" : "down", row);
    } else if (!select && !event.altKey && !event.ctrlKey && !event.shiftKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      if (field === "text" && !this.atEdge(event.target, event.key)) return;
      const next = rows[place + (event.key === "ArrowUp" ? -1 : 1)];
      if (next) { event.preventDefault(); this.go(next, field); }
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d") {
      event.preventDefault();
      this.act("duplicate", row);
    } else if (event.altKey && event.key === "Delete") {
      event.preventDefault();
      this.act("delete", row);
    } else if (event.key === "Tab" && !event.shiftKey && field === "text") this.entry = "text";
  }

  // In a text of several lines the arrows move within it until the first or last line.
  atEdge(text, key) {
    if (text.scrollHeight < 2.6 * parseFloat(getComputedStyle(text).fontSize)) return true;
    return key === "ArrowUp" ? text.selectionEnd === 0 : text.selectionStart === text.value.length;
  }

  clicked(event) {
    if (event.target.closest("[data-undo]")) { this.undo(); return; }
    const button = event.target.closest("[data-act]");
    if (!button) return;
    event.preventDefault();
    this.act(button.dataset.act, this.rowOf(button));
  }

  // Pasting rows from a spreadsheet: the server reads them, here they fill cells from the one in focus and on

  async pasted(event) {
    const text = event.clipboardData?.getData("text/plain") || "";
    const row = this.rowOf(event.target);
    const field = event.target.dataset?.field;
    if (!row || !MAIN.includes(field) || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    await this.fill(text, field, row);
  }

  async fromBox() {
    const box = this.form.querySelector('[name="pasted"]');
    if (!box.value.trim()) { box.focus(); return; }
    this.dropEmptyEnd();
    if (await this.fill(box.value, "text", null)) box.value = "";
  }

  async fill(text, column, from) {
    const body = new URLSearchParams({ text, column, csrfmiddlewaretoken: this.token() });
    let read;
    try {
      const answer = await fetch(this.form.dataset.pastedUrl, { method: "POST", body, headers: SCRIPT });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      read = (await answer.json()).rows;
    } catch {
      this.say(this.form.dataset.sayLost);
      return false;
    }
    if (!read.length) return false;
    this.remember();
    let row = from;
    let first = null;
    for (const values of read) {
      row = row || this.add();
      if (!row) break;
      for (const [field, value] of Object.entries(values)) this.write(row, field, value);
      first = first || row;
      const rows = this.there();
      row = rows[rows.indexOf(row) + 1] || null;
    }
    this.changed();
    this.go(first, column);
    this.say(`${read.length} ${this.form.dataset.sayPasted}`);
    return true;
  }

  // Counting

  token() { return this.form.querySelector("[name=csrfmiddlewaretoken]").value; }

  toCount() {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      const field = name.split("-").pop();
      if (value !== "" && !NOT_COUNTED.has(field) && name !== "csrfmiddlewaretoken") data.append(name, value);
    }
    return data.toString();
  }

  // What the rows show already, so that only what differs comes back.
  shown() {
    return this.rows().map((row) => [`had-${row.dataset.row}`, document.getElementById(`result-${row.dataset.row}`).dataset.digest || ""]);
  }

  typed(event) {
    const target = event.target;
    if (event.isTrusted && target.dataset?.field) this.past.length && (this.undoButton.hidden = false);
    if (target.dataset?.field === "self_care" && target.value === "assessed") {
      const row = this.rowOf(target);
      if (!this.value(row, "assessed")) row.querySelector("[data-more]").open = true;
    }
    if (target.dataset?.field === "tube" && target.checked) this.write(this.rowOf(target), "need", "meals");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.count(), WAIT);
  }

  async count() {
    const asking = this.toCount();
    if (asking === this.counted) return;
    this.counted = asking;
    const number = ++this.asked;
    try {
      const body = new URLSearchParams(asking);
      for (const [name, digest] of this.shown()) body.set(name, digest);
      body.set("csrfmiddlewaretoken", this.token());
      const answer = await fetch(this.form.dataset.countUrl, { method: "POST", headers: SCRIPT, body });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const found = await answer.json();
      if (number > this.answered) { this.answered = number; this.show(found); }
    } catch {
      this.counted = "";
      this.say(this.form.dataset.sayLost);
    }
  }

  show({ pieces, errors, say }) {
    const page = new DOMParser().parseFromString(pieces, "text/html");
    for (const piece of page.querySelectorAll("[data-piece]")) {
      const target = document.getElementById(piece.dataset.piece);
      if (!target) continue;
      if (target.innerHTML !== piece.innerHTML) patch(target, piece);
      if (piece.dataset.digest) target.dataset.digest = piece.dataset.digest;
    }
    this.errors = errors;
    this.showErrors();
    this.say(say);
  }

  // Errors show at their cells, but never at the one somebody is writing in.
  showErrors() {
    for (const control of this.form.querySelectorAll("[aria-invalid]")) if (!(control.id in this.errors) && this.answered) this.setError(control, "");
    for (const [id, text] of Object.entries(this.errors)) {
      const control = document.getElementById(id);
      if (control && control !== document.activeElement) this.setError(control, text);
    }
  }

  setError(control, text) {
    const id = `${control.id}-fel`;
    let place = document.getElementById(id);
    if (!text) {
      control.removeAttribute("aria-invalid");
      control.removeAttribute("aria-describedby");
      place?.remove();
      return;
    }
    if (!place) {
      place = document.createElement("p");
      place.className = "m-error";
      place.id = id;
      (control.closest(".m-head__control") || control).after(place);
    }
    if (place.textContent !== text) place.textContent = text;
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", id);
    const more = control.closest("[data-more]");
    if (more) more.open = true;
  }

  say(text) {
    clearTimeout(this.sayTimer);
    this.sayTimer = setTimeout(() => { if (this.spoken.textContent !== text) this.spoken.textContent = text; }, 700);
  }

  // Saving where one is; with errors or a conflict the whole page comes, with everything that was typed in it

  async submitted(event) {
    const button = event.submitter;
    if (button?.value !== "save" || this.letThrough) return;
    event.preventDefault();
    if (this.saving) return;
    this.saving = true;
    const kept = this.form.autosave;
    if (kept) kept.held = true;
    await kept?.settled();
    kept?.leaving();
    const body = new URLSearchParams(new FormData(this.form));
    body.set("do", "save");
    let answer = null;
    try {
      answer = await fetch(this.form.action, { method: "POST", body, headers: SCRIPT, redirect: "manual" });
      if (answer.ok) this.savedNow(await answer.json(), kept?.posted);
    } catch {
      if (kept) kept.posted = null;
      kept?.keepHere("offline"); // sent again when the network is back; the page stays
    } finally {
      if (kept) kept.held = false;
      this.saving = false;
    }
    if (!answer || answer.ok) return;
    this.letThrough = true;
    this.form.requestSubmit(button);
  }

  // What is typed while the answer is on its way is not saved with the rest.
  savedNow(found, posted) {
    const kept = this.form.autosave;
    const typedSince = kept ? kept.text() !== posted : false;
    for (const row of this.rows()) if (this.isGone(row)) row.remove();
    for (const [key, id] of Object.entries(found.ids)) {
      const row = this.row(key);
      if (row) row.querySelector("[data-id]").value = id;
    }
    this.past = [];
    this.undoButton.hidden = true;
    this.form.dataset.version = String(found.version);
    this.form.querySelector("[data-sheet-version]").value = String(found.version);
    document.querySelector(".e-summary[data-error-summary]")?.remove();
    document.querySelector("[data-recovered]")?.remove();
    this.counted = this.toCount();
    this.answered = ++this.asked;
    this.show(found);
    const next = this.form.querySelector("[data-next]");
    next.innerHTML = found.next;
    next.hidden = !next.querySelector("a");
    if (!kept) return;
    kept.dropOwn();
    kept.revision = 0;
    kept.posted = null;
    kept.sent = typedSince ? posted : kept.text();
    if (typedSince) kept.later();
    kept.state.textContent = `${kept.state.dataset.whole} ${found.saved}`;
    kept.state.classList.remove("e-saved--offline");
  }

  // Drafts: the common autosave, begun when the rows are in place. What only this computer has kept is sent first.

  async recover() {
    const key = this.form.dataset.draftKey;
    const copy = answersPost() ? null : read(key);
    if (!copy?.fields) return;
    const data = new FormData();
    for (const [field, value] of copy.fields) data.append(field, value);
    data.set("_key", key);
    data.set("_version", copy.version);
    data.set("csrfmiddlewaretoken", this.token());
    this.form.inert = true; // nobody writes in a page that is about to be loaded anew
    try {
      const answer = await fetch(this.form.dataset.autosaveUrl, { method: "POST", body: data, signal: AbortSignal.timeout(LONGEST_RECOVERY) });
      if (answer.ok && !answer.redirected) {
        drop(key);
        location.reload();
        await new Promise(() => {}); // the page is on its way out
      }
    } catch { /* still offline: the copy stays */ }
    this.form.inert = false;
  }

  autosave() {
    this.form.dataset.autosave = this.form.dataset.draftKey;
    document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: this.form } }));
  }

  // The rows keep clear of the panel, however high it is.
  observe() {
    const panel = this.form.querySelector(".m-panel");
    new ResizeObserver(() => {
      const fixed = getComputedStyle(panel).position === "sticky";
      document.documentElement.style.setProperty("--m-panel-height", fixed ? `${panel.offsetHeight}px` : "1rem");
    }).observe(panel);
  }
}

for (const form of document.querySelectorAll("[data-editor]")) form.editor = new Editor(form);
