// Passkeys and security keys. A form with data-passkey="create | get | login" runs the browser's own ceremony when it
// is sent, and is sent again with the answer in its field `credential`. The options are in the JSON element that
// data-options names; at sign-in they are fetched from where the form is sent.

function supported() {
  return Boolean(
    window.PublicKeyCredential?.parseCreationOptionsFromJSON && window.PublicKeyCredential?.parseRequestOptionsFromJSON,
  );
}

function tell(form, why) {
  const place = form.querySelector("[data-passkey-error]");
  place.textContent = place.dataset[why];
  place.hidden = false;
}

async function options(form) {
  if (form.dataset.passkey === "login") {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new TypeError(`options: ${answer.status}`);
    return (await answer.json()).request_options.publicKey;
  }
  const given = JSON.parse(document.getElementById(form.dataset.options).textContent);
  return (given.creation_options ?? given.request_options).publicKey;
}

async function credential(form) {
  const publicKey = await options(form);
  if (form.dataset.passkey === "create") {
    const alone = form.querySelector("[name=passwordless]")?.checked ?? false;
    publicKey.authenticatorSelection = {
      ...publicKey.authenticatorSelection,
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: alone,
      ...(alone ? { userVerification: "required" } : {}),
    };
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
}

async function run(form) {
  if ("running" in form.dataset) return; // a second press neither disturbs the ceremony nor sends the form again
  form.dataset.running = "";
  try {
    form.querySelector("[name=credential]").value = JSON.stringify((await credential(form)).toJSON());
  } catch (error) {
    const why = { InvalidStateError: "already", TypeError: "unreachable" }[error.name] ?? "refused";
    tell(form, why);
    delete form.dataset.running;
    return;
  }
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = false;
  addEventListener("pageshow", () => { delete form.dataset.running; });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (supported()) run(form);
    else tell(form, "unsupported");
  });
}
