// Brings an element into sight, wherever it is folded away: in the other pane, in another tab, in a closed part.
import { announce } from "./say.js";

export function bringIntoSight(element) {
  const panes = element.closest("[data-panes]");
  const pane = element.closest(".panes__main") ? "main" : element.closest(".panes__side") ? "side" : "";
  if (panes && pane && panes.dataset.shown !== pane) panes.querySelector(`[data-pane="${pane}"]`)?.click();
  for (let panel = element.closest("[data-tab]"); panel; panel = panel.parentElement.closest("[data-tab]")) {
    if (panel.hidden) document.getElementById(`${panel.id}-tab`)?.click();
  }
  for (let part = element.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  element.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

// Into the control of a field: the chip or the check box that holds `entry`, else the first one that can be used.
export function enterField(place, entry) {
  const controls = [...place.querySelectorAll("input, select, textarea, button")].filter((control) => control.checkVisibility() && !control.disabled && control.tabIndex >= 0);
  const holds = (control) => entry && (control.value === entry || control.textContent.trim() === entry);
  const checked = controls.find((control) => control.type === "radio" && control.checked);
  bringIntoSight(place);
  (controls.find(holds) ?? checked ?? controls[0] ?? place).focus({ preventScroll: true });
}

export function enterFinding(id) {
  const finding = document.getElementById(id);
  if (!finding) return false;
  finding.dispatchEvent(new CustomEvent("finding:wanted", { bubbles: true }));
  bringIntoSight(finding);
  finding.focus({ preventScroll: true });
  announce(finding.querySelector(".finding__text")?.textContent ?? "");
  return true;
}
