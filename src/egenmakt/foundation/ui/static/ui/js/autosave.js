// Everything typed in <form data-autosave="KEY"> is kept: on the server as a draft, on this computer when that fails.
//
// 800 ms after the last key, when a field is left, and when the page is closed. "Sparas…" is said only when it takes
// longer than a second. What is kept here is sent again when the network is back, and taken away once it has arrived.
// A page that shows what was sent is never loaded anew, and no page under the hands of someone who writes.

import { answersPost, drop, keep, newId, read } from "./kept.js";

const WAIT = 800;
const SLOW = 1000;
const LONGEST = 3000; // that a form which is sent waits for the saving of its draft
const LONGEST_OFFER = 5000;
const CLOCKS = 1000; // that a browser's two clocks may differ
const LARGEST_KEPT_ALIVE = 60_000; // bytes a browser sends after the page is gone

const arrived = (key) => `egenmakt.framme.${key}`; // the revision the server last had from this tab, and when

class Autosave {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.autosave;
    this.url = form.dataset.autosaveUrl;
    this.revision = Number(form.dataset.revision || 0);
    this.state = form.querySelector("[data-saved-state]");
    this.sent = this.text(); // what the server has as a draft
    this.posted = null; // what went along when the form was sent: known to be saved only by the page that comes then
    this.own = new Set(); // the copies here that hold an earlier state of this very form
    this.timer = 0;
    this.running = null;
    this.again = false;
    this.held = false;
    if (this.cameTooEarly()) { location.reload(); return; }
    form.addEventListener("input", () => this.later());
    form.addEventListener("focusout", (event) => this.left(event.relatedTarget));
    addEventListener("pageshow", (event) => { if (event.persisted) this.cameBack(); });
    addEventListener("pagehide", () => this.last());
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.now(); });
    addEventListener("online", () => this.resend());
    addEventListener("offline", () => { if (this.changed()) this.keepHere("offline"); });
    this.recoverFromHere();
  }

  fields() {
    const data = new FormData(this.form);
    for (const control of this.form.elements) {
      if (control.name && (control.type === "password" || control.type === "file" || "noDraft" in control.dataset)) data.delete(control.name);
    }
    data.delete("csrfmiddlewaretoken");
    data.delete("_copy");
    return data;
  }

  text() {
    return JSON.stringify([...this.fields().entries()]);
  }

  changed() {
    const text = this.text();
    return text !== this.sent && text !== this.posted;
  }

  body(withRevision) {
    const data = this.fields();
    data.set("_key", this.key);
    data.set("_version", this.form.dataset.version || "0");
    if (withRevision) data.set("_revision", String(this.revision));
    data.set("csrfmiddlewaretoken", this.form.querySelector("[name=csrfmiddlewaretoken]").value);
    return data;
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), WAIT);
  }

  // On the way to the form's own button there is nothing to save: all of it is about to be sent.
  left(next) {
    if (next?.type === "submit" && next.form === this.form) this.later();
    else this.now();
  }

  async now() {
    clearTimeout(this.timer);
    if (this.held || !this.changed()) return;
    if (this.running) { this.again = true; return; }
    this.running = this.save();
    await this.running;
    this.running = null;
    if (this.again) { this.again = false; this.later(); }
  }

  async save() {
    const slow = setTimeout(() => this.say("saving"), SLOW);
    const text = this.text();
    this.request = new AbortController();
    try {
      const answer = await fetch(this.url, { method: "POST", body: this.body(true), headers: { Accept: "application/json" }, signal: this.request.signal });
      if (answer.ok && !answer.redirected) {
        const { saved, revision } = await answer.json();
        this.sent = text;
        this.revision = revision;
        this.dropOwn();
        sessionStorage.setItem(arrived(this.key), JSON.stringify({ revision, at: Date.now() }));
        this.say("saved", saved);
      } else if (this.changed()) {
        this.keepHere(answer.status === 409 ? "other" : "failed");
      }
    } catch {
      if (this.changed()) this.keepHere("offline"); // a page on its way out breaks off what it asked for, too
    } finally {
      clearTimeout(slow);
    }
  }

  // Resolves when no save is on its way. One that takes too long is broken off.
  async settled() {
    const limit = setTimeout(() => this.request.abort(), LONGEST);
    await this.running;
    clearTimeout(limit);
  }

  // The form is being sent as it stands. A copy stays here until a page says that it is saved.
  leaving() {
    this.enough();
    const id = newId();
    if (!this.copyHere(id)) return;
    const field = this.form.querySelector("input[name=_copy]") || Object.assign(document.createElement("input"), { type: "hidden", name: "_copy" });
    field.value = id;
    this.form.append(field);
  }

  // Nothing more of this text is to be saved: it is sent, or thrown away.
  enough() {
    clearTimeout(this.timer);
    this.again = false;
    this.posted = this.text();
    sessionStorage.removeItem(arrived(this.key));
  }

  // The browser shows the page again as it was left. If it was saved then, there is nothing to save.
  cameBack() {
    if (this.posted !== null && !this.own.has(read(this.key)?.id)) this.sent = this.posted;
    this.posted = null;
    this.later();
  }

  // The page is being left: no answer can be waited for, so a copy stays here until the next visit confirms it.
  last() {
    if (!this.changed()) return;
    this.keepHere("offline");
    const body = this.body(true);
    if (this.text().length < LARGEST_KEPT_ALIVE) navigator.sendBeacon(this.url, body);
  }

  resend() {
    if (this.changed()) this.now();
  }

  // This page was asked for before a save of the page before it had arrived: what it shows is older than the draft. It is
  // asked for again, but never when it answers what was sent, or when someone has begun to write in it.
  cameTooEarly() {
    const last = JSON.parse(sessionStorage.getItem(arrived(this.key)) || "{}");
    sessionStorage.removeItem(arrived(this.key));
    return last.revision > this.revision && last.at > performance.timeOrigin - CLOCKS && !answersPost() && this.untouched();
  }

  untouched() {
    return [...this.form.elements].every((one) =>
      /^(checkbox|radio)$/.test(one.type) ? one.checked === one.defaultChecked : one.defaultValue === undefined || one.value === one.defaultValue);
  }

  keepHere(why) {
    this.say(this.copyHere(newId()) ? why : "saving"); // the disk is full or closed: say nothing that is not true
  }

  copyHere(id) {
    try {
      keep(this.key, { id, version: this.form.dataset.version || "0", fields: [...this.fields().entries()].filter(([, value]) => typeof value === "string"), at: Date.now() });
      this.own.add(id);
      return true;
    } catch {
      return false;
    }
  }

  // A copy of what another tab has written stays.
  dropOwn() {
    if (this.own.has(read(this.key)?.id)) drop(this.key);
  }

  // A copy kept here that the server never got is put back in the fields and sent. A form that shows what was sent shows
  // what the copy says; there it stays until the text is saved, for the next visit.
  recoverFromHere() {
    const copy = read(this.key);
    if ("posted" in this.form.dataset) { this.own.add(this.form.dataset.posted); return; }
    if (!copy) return;
    if (copy.version !== (this.form.dataset.version || "0")) { this.offer(copy); return; }
    this.own.add(copy.id);
    this.fill(copy.fields);
    if (this.changed()) this.now();
    else drop(this.key);
  }

  fill(fields) {
    const byName = new Map();
    for (const [name, value] of fields) byName.set(name, [...(byName.get(name) || []), value]);
    for (const control of this.form.elements) {
      if (!control.name || control.type === "hidden" || control.type === "password" || control.type === "file") continue;
      const values = byName.get(control.name) || [];
      if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
      else if (control.tagName === "SELECT") for (const option of control.options) option.selected = values.includes(option.value);
      else if (values.length) control.value = values[0];
    }
  }

  // The stored text has moved on since: the copy is sent as a draft on its old version, and the server shows both. Nobody
  // can write in the form meanwhile, for the page is loaded anew. A page that must not be leaves it to the next visit.
  async offer(copy) {
    if (answersPost()) return;
    const data = new FormData();
    for (const [name, value] of copy.fields) data.append(name, value);
    data.set("_key", this.key);
    data.set("_version", copy.version);
    data.set("csrfmiddlewaretoken", this.form.querySelector("[name=csrfmiddlewaretoken]").value);
    this.form.inert = true;
    try {
      const answer = await fetch(this.url, { method: "POST", body: data, signal: AbortSignal.timeout(LONGEST_OFFER) });
      if (answer.ok && !answer.redirected) {
        drop(this.key);
        location.reload();
        return;
      }
    } catch { /* the copy stays */ }
    this.form.inert = false;
  }

  say(what, time = "") {
    if (!this.state) return;
    const bad = what === "offline" || what === "failed" || what === "other";
    this.state.classList.toggle("e-saved--offline", bad);
    this.state.textContent = [this.state.dataset[what], time].filter(Boolean).join(" ");
  }
}

// Throwing away a draft, or keeping what is stored, also takes away the copy here.
document.addEventListener("submit", (event) => {
  const key = event.target.dataset?.discards;
  if (!key) return;
  drop(key);
  for (const form of document.querySelectorAll("form[data-autosave]")) if (form.autosave?.key === key) form.autosave.enough();
}, true);

function start(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) form.autosave ??= new Autosave(form);
}
start(document);
document.addEventListener("htmx:load", (event) => start(event.detail.elt.parentNode || event.detail.elt));
