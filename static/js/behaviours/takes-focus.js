// A summary of errors takes the focus when it appears; its links go into the field, not only to it.
export function attach(summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const chips = field.closest("[data-chips]")?.querySelector("input");
    (chips ?? field).focus();
  });
}
