/* A reader's own list: numbers of records in this browser, nothing on the server. */

const KEY = "my-list";
const MOST = 200;
const page = document.querySelector("[data-my-list]");

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(Number.isSafeInteger).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

function write(ids) {
  localStorage.setItem(KEY, JSON.stringify([...new Set(ids)].slice(0, MOST)));
  show();
}

/** Stars and the number beside the way to the list say what is kept. */
function show() {
  const ids = read();
  document.querySelectorAll("[data-list-record]").forEach((button) => {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(ids.includes(Number(button.dataset.listRecord))));
  });
  document.querySelectorAll("[data-list-count]").forEach((count) => {
    count.textContent = ids.length ? ` ${ids.length}` : "";
  });
  document.querySelectorAll("[data-list-print], [data-list-keep]").forEach((button) => {
    const others = (button.dataset.listKeep ?? "").split(",").map(Number);
    button.hidden = "listKeep" in button.dataset && others.every((id) => ids.includes(id));
  });
  document.querySelectorAll("[data-list-clear]").forEach((button) => {
    button.hidden = !page || "named" in page.dataset;
  });
}

/** The own list has no address of its own until it is shared: its records are fetched by theirs. */
async function fill() {
  const ids = read();
  const body = page.querySelector("[data-my-list-body]");
  if (!ids.length) return;
  const response = await fetch(`?ids=${ids.join(",")}`);
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const found = fresh.querySelector("[data-my-list-body]");
  if (!found?.querySelector(".list-rows")) return;
  body.replaceChildren(...found.childNodes);
  makeCopies(body);
  show();
}

function makeCopies(holder) {
  holder.querySelectorAll("[data-copy]").forEach((copy) => {
    if (!navigator.clipboard) return;
    copy.hidden = false;
    copy.querySelector("button").addEventListener("click", async () => {
      const status = copy.querySelector("[data-copied]");
      await navigator.clipboard.writeText(document.querySelector(copy.dataset.copy).textContent.trim());
      status.textContent = status.dataset.copied;
    });
  });
}

document.addEventListener("click", (event) => {
  const star = event.target.closest("[data-list-record]");
  const keep = event.target.closest("[data-list-keep]");
  if (star) {
    const id = Number(star.dataset.listRecord);
    const ids = read();
    write(ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]);
  } else if (keep) {
    write([...read(), ...keep.dataset.listKeep.split(",").map(Number)]);
  } else if (event.target.closest("[data-list-print]")) {
    print();
  } else if (event.target.closest("[data-list-clear]")) {
    localStorage.removeItem(KEY);
    location.reload();
  }
});

addEventListener("storage", (event) => { if (event.key === KEY) show(); });
new MutationObserver(show).observe(document.getElementById("results") ?? document.createElement("p"), { childList: true });
if (page && "named" in page.dataset) makeCopies(page);
else if (page) fill();
show();
