// Findings: filtered and grouped in the page, the choice kept in its address; places, fields and changes are one click away.
import { announce } from "../say.js";
import { bringIntoSight, enterField, enterFinding } from "../sight.js";

const AT_ONCE = 100;
const NAMES = ["severity", "find", "new", "group"];

// An address may name a finding that a tab or a filter hides: when one comes here, and when a link was quicker than a behaviour.
const arrive = () => { if (document.querySelector(".finding:target")) enterFinding(location.hash.slice(1)); };
let hasArrived = false;

export function attach(root) {
  const bar = root.querySelector("[data-filter]");
  if (bar) filter(root, bar);
  if (!hasArrived) {
    hasArrived = true;
    window.addEventListener("hashchange", arrive);
    arrive();
  }
  root.addEventListener("click", (event) => {
    const place = event.target.closest("[data-place]");
    const field = event.target.closest("[data-goes-to]");
    const change = event.target.closest("[data-fix], [data-fix-all]");
    if (change) make(event, change, root);
    else if (place) go(event, place);
    else if (field) {
      const target = document.getElementById(field.dataset.goesTo);
      if (!target) return;
      event.preventDefault();
      enterField(target, field.dataset.entry);
    }
  });
}

function go(event, place) {
  const editor = document.querySelector("[data-json-editor]");
  const line = document.getElementById(place.hash.slice(1));
  if (editor) {
    event.preventDefault();
    bringIntoSight(editor);
    const detail = { line: Number(place.dataset.line), column: Number(place.dataset.column) };
    editor.dispatchEvent(new CustomEvent("editor:go", { detail }));
  } else if (line) bringIntoSight(line);
}

// In the JSON editor changes are made in place, where they can be undone; elsewhere the button sends the form.
async function make(event, button, root) {
  const editor = document.querySelector("[data-json-editor]");
  if (!editor?.editor) return;
  event.preventDefault();
  const text = editor.querySelector("textarea").value;
  if (root.dataset.judged && root.dataset.judged !== String(checksum(text))) {
    announce(root.dataset.outdatedText);
    return;
  }
  if (button.dataset.fix) {
    editor.dispatchEvent(new CustomEvent("editor:edit", { detail: { edits: JSON.parse(button.dataset.fix) } }));
    return;
  }
  const form = button.form;
  // The form has buttons called "action", which hide its property of that name.
  const body = new FormData(form, button);
  button.disabled = true;
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body }).catch(() => null);
  button.disabled = false;
  const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  const changed = page?.getElementById(editor.querySelector("textarea").id)?.value;
  if (changed === undefined) form.requestSubmit(button);
  else editor.dispatchEvent(new CustomEvent("editor:text", { detail: { text: changed } }));
}

// Adler-32, as the server reckons it of the text that it has judged.
function checksum(text) {
  let a = 1;
  let b = 0;
  for (const byte of new TextEncoder().encode(text)) { a = (a + byte) % 65521; b = (b + a) % 65521; }
  return b * 65536 + a;
}

