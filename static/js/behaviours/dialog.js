// A button that opens a <dialog>; focus is trapped and given back by the browser. A click on the backdrop closes.
export function attach(button) {
  const dialog = document.getElementById(button.dataset.dialog);
  if (!dialog) return;
  button.hidden = false;
  button.setAttribute("aria-haspopup", "dialog");
  button.addEventListener("click", () => {
    const menu = button.closest("details");
    // The dialog gives the focus back to where it was: that must not be inside the menu, which is closed by then.
    if (menu?.open) {
      menu.querySelector("summary").focus();
      menu.open = false;
    }
    if (!dialog.open) dialog.showModal();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}
