// Ctrl or ⌘ K: go to any place of the navigation by typing a part of its name, or search policies.
export function attach(dialog) {
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  let selected = 0;

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k" || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    input.value = "";
    dialog.showModal();
    fill();
  });
  input.addEventListener("input", fill);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      select((selected + step + list.children.length) % list.children.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const address = list.children[selected]?.dataset.address;
      if (address) location.assign(address);
    }
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-address]");
    if (option) location.assign(option.dataset.address);
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

  function fill() {
    const wanted = input.value.trim().toLowerCase();
    const places = [...document.querySelectorAll("[data-palette-entry]")].map((link) => [link.textContent.trim(), link.href]);
    const found = places.filter(([name]) => name.toLowerCase().includes(wanted));
    if (wanted && dialog.dataset.search) found.push([`${dialog.dataset.searchName} “${input.value.trim()}”`, `${dialog.dataset.search}?q=${encodeURIComponent(input.value.trim())}`]);
    list.replaceChildren(...found.map(([name, address], index) => {
      const option = document.createElement("div");
      option.className = "listbox__option";
      option.id = `palette-${index}`;
      option.setAttribute("role", "option");
      option.dataset.address = address;
      option.textContent = name;
      return option;
    }));
    select(0);
  }

  function select(index) {
    selected = index;
    [...list.children].forEach((option, i) => { option.ariaSelected = String(i === index); });
    const option = list.children[index];
    option?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option?.id ?? "");
  }
}
