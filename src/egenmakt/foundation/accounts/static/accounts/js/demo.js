// The demo's accounts: a click fills in the address, and moves to the password.

const form = document.getElementById("logga-in");

for (const button of document.querySelectorAll("[data-demo-email]")) {
  button.addEventListener("click", () => {
    form.elements.login.value = button.dataset.demoEmail;
    form.elements.password.focus();
  });
}
