// On the page after a save: the draft of the form at the address in data-draft-saved is done with.
export function attach(element) {
  localStorage.removeItem(`draft:${element.dataset.draftSaved}`);
}
