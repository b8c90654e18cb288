// Sections with data-tab become panels with a list of tabs above; the chosen one is kept in the address.
export function attach(root) {
  const bar = document.createElement("div");
  bar.className = "tabs";
  bar.setAttribute("role", "tablist");
  bar.ariaLabel = root.dataset.label;
  const panels = () => [...root.querySelectorAll(":scope > [data-tab]")];
  const tabs = () => [...bar.children];
  root.prepend(bar);

  function build() {
    const chosen = tabs().find((tab) => tab.ariaSelected === "true")?.getAttribute("aria-controls");
    bar.replaceChildren(...panels().map((panel) => {
      const tab = document.createElement("button");
      tab.type = "button";
      tab.className = "tabs__tab";
      tab.id = `${panel.id}-tab`;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panel.id);
      tab.append(panel.dataset.tab);
      if (panel.dataset.count !== undefined) {
        const count = document.createElement("span");
        count.className = "count";
        count.textContent = panel.dataset.count;
        tab.append(" ", count);
      }
      tab.addEventListener("click", () => choose(panel.id, true));
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      return tab;
    }));
    // The address names a panel, or something in one.
    const named = document.getElementById(location.hash.slice(1));
    const inAddress = panels().find((panel) => panel.contains(named))?.id;
    choose(chosen ?? inAddress ?? panels()[0]?.id, false);
  }

  function choose(id, isByPerson) {
    for (const panel of panels()) {
      const tab = bar.querySelector(`[aria-controls="${panel.id}"]`);
      const isChosen = panel.id === id;
      panel.hidden = !isChosen;
      tab.ariaSelected = String(isChosen);
      tab.tabIndex = isChosen ? 0 : -1;
    }
    if (isByPerson) history.replaceState(history.state, "", `#${id}`);
  }

  bar.addEventListener("keydown", (event) => {
    const all = tabs();
    const now = all.indexOf(document.activeElement);
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const tab = all.at(next % all.length);
    tab.focus();
    tab.click();
  });
  // A link to something in a panel that is hidden shows the panel first.
  window.addEventListener("hashchange", () => {
    const named = document.getElementById(location.hash.slice(1));
    const panel = panels().find((each) => each !== named && each.contains(named));
    if (!panel?.hidden) return;
    choose(panel.id, false);
    named.scrollIntoView({ block: "nearest" });
  });
  // A swap replaces panels inside the root; their tabs and counts follow.
  root.addEventListener("htmx:afterSettle", build);
  build();
}
