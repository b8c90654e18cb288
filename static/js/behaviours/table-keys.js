// Rows by keyboard: j and k move, o or Enter opens the row's link, x selects. Off when single keys are off.
import { isTyping } from "../say.js";

let present = null;

document.addEventListener("keydown", (event) => {
  if (!present?.isConnected || isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.documentElement.dataset.singleKeys === "off" || document.querySelector("dialog[open]")) return;
  const rows = [...present.querySelectorAll("tbody tr")];
  const now = rows.findIndex((row) => "current" in row.dataset);
  if (event.key === "j" || event.key === "k") {
    const next = rows[Math.min(rows.length - 1, Math.max(0, now + (event.key === "j" ? 1 : -1)))];
    rows[now]?.removeAttribute("data-current");
    next?.setAttribute("data-current", "");
    next?.querySelector("a[href]")?.focus();
    next?.scrollIntoView({ block: "nearest" });
  } else if (event.key === "o") {
    rows[now]?.querySelector("a[href]")?.click();
  } else if (event.key === "x") {
    rows[now]?.querySelector('input[type="checkbox"]')?.click();
  }
});

export function attach(table) {
  present ??= table;
  if (!present.isConnected) present = table;
  table.addEventListener("focusin", () => { present = table; });
}
