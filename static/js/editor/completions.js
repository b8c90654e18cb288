// Completion from the catalogue, inside strings: condition keys after "Condition", resources after "Resource", actions
// otherwise. The lists are fetched once, when they are first needed.

const SECTION = /"(Action|NotAction|Resource|NotResource|Condition)"\s*:/g;

export function completions(cm, address) {
  if (!address) return [];
  let lists;

  async function source(context) {
    const node = cm.syntaxTree(context.state).resolveInner(context.pos, -1);
    if (node.name !== "String" && node.name !== "PropertyName" && !context.explicit) return null;
    const typed = context.matchBefore(/[\w:*${}\/.-]*/);
    lists ??= fetch(address).then((answer) => (answer.ok ? answer.json() : {})).catch(() => ({}));
    const found = await lists;
    const before = context.state.sliceDoc(Math.max(0, context.pos - 4000), context.pos);
    const section = [...before.matchAll(SECTION)].pop()?.[1] ?? "Action";
    const kind = section === "Condition" ? "keys" : section.endsWith("Resource") ? "resources" : "actions";
    const options = (found[kind] ?? []).map(({ name, info }) => ({ label: name, detail: info }));
    return options.length ? { from: typed?.from ?? context.pos, options, validFor: /^[\w:*${}\/.-]*$/ } : null;
  }
  return cm.autocompletion({ override: [source], icons: false });
}
