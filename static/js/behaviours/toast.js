// A confirmation that goes away after six seconds, not while somebody looks at it or is in it.
const SHOWN_MS = 6000;

export function attach(toast) {
  const close = toast.querySelector("[data-dismiss]");
  if (close) {
    close.hidden = false;
    close.addEventListener("click", () => toast.remove());
  }
  let timer = setTimeout(() => toast.remove(), SHOWN_MS);
  const pause = () => clearTimeout(timer);
  const resume = () => { pause(); timer = setTimeout(() => toast.remove(), SHOWN_MS); };
  toast.addEventListener("pointerenter", pause);
  toast.addEventListener("pointerleave", resume);
  toast.addEventListener("focusin", pause);
  toast.addEventListener("focusout", resume);
}
