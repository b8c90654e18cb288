// A submit button that asks first in the dialog named by data-confirm; the dialog's button with value "yes" goes on.
export function attach(button) {
  const dialog = document.getElementById(button.dataset.confirm);
  let isAsked = false;
  button.addEventListener("click", (event) => {
    if (isAsked || !dialog) return;
    event.preventDefault();
    dialog.returnValue = "";
    dialog.showModal();
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "yes") return;
      isAsked = true;
      button.click();
      isAsked = false;
    }, { once: true });
  });
}
