// Files dropped anywhere on the box go into its file input; the browser's own input takes them only on itself.
export function attach(box) {
  const input = box.querySelector("input[type=file]");
  const over = (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    box.toggleAttribute("data-over", event.type === "dragover");
  };
  box.addEventListener("dragover", over);
  box.addEventListener("dragleave", over);
  box.addEventListener("drop", (event) => {
    over(event);
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
