// The JSON editor over a textarea that stays the form's field. CodeMirror lives in an open shadow root, where its styles
// are adopted sheets and the strict Content-Security-Policy holds. Findings come from the server, never from here.
import { csrfHeaders } from "../say.js";
import { theme, odd, placeholders } from "../editor/marks.js";
import { completions } from "../editor/completions.js";

const WAIT_MS = 400;
// The editor counts UTF-16 units, the server counts code points; beyond the basic plane they differ.
const unitOf = (text, points) => { let unit = 0; for (let n = 0; n < points && unit < text.length; n += 1) unit += text.codePointAt(unit) > 0xffff ? 2 : 1; return unit; };

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
          { key: "F8", run: cm.nextDiagnostic }, { key: "Shift-F8", run: cm.previousDiagnostic },
          ...cm.closeBracketsKeymap, ...cm.searchKeymap, ...cm.historyKeymap, ...cm.foldKeymap, ...cm.completionKeymap, ...cm.defaultKeymap,
        ]),
        cm.EditorView.updateListener.of(onUpdate),
      ],
    }),
  });
  root.querySelector("[data-with-script]").hidden = false;
  label.addEventListener("click", () => view.focus());
  root.editor = view;

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
      if (answer.ok && text === view.state.doc.toString()) show((await answer.json()).findings);
    } catch { /* aborted or offline: the marks of the last answer stay */ }
  }

  function offset(line, column) {
    const found = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
    return found.from + unitOf(found.text, column - 1);
  }

  function show(findings) {
    const kinds = { error: "error", security_warning: "warning", warning: "warning", suggestion: "info" };
    const marks = findings.filter((finding) => finding.line).map((finding) => {
      const from = offset(finding.line, finding.column ?? 1);
      const rest = view.state.doc.lineAt(from).text.slice(from - view.state.doc.lineAt(from).from);
      const length = rest.match(/^"(?:[^"\\]|\\.)*"?|^[\w.+-]+|^./)?.[0].length ?? 0;
      return { from, to: from + length, severity: kinds[finding.severity] ?? "info", message: finding.message, source: finding.code };
    });
    view.dispatch(cm.setDiagnostics(view.state, marks.sort((a, b) => a.from - b.from)));
  }

  root.addEventListener("editor:go", ({ detail }) => {
    view.dispatch({ selection: { anchor: offset(detail.line, detail.column) }, effects: cm.EditorView.scrollIntoView(offset(detail.line, detail.column), { y: "center" }) });
    view.focus();
  });
  root.addEventListener("editor:edit", ({ detail }) => {
    const text = view.state.doc.toString();
    view.dispatch({ changes: detail.edits.map((edit) => ({ from: unitOf(text, edit.start), to: unitOf(text, edit.end), insert: edit.text })), userEvent: "input.fix" });
    view.focus();
  });
  root.addEventListener("editor:findings", ({ detail }) => show(detail.findings));
  field.addEventListener("editor:read", () => {
    if (field.value !== view.state.doc.toString()) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: field.value } });
  });
  validateSoon();
}
