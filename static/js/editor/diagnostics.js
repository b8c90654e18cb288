// Findings in the editor: marks under the text, signs in the margin, and what a finding offers as buttons in its tooltip.
// The editor knows four grades by other names; ours are in the class of each message and in its first word.

const GRADES = { error: "error", security_warning: "warning", warning: "info", suggestion: "hint" };

// The editor counts UTF-16 units, the server counts code points; beyond the basic plane they differ.
export function unitOf(text, points) {
  let unit = 0;
  for (let n = 0; n < points && unit < text.length; n += 1) unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
  return unit;
}

export function offset(view, line, column) {
  const found = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
  return found.from + unitOf(found.text, column - 1);
}

export function edit(view, edits) {
  const text = view.state.doc.toString();
  view.dispatch({ changes: edits.map((each) => ({ from: unitOf(text, each.start), to: unitOf(text, each.end), insert: each.text })), userEvent: "input.fix" });
  view.focus();
}

// Shows findings that were made of the text as it stands now.
export function show(cm, view, findings, words) {
  const judged = view.state.doc;
  const offer = (fix) => ({
    name: fix.widens ? `${fix.title} (${words.widens})` : fix.title,
    markClass: fix.widens ? "is-widening" : "",
    // Once the text is another one, the places are wrong; new findings are on their way.
    apply: (view) => { if (view.state.doc.eq(judged)) edit(view, fix.edits); },
  });
  const marks = findings.filter((finding) => finding.line).map((finding) => {
    const from = offset(view, finding.line, finding.column ?? 1);
    const line = judged.lineAt(from);
    const length = line.text.slice(from - line.from).match(/^"(?:[^"\\]|\\.)*"?|^[\w.+-]+|^./)?.[0].length ?? 0;
    return {
      from,
      to: from + length,
      severity: GRADES[finding.severity] ?? "hint",
      message: `${words[finding.severity]}: ${finding.message}`,
      renderMessage: () => said(finding, words),
      source: finding.code,
      actions: [...(finding.fix ? [finding.fix] : []), ...(finding.choices ?? [])].map(offer),
    };
  });
  view.dispatch(cm.setDiagnostics(view.state, marks.sort((a, b) => a.from - b.from)));
}

function said(finding, words) {
  const text = document.createElement("span");
  const severity = document.createElement("strong");
  severity.className = `severity severity-${finding.severity}`;
  severity.textContent = words[finding.severity];
  const message = document.createElement("span");
  message.lang = "en";
  message.textContent = ` ${finding.message}`;
  text.append(severity, message);
  return text;
}

// Ctrl or ⌘ and the full stop: into the buttons of the finding at the cursor, or of the next one. Esc goes back.
export function quickFix(cm, root) {
  const first = () => root.querySelector(".cm-tooltip-lint button");
  return (view) => {
    if (!first() && !cm.nextDiagnostic(view)) return false;
    requestAnimationFrame(() => setTimeout(() => first()?.focus(), 30));
    return true;
  };
}

// A sign in the margin is pressed: its first finding is chosen and told, as F8 does.
export function pressed(cm, view, sign) {
  const line = view.lineBlockAtHeight(sign.getBoundingClientRect().top + 5 - view.documentTop);
  view.dispatch({ selection: { anchor: Math.max(line.from - 1, 0) } });
  cm.nextDiagnostic(view);
  view.focus();
}
