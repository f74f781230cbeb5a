// Copies of forms that only this computer has, until the server is known to have the text.
//
// A copy has an id. The id goes along when its form is sent, and the page that comes after a save names it; only then is
// the copy taken away. Without that answer nobody knows: the server may be dead, or ask for a password first.
// Each user has copies of her own, also where several share a computer.

const PREFIX = `egenmakt.utkast.${document.documentElement.dataset.user || ""}.`;

export function read(key) {
  const raw = localStorage.getItem(PREFIX + key);
  try {
    return raw && JSON.parse(raw);
  } catch {
    drop(key);
    return null;
  }
}

// Throws when the disk is full or closed.
export function keep(key, copy) {
  localStorage.setItem(PREFIX + key, JSON.stringify(copy));
}

export const newId = () => [...crypto.getRandomValues(new Uint32Array(4))].map((number) => number.toString(36)).join("");

export function drop(key) {
  localStorage.removeItem(PREFIX + key);
}

// The page is the answer to a form that was sent: to load it anew would be to send that form again, unasked.
export const answersPost = () => "answersPost" in document.documentElement.dataset;

function dropSaved() {
  const saved = new Set((document.documentElement.dataset.savedCopies || "").split(" ").filter(Boolean));
  if (!saved.size) return;
  const keys = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
  for (const key of keys) if (saved.has(read(key)?.id)) drop(key);
}
dropSaved();
