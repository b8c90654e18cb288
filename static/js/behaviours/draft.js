// Keeps what is typed in this browser until it is saved, and offers it back; says when a second tab edits the same.
// Fields inside data-looks say what is open and shown, and count only once somebody has typed into them.
// data-draft may hold the version of what is edited (an ETag): a draft for another version is offered with a warning.
import { announce, typedInto } from "../say.js";

const KEPT_DAYS = 14;
const WRITE_MS = 600;
const own = Math.random().toString(36).slice(2);

export function attach(form) {
  const key = `draft:${location.pathname}${form.id ? `#${form.id}` : ""}`;
  const bar = form.querySelector("[data-draft-offer]");
  const other = form.querySelector("[data-draft-elsewhere]");
  let timer;
  let isSent = false;

  const read = () => typedInto(form).filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string" && !isSecret(name));
  const isSecret = (name) => form.elements[name]?.type === "password";
  const atStart = JSON.stringify(read());

  function kept() {
    try {
      const draft = JSON.parse(localStorage.getItem(key));
      return draft && Date.now() - draft.at < KEPT_DAYS * 86400000 ? draft : null;
    } catch { return null; }
  }

  function keep() {
    const values = read();
    try {
      if (JSON.stringify(values) === atStart) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify({ at: Date.now(), version: form.dataset.draft, by: own, values }));
    } catch { /* a full or forbidden storage must not stop anybody from typing */ }
  }

  function restore(values) {
    for (const list of form.querySelectorAll("[data-rows]")) list.dispatchEvent(new CustomEvent("rows:read", { detail: values.map(([name]) => name) }));
    const names = new Set([...form.elements].map((field) => field.name).filter((name) => name && name !== "csrfmiddlewaretoken"));
    for (const name of names) {
      const given = values.filter(([each]) => each === name).map(([, value]) => value);
      const fields = form.elements[name] instanceof RadioNodeList ? [...form.elements[name]] : [form.elements[name]];
      fields.forEach((field, index) => {
        if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
        else if (field.type !== "hidden" && field.type !== "password" && field.type !== "submit" && given[index] !== undefined) field.value = given[index];
        field.dispatchEvent(new Event("chips:read"));
        field.dispatchEvent(new Event("editor:read"));
      });
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }

  const draft = kept();
  if (draft && JSON.stringify(draft.values) !== atStart && bar) {
    bar.hidden = false;
    bar.querySelector("time").textContent = new Date(draft.at).toLocaleString(document.documentElement.lang);
    const stale = bar.querySelector("[data-draft-stale]");
    if (stale) stale.hidden = draft.version === form.dataset.draft;
    bar.querySelector("[data-draft-restore]").addEventListener("click", () => { restore(draft.values); bar.hidden = true; });
    bar.querySelector("[data-draft-drop]").addEventListener("click", () => { localStorage.removeItem(key); bar.hidden = true; });
    announce(bar.textContent.trim());
  }

  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, WRITE_MS); });
  form.addEventListener("change", () => { clearTimeout(timer); timer = setTimeout(keep, WRITE_MS); });
  form.addEventListener("submit", () => { isSent = true; keep(); });
  form.addEventListener("draft:saved", () => localStorage.removeItem(key));
  window.addEventListener("pagehide", () => { if (!isSent) keep(); });
  window.addEventListener("storage", (event) => {
    if (event.key !== key || !event.newValue || !other) return;
    other.hidden = JSON.parse(event.newValue).by === own;
  });
}
