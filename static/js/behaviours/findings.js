// Findings: buttons that show only some severities, places and fixes that speak to the editor of the page.
import { announce } from "../say.js";

export function attach(list) {
  const buttons = [...list.querySelectorAll("[data-filter] [data-severity]")];
  const items = [...list.querySelectorAll(".finding")];
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const isOn = button.getAttribute("aria-pressed") !== "true";
      buttons.forEach((other) => other.setAttribute("aria-pressed", String(isOn && other === button)));
      items.forEach((item) => { item.hidden = isOn && item.dataset.severity !== button.dataset.severity; });
      announce(String(items.filter((item) => !item.hidden).length));
    });
  }
  for (const fix of list.querySelectorAll("[data-fix]")) {
    if (fix.dataset.fix && document.querySelector("[data-json-editor]")) fix.hidden = false;
  }
  list.addEventListener("click", (event) => {
    const place = event.target.closest("[data-place]");
    const fix = event.target.closest("[data-fix]");
    const detail = place ? { line: Number(place.dataset.line), column: Number(place.dataset.column) } : fix && { edits: JSON.parse(fix.dataset.fix) };
    if (!detail) return;
    const editor = document.querySelector("[data-json-editor]");
    if (!editor) return;
    event.preventDefault();
    editor.dispatchEvent(new CustomEvent(place ? "editor:go" : "editor:edit", { detail }));
  });
}
