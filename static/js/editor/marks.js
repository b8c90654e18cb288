// How the editor looks, from the tokens of the page, and what it marks: odd characters in boxes, placeholders.

export function theme(cm) {
  const { tags } = cm;
  const look = cm.EditorView.theme({
    "&": { fontSize: "var(--small)", maxHeight: "var(--editor-max, 70vh)", minHeight: "12rem", backgroundColor: "var(--page)", color: "var(--text)" },
    "&.cm-focused": { outline: "none" },
    ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "var(--line)", overflow: "auto" },
    ".cm-content": { caretColor: "var(--text)", minHeight: "12rem" },
    ".cm-cursor": { borderLeftColor: "var(--text)" },
    ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--muted)", borderRight: "1px solid var(--hairline)" },
    ".cm-activeLine": { backgroundColor: "transparent", boxShadow: "inset 0 -1px var(--hairline), inset 0 1px var(--hairline)" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--info-ground)" },
    ".cm-selectionMatch": { backgroundColor: "var(--warning-ground)" },
    ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--success-ground)", outline: "1px solid var(--success)" },
    ".cm-foldPlaceholder": { backgroundColor: "var(--surface)", color: "var(--text)", border: "1px solid var(--control-border)" },
    ".cm-tooltip, .cm-panels": { backgroundColor: "var(--page)", color: "var(--text)", borderColor: "var(--control-border)" },
    ".cm-tooltip": { border: "1px solid var(--control-border)", borderRadius: "var(--radius)", boxShadow: "var(--float)" },
    ".cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
    ".cm-completionDetail": { fontStyle: "normal", fontFamily: "var(--font)" },
    ".cm-textfield, .cm-button": { backgroundImage: "none", backgroundColor: "var(--page)", color: "var(--text)", border: "1px solid var(--control-border)", borderRadius: "var(--radius)", fontSize: "var(--small)" },
    ".cm-tooltip-lint": { maxWidth: "min(36rem, 90vw)", maxHeight: "18rem", overflow: "auto" },
    ".cm-tooltip-lint ul": { padding: "0" },
    ".cm-diagnostic": { fontFamily: "var(--font)", borderLeftWidth: "3px", padding: "var(--s8) var(--s12)", whiteSpace: "normal" },
    ".cm-diagnostic-error": { borderLeftColor: "var(--error)" },
    ".cm-diagnostic-warning": { borderLeftColor: "var(--security)" },
    ".cm-diagnostic-info": { borderLeftColor: "var(--warning)" },
    ".cm-diagnostic-hint": { borderLeftColor: "var(--info)" },
    ".cm-diagnosticText": { display: "block", marginBottom: "var(--s4)", overflowWrap: "anywhere" },
    ".cm-diagnosticSource": { fontFamily: "var(--mono)", fontSize: "var(--label)", opacity: "1", color: "var(--muted)" },
    ".cm-diagnosticAction": { display: "inline-block", margin: "0 var(--s8) var(--s4) 0", padding: "0 var(--s8)", minHeight: "var(--target)", backgroundColor: "var(--page)", color: "var(--text)", border: "1px solid var(--control-border)", borderRadius: "var(--radius)", fontSize: "var(--label)", textAlign: "start" },
    ".cm-diagnosticAction.is-widening": { borderColor: "var(--security)", color: "var(--security)" },
    ".cm-diagnosticAction:hover": { backgroundColor: "var(--surface)" },
    ".cm-diagnosticAction:focus-visible": { outline: "2px solid var(--accent)", outlineOffset: "2px" },
    ".severity-error": { color: "var(--error)" },
    ".severity-security_warning": { color: "var(--security)" },
    ".severity-warning": { color: "var(--warning)" },
    ".severity-suggestion": { color: "var(--info)" },
    // Wavy lines and signs without the data: images that the policy refuses.
    ".cm-lintRange-active": { backgroundColor: "var(--warning-ground)" },
    ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--error)" },
    ".cm-lintRange-warning": { backgroundImage: "none", textDecoration: "underline wavy var(--security)" },
    ".cm-lintRange-info": { backgroundImage: "none", textDecoration: "underline wavy var(--warning)" },
    ".cm-lintRange-hint": { backgroundImage: "none", textDecoration: "underline dotted var(--info)" },
    // Each grade has a shape and a letter of its own: octagon, shield, triangle, circle.
    ".cm-gutter-lint": { width: "1.5rem" },
    ".cm-lint-marker": { fontFamily: "var(--font)", fontWeight: "600", fontSize: "var(--label)", width: "1.1rem", height: "1.1rem", lineHeight: "1.1rem", margin: "0.1rem auto 0", textAlign: "center", color: "var(--page)", cursor: "pointer" },
    ".cm-lint-marker-error": { content: "normal", backgroundColor: "var(--error)", clipPath: "polygon(30% 0, 70% 0, 100% 30%, 100% 70%, 70% 100%, 30% 100%, 0 70%, 0 30%)" },
    ".cm-lint-marker-warning": { content: "normal", backgroundColor: "var(--security)", clipPath: "polygon(0 0, 100% 0, 100% 60%, 50% 100%, 0 60%)" },
    ".cm-lint-marker-info": { content: "normal", backgroundColor: "var(--warning)", clipPath: "polygon(50% 0, 100% 100%, 0 100%)", lineHeight: "1.45rem" },
    ".cm-lint-marker-hint": { content: "normal", backgroundColor: "var(--info)", clipPath: "circle(50%)" },
    ".cm-lint-marker-error::before": { content: '"E"' },
    ".cm-lint-marker-warning::before": { content: '"S"' },
    ".cm-lint-marker-info::before": { content: '"!"' },
    ".cm-lint-marker-hint::before": { content: '"i"' },
    ".odd": { border: "1px solid var(--security)", borderRadius: "var(--radius)", backgroundColor: "var(--security-ground)", color: "var(--security)", fontSize: "var(--label)", padding: "0 2px" },
    ".placeholder": { backgroundColor: "var(--info-ground)", color: "var(--info)", borderRadius: "var(--radius)" },
  });
  const colours = cm.HighlightStyle.define([
    { tag: tags.propertyName, color: "var(--accent)" },
    { tag: tags.string, color: "var(--success)" },
    { tag: [tags.number, tags.bool, tags.null], color: "var(--security)" },
    { tag: tags.invalid, color: "var(--error)" },
    { tag: [tags.punctuation, tags.separator, tags.brace, tags.squareBracket], color: "var(--muted)" },
  ]);
  return [look, cm.syntaxHighlighting(colours)];
}

