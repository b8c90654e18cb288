// A form whose result is shown while one types. HTMX does the asking (hx-trigger with delay:400ms, hx-sync="this:replace");
// this keeps the last good result in sight, says politely and once that it is new, and tries again when one is back online.
import { announce } from "../say.js";

const QUIET_MS = 1200;

export function attach(form) {
  const target = document.querySelector(form.getAttribute("hx-target"));
  const status = document.querySelector(form.dataset.livePreview || "#none");
  let timer;
  let hasFailed = false;

  function say(text) {
    clearTimeout(timer);
    timer = setTimeout(() => { if (text) announce(text); }, QUIET_MS);
  }

  function mark(kind) {
    target?.toggleAttribute("data-outdated", kind !== "");
    if (!status) return;
    status.hidden = kind === "";
    status.textContent = kind ? status.dataset[kind] : "";
  }

  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form || event.detail.xhr?.status === 0) return;
    hasFailed = !event.detail.successful && event.detail.xhr.status !== 422;
    mark(hasFailed ? "failed" : "");
    if (!hasFailed) say(target?.querySelector("[data-announce]")?.dataset.announce ?? "");
  });
  form.addEventListener("htmx:sendError", () => { hasFailed = true; mark("offline"); });
  form.addEventListener("htmx:timeout", () => { hasFailed = true; mark("failed"); });
  window.addEventListener("online", () => {
    if (hasFailed && form.isConnected) form.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
