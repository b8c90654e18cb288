// How the editor looks, from the tokens of the page, and what it marks: odd characters in boxes, placeholders.

export function theme(cm) {
  const { tags } = cm;
  const look = cm.EditorView.theme({
    "&": { fontSize: "var(--small)", maxHeight: "70vh", minHeight: "12rem", backgroundColor: "var(--page)", color: "var(--text)" },
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
    ".cm-diagnostic": { fontFamily: "var(--font)", borderLeftWidth: "3px" },
    ".cm-diagnostic-error": { borderLeftColor: "var(--error)" },
    ".cm-diagnostic-warning": { borderLeftColor: "var(--warning)" },
    ".cm-diagnostic-info": { borderLeftColor: "var(--info)" },
    // Wavy lines and signs without the data: images that the policy refuses.
    ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--error)" },
    ".cm-lintRange-warning": { backgroundImage: "none", textDecoration: "underline wavy var(--warning)" },
    ".cm-lintRange-info": { backgroundImage: "none", textDecoration: "underline wavy var(--info)" },
    ".cm-lint-marker": { fontFamily: "var(--font)", fontWeight: "600", fontSize: "var(--label)", textAlign: "center", lineHeight: "1.75" },
    ".cm-lint-marker-error": { content: "normal", color: "var(--error)" },
    ".cm-lint-marker-warning": { content: "normal", color: "var(--warning)" },
    ".cm-lint-marker-info": { content: "normal", color: "var(--info)" },
    ".cm-lint-marker-error::before": { content: '"E"' },
    ".cm-lint-marker-warning::before": { content: '"W"' },
    ".cm-lint-marker-info::before": { content: '"i"' },
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
