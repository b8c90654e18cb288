// Walks through the changes of a diff: its buttons (keys n and p) go to the next and the previous one,
// and c begins a comment at the one that was reached.
export function attach(section) {
  const rows = [...section.querySelectorAll(".diff__row")];
  const starts = rows.filter((row, index) => isChange(row) && !isChange(rows[index - 1]));
  let at = -1;
  for (const button of section.querySelectorAll("[data-change]")) {
    button.hidden = starts.length === 0;
    button.addEventListener("click", () => {
      if (button.dataset.change === "comment") {
        const link = starts[at]?.querySelector(".diff__comment");
        if (link) link.click();
        else document.getElementById("comment-body")?.focus();
        return;
      }
      const step = button.dataset.change === "next" ? 1 : -1;
      at = (Math.max(at, step < 0 ? 0 : -1) + step + starts.length) % starts.length;
      go(starts[at]);
    });
  }
}

const isChange = (row) => row && !row.classList.contains("diff__row--same");

function go(row) {
  row.closest("details")?.setAttribute("open", "");
  const target = row.querySelector(".diff__comment") ?? row;
  if (target === row) row.tabIndex = -1;
  row.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
}
