// Two panes: below 1024 px one of them is shown, and the switch above chooses which.
export function attach(panes) {
  panes.classList.add("panes--switching");
  panes.dataset.shown = "main";
  const buttons = [...panes.querySelectorAll("[data-pane]")];
  for (const button of buttons) {
    const show = () => {
      panes.dataset.shown = button.dataset.pane;
      buttons.forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
    };
    button.addEventListener("click", show);
    if (button.dataset.pane === "main") show();
  }
}
