// The JSON editor over a textarea that stays the form's field. CodeMirror lives in an open shadow root, where its styles
// are adopted sheets and the strict Content-Security-Policy holds. Findings come from the server, never from here.
import { csrfHeaders } from "../say.js";
import { edit, offset, pressed, quickFix, show } from "../editor/diagnostics.js";
import { theme, odd, placeholders } from "../editor/marks.js";
import { completions } from "../editor/completions.js";

const WAIT_MS = 400;
export async function attach(root) {
  const cm = await import(root.dataset.bundle);
  const field = root.querySelector("textarea");
  const label = document.getElementById(`${field.id}_label`);
  const host = document.createElement("div");
  host.className = "editor__host";
  const shadow = host.attachShadow({ mode: "open" });
  const position = root.querySelector("[data-position]");
  // In the page before the editor is made, because the editor measures its lines.
  field.hidden = true;
  field.after(host);
  const words = JSON.parse(root.dataset.words ?? "{}");
  let timer;
  let asked;

  const view = new cm.EditorView({
    root: shadow,
    parent: shadow,
    state: cm.EditorState.create({
      doc: field.value,
      extensions: [
        cm.lineNumbers(), cm.foldGutter(), cm.lintGutter(), cm.history(), cm.drawSelection(), cm.indentOnInput(),
        cm.bracketMatching(), cm.closeBrackets(), cm.highlightActiveLine(), cm.highlightSelectionMatches(), cm.search({ top: true }),
        cm.json(), ...theme(cm), odd(cm), placeholders(cm),
        completions(cm, root.dataset.completionsUrl),
        cm.EditorState.phrases.of(JSON.parse(root.dataset.phrases ?? "{}")),
        cm.EditorState.readOnly.of(field.readOnly),
        cm.EditorState.tabSize.of(2), cm.indentUnit.of("  "),
        cm.EditorView.contentAttributes.of({ "aria-label": label.textContent.trim(), tabindex: "0", autocorrect: "off" }),
        // Tab is not bound: it leaves the editor. Indenting is Ctrl or ⌘ ] and [, from the default keys.
        cm.keymap.of([
          { key: "F8", run: cm.nextDiagnostic }, { key: "Shift-F8", run: cm.previousDiagnostic }, { key: "Mod-.", run: quickFix(cm, shadow) },
          ...cm.closeBracketsKeymap, ...cm.searchKeymap, ...cm.historyKeymap, ...cm.foldKeymap, ...cm.completionKeymap, ...cm.defaultKeymap,
        ]),
        cm.EditorView.updateListener.of(onUpdate),
      ],
    }),
  });
  root.querySelector("[data-with-script]").hidden = false;
  label.addEventListener("click", () => view.focus());
  root.editor = view;
  shadow.addEventListener("click", (event) => {
    const sign = event.target.closest(".cm-lint-marker");
    if (sign) pressed(cm, view, sign);
  });
  shadow.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !event.target.closest(".cm-tooltip-lint")) return;
    event.stopPropagation();
    view.focus();
  });

  function onUpdate(update) {
    if (update.docChanged) {
      field.value = update.state.doc.toString();
      field.dispatchEvent(new Event("input", { bubbles: true }));
      validateSoon();
    }
    const line = update.state.doc.lineAt(update.state.selection.main.head);
    position.textContent = `${line.number}:${[...line.text.slice(0, update.state.selection.main.head - line.from)].length + 1}`;
  }

  function validateSoon() {
    clearTimeout(timer);
    if (root.dataset.validateUrl) timer = setTimeout(validate, WAIT_MS);
  }

  async function validate() {
    asked?.abort();
    asked = new AbortController();
    const text = view.state.doc.toString();
    const body = new FormData(field.form ?? undefined);
    body.set("text", text);
    try {
      const answer = await fetch(root.dataset.validateUrl, { method: "POST", body, headers: csrfHeaders(), signal: asked.signal });
      // An answer to an older text would mark the wrong places.
      if (answer.ok && text === view.state.doc.toString()) show(cm, view, (await answer.json()).findings, words);
    } catch { /* aborted or offline: the marks of the last answer stay */ }
  }

  root.addEventListener("editor:go", ({ detail }) => {
    const at = offset(view, detail.line, detail.column);
    view.dispatch({ selection: { anchor: at }, effects: cm.EditorView.scrollIntoView(at, { y: "center" }) });
    view.focus();
  });
  root.addEventListener("editor:edit", ({ detail }) => edit(view, detail.edits));
  root.addEventListener("editor:text", ({ detail }) => {
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: detail.text }, userEvent: "input.fix" });
    view.focus();
  });
  root.addEventListener("editor:findings", ({ detail }) => show(cm, view, detail.findings, words));
  field.addEventListener("editor:read", () => {
    if (field.value !== view.state.doc.toString()) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: field.value } });
  });
  validateSoon();
}
