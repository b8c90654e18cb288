// Keys from the page itself: whatever carries data-shortcut ("n", "g p", "/") is clicked, or gets the focus when it is
// a field. The list under "?" is made from the same elements. No shortcut approves, releases or deletes.
import { isTyping } from "../say.js";

const PAUSE_MS = 1200;
let started = "";
let timer;

const fits = (element) => element.checkVisibility?.() !== false || element.closest(".menu, .nav");
const withShortcut = () => [...document.querySelectorAll("[data-shortcut]")].filter(fits);

export function attach() {
  document.querySelectorAll("[data-shortcut]").forEach((element) => element.setAttribute("aria-keyshortcuts", element.dataset.shortcut));
  document.addEventListener("keydown", onKey);
  document.getElementById("keyboard")?.addEventListener("toggle", list);
  document.querySelector('[data-dialog="keyboard"]')?.addEventListener("click", list);
}

function onKey(event) {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && isTyping(event)) {
    event.target.closest("form")?.requestSubmit();
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    const save = document.querySelector("[data-save]");
    if (save) { event.preventDefault(); save.click(); }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
  if (document.documentElement.dataset.singleKeys === "off" || document.querySelector("dialog[open]")) return;
  const keys = started ? `${started} ${event.key}` : event.key;
  const found = withShortcut();
  const element = found.find((each) => each.dataset.shortcut === keys) ?? found.find((each) => each.dataset.shortcut === event.key);
  clearTimeout(timer);
  started = "";
  if (element) {
    event.preventDefault();
    if (element.matches("input, textarea, select")) element.focus();
    else element.click();
  } else if (found.some((each) => each.dataset.shortcut.startsWith(`${event.key} `))) {
    started = event.key;
    timer = setTimeout(() => { started = ""; }, PAUSE_MS);
  }
}

function list() {
  const place = document.getElementById("shortcut-list");
  const fixed = [["Ctrl K", document.getElementById("palette")?.ariaLabel ?? ""]];
  const named = withShortcut().map((each) => [each.dataset.shortcut, each.dataset.shortcutName ?? each.textContent.trim()]);
  place.replaceChildren(...[...fixed, ...named].map(([keys, name]) => {
    const row = document.createElement("div");
    const words = document.createElement("span");
    words.textContent = name;
    const shown = document.createElement("span");
    shown.className = "nowrap";
    keys.split(" ").forEach((key) => {
      const cap = document.createElement("kbd");
      cap.textContent = key;
      shown.append(cap, " ");
    });
    row.append(words, shown);
    return row;
  }));
}