// Invisible characters, marks of direction, strange spaces, wide twins and Cyrillic or Greek look-alikes.
const ODD = /[^\P{C}\n]|[\p{Zl}\p{Zp}\p{Mn}\p{Me}]|(?! )\p{Zs}|[\uff01-\uff5e]|[асеорхуіјѕԁһӏАВСЕНІЈКМОРЅТХУΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανι]/gu;

export function odd(cm) {
  class Box extends cm.WidgetType {
    constructor(character) { super(); this.character = character; }
    eq(other) { return other.character === this.character; }
    toDOM() {
      const box = document.createElement("span");
      box.className = "odd";
      box.textContent = `U+${this.character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
      return box;
    }
  }
  return marker(cm, ODD, (match) => cm.Decoration.replace({ widget: new Box(match[0]) }));
}

export function placeholders(cm) {
  const mark = cm.Decoration.mark({ class: "placeholder" });
  return marker(cm, /\$\{(?:region|account)\}|\$<(?:region|account)>/g, () => mark);
}

function marker(cm, regexp, decoration) {
  const matcher = new cm.MatchDecorator({ regexp, decoration });
  return cm.ViewPlugin.fromClass(class {
    constructor(view) { this.decorations = matcher.createDeco(view); }
    update(update) { this.decorations = matcher.updateDeco(update, this.decorations); }
  }, { decorations: (plugin) => plugin.decorations });
}
