// Everything typed in <form data-autosave="KEY"> is kept: on the server as a draft, on this computer when that fails.
//
// 800 ms after the last key, when a field is left, and when the page is closed. "Sparas…" is said only when it takes
// longer than a second. What is kept here is sent again when the network is back, and taken away once it has arrived.

const WAIT = 800;
const SLOW = 1000;
const LARGEST_KEPT_ALIVE = 60_000; // bytes a browser sends after the page is gone

const stored = (key) => `egenmakt.utkast.${key}`;
const arrived = (key) => `egenmakt.framme.${key}`; // when the server last had all of it

class Autosave {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.autosave;
    this.url = form.dataset.autosaveUrl;
    this.revision = Number(form.dataset.revision || 0);
    this.state = form.querySelector("[data-saved-state]");
    this.sent = this.text();
    this.timer = 0;
    this.running = false;
    this.again = false;
    this.closing = false;
    if (this.cameTooEarly()) { location.reload(); return; }
    form.addEventListener("input", () => this.later());
    form.addEventListener("focusout", () => this.now());
    form.addEventListener("submit", () => this.submitted());
    addEventListener("pageshow", (event) => { if (event.persisted) { this.closing = false; this.later(); } });
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
    return data;
  }

  text() {
    return JSON.stringify([...this.fields().entries()]);
  }

  changed() {
    return this.text() !== this.sent;
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

  async now() {
    clearTimeout(this.timer);
    if (this.closing || !this.changed()) return;
    if (this.running) { this.again = true; return; }
    this.running = true;
    const slow = setTimeout(() => this.say("saving"), SLOW);
    const text = this.text();
    try {
      const answer = await fetch(this.url, { method: "POST", body: this.body(true), headers: { Accept: "application/json" } });
      if (answer.ok && !answer.redirected) {
        const { saved, revision } = await answer.json();
        this.sent = text;
        this.revision = revision;
        localStorage.removeItem(stored(this.key));
        if (!this.closing) localStorage.setItem(arrived(this.key), String(Date.now()));
        this.say("saved", saved);
      } else {
        this.keepHere(answer.status === 409 ? "other" : "failed");
      }
    } catch {
      this.keepHere("offline");
    } finally {
      clearTimeout(slow);
      this.running = false;
    }
    if (this.again) { this.again = false; this.later(); }
  }

  // A copy is kept until the save is known to have worked: see recoverFromHere.
  submitted() {
    this.closing = true;
    clearTimeout(this.timer);
    const raw = localStorage.getItem(stored(this.key));
    if (raw) localStorage.setItem(stored(this.key), JSON.stringify({ ...JSON.parse(raw), submitted: true }));
  }

  // The page is being left: no answer can be waited for, so a copy stays here until the next visit confirms it.
  last() {
    if (this.closing || !this.changed()) return;
    this.keepHere("offline");
    const body = this.body(true);
    if (this.text().length < LARGEST_KEPT_ALIVE) navigator.sendBeacon(this.url, body);
  }

  resend() {
    if (this.changed()) this.now();
  }

  // This page was asked for before a save of the page before it had arrived: what it shows is older than the draft.
  cameTooEarly() {
    const at = Number(localStorage.getItem(arrived(this.key)) || 0);
    localStorage.removeItem(arrived(this.key));
    return at > performance.timeOrigin && !document.querySelector("[data-error-summary]");
  }

  keepHere(why) {
    try {
      const copy = { version: this.form.dataset.version || "0", fields: [...this.fields().entries()].filter(([, value]) => typeof value === "string"), at: Date.now() };
      localStorage.setItem(stored(this.key), JSON.stringify(copy));
      this.say(why);
    } catch {
      this.say("saving"); // the disk is full or closed: say nothing that is not true
    }
  }

  // A copy kept here that the server never got is put back in the fields and sent.
  recoverFromHere() {
    const raw = localStorage.getItem(stored(this.key));
    if (!raw) return;
    let copy;
    try { copy = JSON.parse(raw); } catch { localStorage.removeItem(stored(this.key)); return; }
    const returned = performance.getEntriesByType("navigation")[0]?.type === "back_forward" || document.querySelector("[data-error-summary]");
    if (copy.submitted && !returned) { localStorage.removeItem(stored(this.key)); return; }
    if (copy.version !== (this.form.dataset.version || "0")) { this.offer(copy); return; }
    this.fill(copy.fields);
    if (this.changed()) this.now();
    else localStorage.removeItem(stored(this.key));
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

  // The stored text has moved on since: the copy is sent as a draft on its old version, and the server shows both.
  offer(copy) {
    const data = new FormData();
    for (const [name, value] of copy.fields) data.append(name, value);
    data.set("_key", this.key);
    data.set("_version", copy.version);
    data.set("csrfmiddlewaretoken", this.form.querySelector("[name=csrfmiddlewaretoken]").value);
    fetch(this.url, { method: "POST", body: data }).then((answer) => {
      if (!answer.ok) return;
      localStorage.removeItem(stored(this.key));
      location.reload();
    }).catch(() => {});
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
  localStorage.removeItem(stored(key));
  for (const form of document.querySelectorAll("form[data-autosave]")) if (form.autosave) form.autosave.closing = true;
}, true);

function start(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) form.autosave ??= new Autosave(form);
}
start(document);
document.addEventListener("htmx:load", (event) => start(event.detail.elt.parentNode || event.detail.elt));
