import { typedInto } from "../say.js";

// A form that asks before one leaves with changes. Sending it is no leaving.
export function attach(form) {
  const state = () => JSON.stringify(typedInto(form).filter(([name, value]) => name !== "csrfmiddlewaretoken" && !(value instanceof File)));
  let saved;
  // Behaviours that build controls from fields have done so by then.
  setTimeout(() => { saved ??= state(); }, 500);
  let isLeaving = false;
  form.addEventListener("submit", () => { isLeaving = true; });
  form.addEventListener("unsaved:saved", () => { saved = state(); });
  window.addEventListener("pageshow", () => { isLeaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && form.isConnected && saved !== undefined && state() !== saved) event.preventDefault();
  });
}
