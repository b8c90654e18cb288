// A <details> as a menu: closes on Esc and on a click outside, arrows move in it.
export function attach(menu) {
  const summary = menu.querySelector("summary");
  const items = () => [...menu.querySelectorAll("a[href], button:not([hidden])")];

  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      summary.focus();
      event.stopPropagation();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      menu.open = true;
      const all = items();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const now = all.indexOf(document.activeElement);
      all.at(now < 0 && step < 0 ? -1 : (now + step) % all.length)?.focus();
    }
  });
}