function filter(root, bar) {
  const list = root.querySelector("[data-list]");
  const items = [...list.querySelectorAll(":scope > .finding")];
  const words = items.map((item) => `${item.dataset.code} ${item.querySelector(".finding__text").textContent}`.toLowerCase());
  const grades = [...bar.querySelectorAll("[data-severity]")];
  const onlyNew = bar.querySelector("[data-only-new]");
  const find = bar.querySelector("[data-filter-text]");
  const group = bar.querySelector("[data-group]");
  const shown = bar.querySelector("[data-shown]");
  const none = root.querySelector("[data-none]");
  const more = root.querySelector("[data-more]");
  let most = AT_ONCE;

  const isOn = (button) => button?.getAttribute("aria-pressed") === "true";
  const press = (button, on) => button?.setAttribute("aria-pressed", String(on));

  function read() {
    const query = new URLSearchParams(location.search);
    const chosen = (query.get("severity") ?? "").split(",");
    grades.forEach((button) => press(button, chosen.includes(button.dataset.severity)));
    press(onlyNew, query.get("new") === "yes");
    if (find) find.value = query.get("find") ?? "";
    if (group) group.value = [...group.options].some((option) => option.value === query.get("group")) ? query.get("group") : group.dataset.atFirst || "none";
  }

  function write() {
    const query = new URLSearchParams(location.search);
    const values = [grades.filter(isOn).map((button) => button.dataset.severity).join(","), find?.value.trim(), isOn(onlyNew) ? "yes" : "", group && group.value !== (group.dataset.atFirst || "none") ? group.value : ""];
    NAMES.forEach((name, index) => { if (values[index]) query.set(name, values[index]); else query.delete(name); });
    const text = query.toString();
    history.replaceState(history.state, "", `${location.pathname}${text ? `?${text}` : ""}${location.hash}`);
  }

  function draw() {
    const chosen = grades.filter(isOn).map((button) => button.dataset.severity);
    const wanted = (find?.value ?? "").trim().toLowerCase();
    const fits = items.filter((item, index) => (!chosen.length || chosen.includes(item.dataset.severity))
      && (!isOn(onlyNew) || "new" in item.dataset)
      && (!wanted || words[index].includes(wanted)));
    const ordered = arrange(fits);
    const visible = new Set(ordered.slice(0, most));
    items.forEach((item) => { item.hidden = !visible.has(item); });
    none.hidden = fits.length > 0;
    more.hidden = fits.length <= most;
    if (shown) shown.textContent = fits.length === items.length && more.hidden ? "" : root.dataset.shownText.replace("%n", visible.size).replace("%m", items.length);
  }

  // Puts the items under one heading for each group, in the order of their gravest; gives them as they stand then.
  function arrange(fits) {
    const kind = group?.value;
    list.querySelectorAll(":scope > .findings__group").forEach((heading) => heading.remove());
    if (!kind || kind === "none") {
      items.forEach((item) => list.append(item));
      return fits;
    }
    const groups = new Map();
    for (const item of fits) {
      const name = kind === "severity" ? item.querySelector(".badge").textContent.trim() : item.dataset[kind];
      groups.set(name, [...(groups.get(name) ?? []), item]);
    }
    const names = [...groups.keys()];
    if (kind === "statement") names.sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
    for (const name of names) {
      const heading = document.createElement("h3");
      heading.className = "findings__group";
      const count = document.createElement("span");
      count.className = "count";
      count.textContent = groups.get(name).length;
      heading.append(name, " ", count);
      list.append(heading, ...groups.get(name));
    }
    return names.flatMap((name) => groups.get(name));
  }

  function changed() {
    most = AT_ONCE;
    write();
    draw();
    announce(shown?.textContent || String(items.filter((item) => !item.hidden).length));
  }

  function clear() {
    [...grades, onlyNew].forEach((button) => press(button, false));
    if (find) find.value = "";
    changed();
  }

  for (const button of [...grades, onlyNew].filter(Boolean)) {
    button.addEventListener("click", () => { press(button, !isOn(button)); changed(); });
  }
  find?.addEventListener("input", (event) => { event.stopPropagation(); changed(); });
  find?.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  group?.addEventListener("change", (event) => { event.stopPropagation(); changed(); });
  root.querySelector("[data-clear]").addEventListener("click", () => { clear(); bar.querySelector("button").focus(); });
  more.addEventListener("click", () => {
    const next = items.filter((item) => item.hidden);
    most += AT_ONCE;
    draw();
    next.find((item) => !item.hidden)?.focus();
  });
  // Somebody wants to see one that a filter hides.
  list.addEventListener("finding:wanted", (event) => {
    if (!event.target.hidden) return;
    clear();
    if (event.target.hidden) { most = items.length; draw(); }
  });
  read();
  bar.hidden = false;
  draw();
}
