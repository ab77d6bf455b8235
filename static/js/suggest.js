/* Suggestions while typing: an ARIA 1.2 combobox over every search field with a data-suggest address.
   Without it the field is an ordinary one. */

const WAIT = 140;
const SHORTEST = 2;
let serial = 0;

export function enhance(input) {
  const list = document.createElement("ul");
  const status = document.createElement("span");
  list.className = "suggest-list";
  list.id = `suggest-${++serial}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestLabel || input.labels?.[0]?.textContent.trim() || "");
  list.hidden = true;
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  input.closest(".search-box").style.position = "relative";
  input.closest(".search-box").append(list, status);
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocapitalize: "off", spellcheck: "false" };
  Object.entries(attributes).forEach(([name, value]) => input.setAttribute(name, value));

  let rows = [];
  let active = -1;
  let timer = 0;
  let request = null;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const mark = (index) => {
    active = index;
    [...list.children].forEach((option, position) => option.setAttribute("aria-selected", String(position === index)));
    if (index < 0) return input.removeAttribute("aria-activedescendant");
    const option = list.children[index];
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };

  const draw = () => {
    list.replaceChildren(...rows.map((row, index) => {
      const option = document.createElement("li");
      const text = document.createElement("span");
      const kind = document.createElement("span");
      option.id = `${list.id}-${index}`;
      option.className = "suggest-option";
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      text.className = "suggest-text";
      text.textContent = row.text;
      kind.className = "suggest-kind";
      kind.textContent = row.count > 1 ? `${row.label} · ${row.count}` : row.label;
      option.append(text, kind);
      option.addEventListener("pointerdown", (event) => event.preventDefault());
      option.addEventListener("click", () => location.assign(row.url));
      return option;
    }));
    active = -1;
    input.removeAttribute("aria-activedescendant");
    const isOpen = rows.length > 0 && document.activeElement === input;
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    status.textContent = isOpen ? `${list.getAttribute("aria-label")}: ${rows.length}` : "";
  };

  const ask = async () => {
    const text = input.value.trim();
    request?.abort();
    if (text.length < SHORTEST) {
      rows = [];
      return close();
    }
    request = new AbortController();
    try {
      const address = `${input.dataset.suggest}?${new URLSearchParams({ q: text })}`;
      const response = await fetch(address, { signal: request.signal, headers: { Accept: "application/json" } });
      rows = response.ok ? (await response.json()).suggestions : [];
      draw();
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    const isOpen = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!rows.length) return;
      event.preventDefault();
      if (!isOpen) {
        draw();
        if (list.hidden) return;
      }
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = active + step;
      mark(next >= rows.length ? -1 : next < -1 ? rows.length - 1 : next);
    } else if (event.key === "Enter" && isOpen && active >= 0) {
      event.preventDefault();
      location.assign(rows[active].url);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener("blur", close);
  input.form?.addEventListener("submit", () => { clearTimeout(timer); request?.abort(); close(); });
}

document.querySelectorAll("input[data-suggest]").forEach(enhance);
