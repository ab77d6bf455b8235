/* Opens the large pictures of a gallery on the page. Without this script the links lead to the pictures. */

function open(gallery, links, start) {
  const words = gallery.dataset;
  const dialog = document.createElement("dialog");
  dialog.className = "lightbox";
  const bar = document.createElement("div");
  bar.className = "lightbox-bar";
  const place = document.createElement("p");
  place.className = "numeric";
  place.setAttribute("role", "status");
  const ways = document.createElement("div");
  ways.className = "cluster";
  const picture = document.createElement("img");
  const caption = document.createElement("p");
  caption.className = "lightbox-caption";
  let at = start;

  const show = (step) => {
    at = (at + step + links.length) % links.length;
    const link = links[at];
    picture.src = link.href;
    picture.alt = link.querySelector("img")?.alt ?? "";
    caption.textContent = link.closest("figure").querySelector("figcaption")?.textContent.trim() ?? "";
    place.textContent = `${at + 1} / ${links.length}`;
    dialog.setAttribute("aria-label", picture.alt || caption.textContent || place.textContent);
  };
  const button = (text, label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button button-quiet";
    made.textContent = text;
    if (label) made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    ways.append(made);
  };
  if (links.length > 1) {
    button("←", words.previous, () => show(-1));
    button("→", words.next, () => show(1));
  }
  button(words.close, "", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      event.preventDefault();
      show(event.key === "ArrowRight" ? 1 : -1);
    }
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    links[at].focus();
  });
  bar.append(place, ways);
  dialog.append(bar, picture, caption);
  gallery.append(dialog);
  show(0);
  dialog.showModal();
}

document.querySelectorAll("[data-gallery]").forEach((gallery) => {
  const links = [...gallery.querySelectorAll(".gallery-grid a")];
  links.forEach((link, number) => {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(gallery, links, number);
    });
  });
});
