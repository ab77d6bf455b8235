// The form of a record: more lines without asking the server, and headings of the authority file while one types.
// Without it the buttons send the form, which comes back with more lines.
const PAUSE = 250;
const form = document.querySelector("[data-cataloguing]");

function addLine(fieldset) {
  const total = fieldset.querySelector("[name$='-TOTAL_FORMS']");
  const empty = fieldset.querySelector("template[data-empty]");
  const line = empty.content.cloneNode(true);
  for (const part of line.querySelectorAll("[name], [for], [id]")) {
    for (const name of ["name", "for", "id"]) {
      const value = part.getAttribute(name);
      if (value) part.setAttribute(name, value.replace("__prefix__", total.value));
    }
  }
  total.value = Number(total.value) + 1;
  empty.before(line);
  const added = empty.previousElementSibling;
  added.setAttribute("aria-label", `${added.getAttribute("aria-label").trim()} ${total.value}`);
  added.querySelector("select, input:not([type=hidden]), textarea").focus();
}

let waiting;
function suggest(input) {
  clearTimeout(waiting);
  if (input.value.trim().length < 2) return;
  waiting = setTimeout(() => fill(input), PAUSE);
}

async function fill(input) {
  const address = form.dataset.headings.replace("/names/", `/${input.dataset.suggests}/`);
  let headings = [];
  try {
    const answer = await fetch(`${address}?q=${encodeURIComponent(input.value)}`);
    if (answer.ok) ({ headings } = await answer.json());
  } catch {
    return; // Suggestions are a help, not a need.
  }
  listOf(input).replaceChildren(...headings.map((heading) => new Option(heading, heading)));
}

function listOf(input) {
  if (!input.list) {
    const list = document.createElement("datalist");
    list.id = `${input.id}-headings`;
    input.after(list);
    input.setAttribute("list", list.id);
  }
  return input.list;
}

if (form) {
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-more]");
    if (!button) return;
    event.preventDefault();
    addLine(button.closest("fieldset"));
  });
  form.addEventListener("input", (event) => {
    if (event.target.dataset.suggests) suggest(event.target);
  });
  document.getElementById("problems")?.focus();
}
