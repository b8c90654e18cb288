// The statement editor: the JSON and the cards hold the same text. Undo and redo over everything, kept in a field of the
// form so that the draft keeps them too; keys that move statements; what is open and has the focus survives a change.
import { announce, isTyping } from "../say.js";

const PAUSE_MS = 700;
const MAX_TEXTS = 100;
const MAX_CHARACTERS = 200000;

export function attach(form) {
  const source = form.querySelector("#source");
  const kept = form.querySelector("#history");
  const json = form.querySelector("[data-statement-json]");
  const cards = () => form.querySelector("[data-statement-cards]");
  let stacks = read();
  let present = source.value;
  let isWriting = false;
  let timer;
  let asked;
  let waiting = [];
  let hasTyped = false;

  function read() {
    try {
      const { past, future } = JSON.parse(kept.value);
      return { past: [...past], future: [...future] };
    } catch { return { past: [], future: [] }; }
  }

  function keep() {
    for (const texts of [stacks.past, stacks.future]) {
      let length = texts.reduce((sum, text) => sum + text.length, 0);
      while (texts.length > MAX_TEXTS || length > MAX_CHARACTERS) length -= texts.shift().length;
    }
    kept.value = JSON.stringify(stacks);
    form.querySelector("[data-undo]")?.setAttribute("aria-disabled", String(!stacks.past.length && source.value === present));
    form.querySelector("[data-redo]")?.setAttribute("aria-disabled", String(!stacks.future.length));
    // The draft and the question before leaving listen at the form.
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // A text that was typed and is the last one of before, or the next one, came by the editor's own undo: nothing is added.
  function settle(isTyped = true) {
    clearTimeout(timer);
    const text = source.value;
    if (text === present) return;
    if (isTyped && text === stacks.past.at(-1)) {
      stacks.past.pop();
      stacks.future.push(present);
    } else if (isTyped && text === stacks.future.at(-1)) {
      stacks.future.pop();
      stacks.past.push(present);
    } else {
      stacks.past.push(present);
      stacks.future = [];
    }
    present = text;
    keep();
  }

  function write(text) {
    isWriting = true;
    source.value = text;
    source.dispatchEvent(new Event("editor:read"));
    isWriting = false;
  }

  function back(from, to) {
    settle();
    if (!from.length) return;
    to.push(present);
    present = from.pop();
    write(present);
    keep();
    json.dispatchEvent(new Event("change"));
  }
  // While a change is under way its outcome is not yet there to be undone.
  const goBack = (id) => {
    if (asked?.isChange) waiting.push({ id, kind: "click" });
    else if (id === "undo") back(stacks.past, stacks.future);
    else back(stacks.future, stacks.past);
  };

  // What a button did comes with its answer, and must not be asked for again as if it had been typed.
  json.addEventListener("input", (event) => {
    if (isWriting) { event.stopPropagation(); return; }
    clearTimeout(timer);
    timer = setTimeout(() => settle(), PAUSE_MS);
  }, true);

  // The result that comes while one types leads to a builder directly; by way of this editor nothing is left behind.
  form.addEventListener("click", (event) => {
    const away = event.target.closest("button[value='detected'][formaction]");
    if (away) away.setAttribute("formaction", `${form.getAttribute("action")}?to=builder`);
  }, true);

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-undo], [data-redo], [aria-disabled='true']");
    if (!button || !form.contains(button)) return;
    event.preventDefault();
    event.stopPropagation();
    if (button.getAttribute("aria-disabled") === "true") return;
    goBack(button.id);
  }, true);

  document.addEventListener("keydown", (event) => {
    if (!form.isConnected) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && ["z", "y"].includes(event.key.toLowerCase())) {
      const field = event.composedPath()[0];
      // The JSON editor has its own, which goes over the changes of the cards as well; so has a field that was typed into.
      if (isTyping(event) && (field.isContentEditable || field.value !== field.defaultValue)) return;
      event.preventDefault();
      goBack(event.shiftKey || event.key.toLowerCase() === "y" ? "redo" : "undo");
      return;
    }
    const card = event.target.closest?.("[data-statement]");
    // In a list of choices Alt with an arrow opens it.
    if (card && form.contains(card) && event.altKey && !event.target.matches("select, .chips__entry") && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      card.querySelector(`[data-move="${event.key === "ArrowUp" ? "up" : "down"}"]`).click();
    }
    // Enter in a field of a card presses the button that belongs to it.
    if (card && form.contains(card) && event.key === "Enter" && event.target.matches("input:not([type=checkbox], [type=radio])") && !event.defaultPrevented) {
      const near = event.target.closest(".edit, .adder, .picker, .condition-new")?.querySelector("[data-enter]");
      event.preventDefault();
      near?.click();
    }
  });

  form.addEventListener("htmx:configRequest", (event) => {
    event.detail.parameters.delete?.("history");
  });

  // One request at a time. What is typed while it is under way is put into the cards that come; what is pressed, waits.
  const isOfCards = (event) => event.detail.target === cards() || event.detail.target?.id === "statements";
  const fields = () => [...cards().querySelectorAll("input, textarea, select")].filter((field) => field.name && field.type !== "hidden");
  const valueOf = (field) => (field.type === "checkbox" || field.type === "radio" ? String(field.checked) : field.value);
  const keyOf = (field) => (field.type === "checkbox" || field.type === "radio" ? `${field.name}=${field.value}` : field.name);

  form.addEventListener("htmx:beforeRequest", (event) => {
    if (!isOfCards(event)) return;
    if (asked) {
      event.preventDefault();
      hasTyped = true;
      return;
    }
    asked = { isChange: event.detail.elt !== json, cards: cards(), source: source.value, active: document.activeElement, values: new Map(fields().map((field) => [keyOf(field), valueOf(field)])) };
    cards().setAttribute("aria-busy", "true");
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (!isOfCards(event) || !asked) return;
    if (!event.detail.successful) { asked = undefined; waiting = []; cards()?.removeAttribute("aria-busy"); }
  });
  for (const kind of ["click", "change"]) {
    form.addEventListener(kind, (event) => {
      const pressed = event.target.closest?.(kind === "click" ? "button[hx-post]" : "select[hx-post]");
      if (!asked || !pressed || !cards().contains(pressed)) return;
      event.preventDefault();
      event.stopPropagation();
      waiting.push({ id: pressed.id, kind });
    }, true);
  }

  form.addEventListener("htmx:beforeSwap", (event) => {
    if (!isOfCards(event) || !asked) return;
    const pressed = event.detail.requestConfig?.elt?.closest?.("details");
    asked.open = [...cards().querySelectorAll("details[open][id]")].filter((part) => part !== pressed).map((part) => part.id);
    asked.typed = fields().filter((field) => asked.values.has(keyOf(field)) && asked.values.get(keyOf(field)) !== valueOf(field)).map((field) => ({ key: keyOf(field), name: field.name, value: field.value, checked: field.checked }));
    asked.moved = document.activeElement !== asked.active && form.contains(document.activeElement) ? document.activeElement.id : "";
  });
  // The JSON follows at once, so that nobody types into an older one.
  form.addEventListener("htmx:afterSwap", () => {
    if (!asked || cards() === asked.cards) return;
    const answer = cards().querySelector("[data-statement-source]");
    if (!answer || asked.isWritten) return;
    asked.isWritten = true;
    if (source.value !== asked.source) { hasTyped = true; return; }
    settle();
    write(answer.value);
    settle(false);
  });
  form.addEventListener("htmx:afterSettle", (event) => {
    if (event.target !== cards() || !asked) return;
    const { open, typed, moved } = asked;
    const fresh = cards();
    const old = fresh.dataset.order ? fresh.dataset.order.split(",") : [];
    const now = (id) => id.replace(/^s(\d+)\./, (all, index) => (old.length && old.includes(index) ? `s${old.indexOf(index)}.` : all));
    asked = undefined;
    for (const id of open) { const part = document.getElementById(now(id)); if (part) part.open = true; }
    for (const { key, name, value, checked } of typed) {
      const wanted = now(name);
      const field = fields().find((each) => each.name === wanted && (keyOf(each) === each.name || keyOf(each) === key.replace(name, wanted)));
      if (!field) continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = checked;
      else field.value = value;
      field.dispatchEvent(new Event("chips:read"));
    }
    keep();
    focus(moved ? now(moved) : fresh.dataset.focus);
    const said = fresh.querySelector("[role=status]").textContent.trim();
    if (said) announce(said);
    const next = waiting.shift();
    const pressed = next && document.getElementById(now(next.id));
    if (pressed && next.kind === "click") pressed.click();
    else if (pressed) pressed.dispatchEvent(new Event("change", { bubbles: true }));
    else if (hasTyped) json.dispatchEvent(new Event("change"));
    if (!pressed) { hasTyped = false; waiting = []; }
    else waiting = waiting.map(({ id, kind }) => ({ id: now(id), kind }));
  });

  function focus(id) {
    const wanted = id && document.getElementById(id);
    if (!wanted || wanted === document.activeElement) return;
    const chips = wanted.closest("[data-chips]")?.querySelector("input");
    (chips ?? wanted).focus();
  }

  // A draft that is offered back brings its own history.
  kept.addEventListener("editor:read", () => {
    stacks = read();
    present = source.value;
    json.dispatchEvent(new Event("change"));
  });
  keep();
}
