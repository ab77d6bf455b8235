// The scanner's page goes on when the connection is lost: scans wait in the browser and are sent when it is back.
// Each has an id of its own, so that what is sent twice counts once. Without this script every scan is a form sent.
const page = document.querySelector("[data-send]");
const form = page.querySelector(".count-field");
const field = form.elements.barcode;
const verdict = page.querySelector("[data-verdict]");
const line = page.querySelector("[data-waiting-line]");
const mine = page.querySelector("[data-mine]");
const last = page.querySelector("[data-last]");
const SECONDS = 5;
const AT_ONCE = 100;
const SHOWN = 8;
let sending = false;
let timer = 0;

function queue() {
  try {
    return JSON.parse(localStorage.getItem(page.dataset.queue)) || [];
  } catch {
    return [];
  }
}

function keep(scans) {
  localStorage.setItem(page.dataset.queue, JSON.stringify(scans));
}

// Addresses without encryption have no crypto.randomUUID.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function fill(element, tone, words, ...rest) {
  element.className = `${element.dataset.verdict === undefined ? "" : "count-verdict "}count-${tone}`;
  const strong = document.createElement("strong");
  strong.textContent = words;
  const parts = rest.filter(Boolean).map((text) => {
    const span = document.createElement("span");
    span.textContent = text;
    return span;
  });
  element.replaceChildren(strong, ...parts.flatMap((part) => [" ", part]));
}

function show(answer) {
  fill(verdict, answer.tone, answer.words, answer.title || answer.barcode, answer.place);
  if (!answer.isNew) return;
  const entry = document.createElement("li");
  fill(entry, answer.tone, answer.words, answer.title || answer.barcode);
  last.prepend(entry);
  while (last.children.length > SHOWN) last.lastElementChild.remove();
  mine.textContent = Number(mine.textContent) + 1;
}

function say(words) {
  const waiting = queue().length;
  line.hidden = !waiting && !words;
  line.textContent = [words, waiting ? `${page.dataset.waiting}: ${waiting}` : ""].filter(Boolean).join(" · ");
}

async function send() {
  const some = queue().slice(0, AT_ONCE);
  if (sending || !some.length) return;
  sending = true;
  clearTimeout(timer);
  let words = "";
  try {
    words = await hand(some);
  } catch {
    words = page.dataset.offline;
  }
  sending = false;
  say(words);
  if (queue().length) timer = setTimeout(send, words ? SECONDS * 1000 : 0);
}

// Gives scans to the server; returns what is in the way, if anything is.
async function hand(scans) {
  const answer = await fetch(page.dataset.send, {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    body: JSON.stringify(scans),
  });
  if (answer.type === "opaqueredirect" || answer.status === 403) return page.dataset.signedOut;
  if (answer.status >= 500) return page.dataset.offline;
  const said = await answer.json();
  if (!answer.ok) return said.error || page.dataset.refused;
  const done = new Set(said.answers.map((one) => one.id));
  keep(queue().filter((scan) => !done.has(scan.id)));
  said.answers.forEach(show);
  sound(said.answers.at(-1).tone);
  return "";
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const barcode = field.value.trim();
  field.value = "";
  field.focus();
  if (!barcode) return;
  keep([...queue(), { id: newId(), barcode, shelf: form.elements.shelf.value }]);
  fill(verdict, "again", page.dataset.waiting, barcode);
  say("");
  send();
});

// What still waits here is taken back here; the rest is the server's.
page.querySelector("[data-undo]").addEventListener("submit", (event) => {
  const scans = queue();
  if (!scans.length) return;
  event.preventDefault();
  if (sending) return;
  keep(scans.slice(0, -1));
  fill(verdict, "again", "–", scans.at(-1).barcode);
  say("");
  field.focus();
});

const switcher = page.querySelector("[data-sound]");
const sounds = switcher.querySelector("input");
const PITCHES = { good: 880, again: 440, care: 330, bad: 180 };
let audio = null;

function sound(tone) {
  if (!sounds.checked) return;
  audio = audio || new AudioContext();
  const tune = audio.createOscillator();
  tune.frequency.value = PITCHES[tone] || 440;
  tune.connect(audio.destination);
  tune.start();
  tune.stop(audio.currentTime + (tone === "good" ? 0.08 : 0.3));
}

switcher.hidden = false;
sounds.checked = localStorage.getItem("count-sound") === "yes";
sounds.addEventListener("change", () => localStorage.setItem("count-sound", sounds.checked ? "yes" : "no"));
window.addEventListener("online", send);
say("");
send();
