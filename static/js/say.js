// Says things politely: announcements for assistive technology, toasts that confirm, failures that stay.

export function announce(text) {
  const place = document.getElementById("announcer");
  place.textContent = "";
  requestAnimationFrame(() => { place.textContent = text; });
}

export function report(xhr) {
  const place = document.getElementById("failure");
  const id = xhr?.getResponseHeader("X-Request-ID");
  fail(`${place.dataset.text} (${xhr?.status ?? ""}${id ? `, ${place.dataset.id} ${id}` : ""})`);
}

export function announceState() {
  const place = document.getElementById("failure");
  if (navigator.onLine) {
    place.hidden = true;
    place.textContent = "";
    return;
  }
  fail(place.dataset.offline);
}

export function fail(text) {
  const place = document.getElementById("failure");
  const toast = document.createElement("div");
  toast.className = "toast";
  const words = document.createElement("span");
  words.className = "toast__text";
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button button--small button--icon";
  close.textContent = "×";
  close.ariaLabel = document.querySelector("#toasts [data-dismiss]")?.ariaLabel ?? "OK";
  close.addEventListener("click", () => { place.hidden = true; });
  toast.append(words, close);
  place.replaceChildren(toast);
  place.hidden = false;
}

// The secret against forged requests, as HTMX sends it.
export function csrfHeaders() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
}

export function isTyping(event) {
  const target = event.composedPath()[0];
  return target instanceof Element && Boolean(target.closest("input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]"));
}

// The fields of a form and their values, without those inside data-looks that are as the server sent them.
export function typedInto(form) {
  const untouched = new Set([...form.querySelectorAll("[data-looks] [name]")].filter((field) => !isTouched(field)).map((field) => field.name));
  return [...new FormData(form)].filter(([name]) => !untouched.has(name));
}

function isTouched(field) {
  if (field.type === "hidden") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked && !field.defaultChecked;
  if (field.tagName === "SELECT") return field.selectedOptions.length > 0 && field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
  return field.value !== field.defaultValue;
}
