/* Suggestions while typing: an ARIA 1.2 combobox over every search field with a data-suggest address.
   Without it the field is an ordinary one. What is typed goes to this site only, and into no referrer. */

const WAIT = 120;
const SHORTEST = 2;
const KEPT = 50; // answers, so that going back a letter asks nobody
let serial = 0;

const element = (name, className, text = "", attributes = {}) => {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
};

export function enhance(input) {
  const id = `suggest-${++serial}`;
  const label = input.labels?.[0]?.textContent.trim() ?? "";
  const list = element("div", "suggest-list", "", { id, role: "listbox", "aria-label": label });
  const status = element("span", "visually-hidden", "", { role: "status" });
  const kept = new Map();
  let options = [];
  let active = -1;
  let timer = 0;
  let request = null;

  list.hidden = true;
  input.closest(".search-box").append(list, status);
  const attributes = {
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id,
    "aria-haspopup": "listbox", autocapitalize: "off", autocorrect: "off", spellcheck: "false",
  };
  Object.entries(attributes).forEach(([name, value]) => input.setAttribute(name, value));

  const mark = (index) => {
    options[active]?.setAttribute("aria-selected", "false");
    active = index;
    if (index < 0) return input.removeAttribute("aria-activedescendant");
    options[index].setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", options[index].id);
    options[index].scrollIntoView({ block: "nearest" });
  };

  const open = () => {
    const isOpen = options.length > 0 && document.activeElement === input;
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
  };

  const close = () => {
    mark(-1);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    status.textContent = "";
  };

  const forget = () => {
    clearTimeout(timer);
    request?.abort();
    close();
    options = [];
  };

  const option = (row, number) => {
    const made = element("div", "suggest-option", "", { id: `${id}-${number}`, role: "option", "aria-selected": "false" });
    made.append(element("span", "suggest-text", row.text, { dir: "auto" }));
    if (row.note) made.append(element("span", "suggest-note", row.note));
    made.dataset.url = row.url;
    return made;
  };

  const draw = ({ groups, spoken }) => {
    let number = 0;
    mark(-1);
    options = [];
    list.replaceChildren(...groups.map((group) => {
      const title = element("div", "suggest-kind", group.label, { id: `${id}-${group.kind}`, role: "presentation" });
      const holder = element("div", "suggest-group", "", { role: "group", "aria-labelledby": title.id });
      const rows = group.options.map((row) => option(row, number++));
      options.push(...rows);
      holder.append(title, ...rows);
      return holder;
    }));
    open();
    if (document.activeElement === input) status.textContent = spoken;
  };

  const ask = async () => {
    const text = input.value.trim();
    if (text.length < SHORTEST) return forget();
    if (kept.has(text)) return draw(kept.get(text));
    request = new AbortController();
    try {
      const address = `${input.dataset.suggest}?${new URLSearchParams({ q: text })}`;
      const response = await fetch(address, {
        signal: request.signal, referrerPolicy: "no-referrer", headers: { Accept: "application/json" },
      });
      if (!response.ok) return close();
      const answer = await response.json();
      if (kept.size >= KEPT) kept.clear();
      kept.set(text, answer);
      draw(answer);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    request?.abort();
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const isOpen = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!options.length) return;
      event.preventDefault();
      if (!isOpen) open();
      // One place of the round is the field itself: there nothing is chosen and Enter searches what is typed.
      const places = options.length + 1;
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(((active + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && isOpen && active >= 0) {
      event.preventDefault();
      location.assign(options[active].dataset.url);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      close();
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest(".suggest-option");
    if (chosen) location.assign(chosen.dataset.url);
  });
  input.addEventListener("blur", close);
  input.form?.addEventListener("submit", forget);
  addEventListener("pageshow", (event) => { if (event.persisted) forget(); });
}

document.querySelectorAll("input[data-suggest]").forEach(enhance);
