// A secret that is shown once: leaving the page asks, until "I have stored it" is pressed.
export function attach(secret) {
  let isStored = false;
  document.querySelector("[data-stored]")?.addEventListener("click", () => { isStored = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!isStored && secret.isConnected) event.preventDefault();
  });
}
