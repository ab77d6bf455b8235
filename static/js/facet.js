/* All values of a facet: the list follows what is typed, and what is ticked stays ticked.
   The form does the same by its own buttons. */

const form = document.querySelector(".facet-form");
const WAIT = 180;
let request = null;
let timer = 0;

/** The address of the form as it stands, without what goes without saying. */
function address(page) {
  const fields = [...new FormData(form)].filter(([name, value]) => value.trim() && !(name === "order" && value === "count"));
  if (page) fields.push(["at", page]);
  return `${location.pathname}?${new URLSearchParams(fields)}`;
}

async function show(page = "") {
  const url = address(page);
  clearTimeout(timer);
  request?.abort();
  request = new AbortController();
  try {
    const response = await fetch(url, { signal: request.signal });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("facet-list");
    if (!fresh) return location.assign(url);
    document.getElementById("facet-list").replaceWith(fresh);
    // The live region stays the same element, or screen readers say nothing.
    document.getElementById("facet-total").textContent = fresh.dataset.total.trim();
    history.replaceState(null, "", url);
    if (page) {
      form.scrollIntoView({ block: "start" });
      fresh.querySelector("input")?.focus({ preventScroll: true });
    }
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  }
}

form.addEventListener("input", (event) => {
  if (event.target.name !== "find") return;
  clearTimeout(timer);
  timer = setTimeout(show, WAIT);
});
form.addEventListener("change", (event) => { if (event.target.name === "order") show(); });
form.addEventListener("submit", (event) => {
  if (event.submitter?.name === "apply") return;
  event.preventDefault();
  show(event.submitter?.value ?? "");
});
