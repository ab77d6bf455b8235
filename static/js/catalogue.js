/* The catalogue without full page loads: filters and sorting apply at once, the years can be dragged.
   Everything here also works with the form's own button. */

const form = document.getElementById("catalogue-search");
const body = document.getElementById("catalogue-body");
const isWide = matchMedia("(min-width: 62rem)");
let request = null;
let shown = location.search;

/** The address of the form as it stands: empty fields and the usual order are left out. */
function address() {
  const usual = document.getElementById("catalogue-q").value.trim() ? "relevance" : "added";
  const fields = [...new FormData(form)].filter(([name, value]) => value.trim() && !(name === "sort" && value === usual));
  const query = new URLSearchParams(fields);
  return `${new URL(form.action).pathname}?${query}`;
}

/** Puts the results of an address in place, keeping focus, opened lists and the place on the page. */
async function show(url, { push = true, scroll = false } = {}) {
  request?.abort();
  request = new AbortController();
  document.getElementById("results").setAttribute("aria-busy", "true");
  try {
    const response = await fetch(url, { signal: request.signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById("catalogue-body");
    if (!fresh) return location.assign(url);
    if (push) history.pushState(null, "", response.url);
    shown = new URL(response.url).search;
    document.title = page.title;
    replace(fresh);
    if (scroll) document.getElementById("results").scrollIntoView({ block: "start" });
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  }
}

function replace(fresh) {
  const focused = document.activeElement?.closest("#catalogue-body") ? document.activeElement : null;
  const key = focused && { id: focused.id, name: focused.name, value: focused.value };
  const opened = [...body.querySelectorAll(".facet:has(details[open])")].map((facet) => facet.dataset.facet);
  const sheet = body.querySelector(".filters:popover-open");
  const scrolled = sheet?.scrollTop ?? 0;

  const oldResults = document.getElementById("results");
  const newResults = fresh.querySelector("#results");
  const oldTotal = oldResults.querySelector("#results-total");
  const newTotal = newResults.querySelector("#results-total");
  const words = newTotal?.innerHTML;
  // The live region must stay the same element, or screen readers say nothing.
  if (oldTotal && newTotal) newTotal.replaceWith(oldTotal);
  oldResults.replaceChildren(...newResults.childNodes);
  oldResults.removeAttribute("aria-busy");
  if (oldTotal && words !== undefined) oldTotal.innerHTML = words;

  const filters = body.querySelector(".filters");
  filters.replaceChildren(...fresh.querySelector(".filters").childNodes);
  opened.forEach((name) => {
    const details = filters.querySelector(`.facet[data-facet="${name}"] details`);
    if (details) details.open = true;
  });
  if (sheet) filters.scrollTop = scrolled;
  if (key) restoreFocus(key);
  makeYearsLive();
}

function restoreFocus({ id, name, value }) {
  const boxes = name ? [...body.querySelectorAll(`[name="${CSS.escape(name)}"]`)] : [];
  const target = boxes.find((box) => box.value === value) || (id && document.getElementById(id));
  target?.focus({ preventScroll: true });
}

/** Dragging over the chart chooses years; the fields beside it do the same from the keyboard. */
function makeYearsLive() {
  const chart = body.querySelector(".year-chart");
  if (!chart) return;
  const bars = [...chart.querySelectorAll(".year-bar")];
  const at = (event) => {
    const box = chart.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    return Math.min(bars.length - 1, Math.max(0, Math.floor(share * bars.length)));
  };
  const pick = (one, other) => {
    const [first, last] = [Math.min(one, other), Math.max(one, other)];
    bars.forEach((bar, index) => bar.classList.toggle("is-picked", index >= first && index <= last));
    document.getElementById("year-from").value = bars[first].dataset.first;
    document.getElementById("year-to").value = bars[last].dataset.last;
  };
  let start = null;
  chart.classList.add("is-live");
  chart.addEventListener("pointerdown", (event) => {
    start = at(event);
    chart.setPointerCapture(event.pointerId);
    bars.forEach((bar) => bar.classList.remove("is-selected"));
    pick(start, start);
  });
  chart.addEventListener("pointermove", (event) => { if (start !== null) pick(start, at(event)); });
  chart.addEventListener("pointerup", () => { if (start !== null) { start = null; applySoon(); } });
  chart.addEventListener("pointercancel", () => { start = null; });
}

/** On phones the sheet has a button that applies; beside the results every change counts at once. */
function applySoon() {
  if (isWide.matches || !body.querySelector(".filters:popover-open")) show(address());
}

if (form && body) {
  document.addEventListener("change", (event) => {
    if (event.target.form !== form || !event.target.closest("#catalogue-body")) return;
    applySoon();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    body.querySelector(".filters:popover-open")?.hidePopover();
    show(address());
  });
  body.addEventListener("click", (event) => {
    const link = event.target.closest(".chips a, .pagination a, .filters-foot a, .year-list a, .spelling a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    body.querySelector(".filters:popover-open")?.hidePopover();
    const isPage = Boolean(link.closest(".pagination"));
    show(link.href, { scroll: isPage }).then(() => {
      if (isPage) document.querySelector(".hit-title a")?.focus({ preventScroll: true });
      else document.getElementById("results-total")?.focus({ preventScroll: true });
    });
  });
  // Also fired for links within the page, which change nothing here.
  addEventListener("popstate", () => { if (location.search !== shown) location.reload(); });
  makeYearsLive();
}

// The cover that is followed becomes the cover of the record, where browsers can; only one may bear the name.
let moving = null;
function move(cover) {
  moving?.style.removeProperty("view-transition-name");
  moving = cover;
  cover?.style.setProperty("view-transition-name", "cover");
}
document.addEventListener("click", (event) => {
  const cover = event.target.closest("a") && event.target.closest(".hit, .neighbour")?.querySelector(".cover");
  if (cover) move(cover);
});
move(document.querySelector(".record-cover .cover"));
