// Sorts the libraries by how far they are from the reader. The position is asked for once, rounded to about a
// hundred metres, kept in this tab until it is closed or forgotten, and never sent anywhere.
const KEPT = "near-me";
const DIGITS = 3;
const EARTH_KM = 6371;
const PATIENCE = { maximumAge: 600000, timeout: 10000 };

const finder = document.getElementById("branch-finder");
const panel = finder?.querySelector("[data-near-me]");
if (panel && "geolocation" in navigator) start();

function start() {
  const begin = panel.querySelector("[data-near-start]");
  const stop = panel.querySelector("[data-near-stop]");
  panel.hidden = false;
  begin.addEventListener("click", () => {
    begin.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const here = [coords.latitude, coords.longitude].map((number) => Number(number.toFixed(DIGITS)));
        keep(here);
        begin.disabled = false;
        show(here, stop);
      },
      () => {
        begin.disabled = false;
        say(panel.dataset.refused);
      },
      PATIENCE,
    );
  });
  stop.addEventListener("click", () => {
    keep(null);
    location.reload();
  });
  const kept = read();
  // A place named in the form was meant to count.
  if (kept && !finder.querySelector("[name=near]").value) show(kept, stop);
}

function show(here, stop) {
  const groups = [...finder.querySelectorAll(".branch-group")];
  if (!groups.length) return;
  const rows = groups.flatMap((group) => [...group.querySelectorAll(".branch-row")]);
  const far = rows.map((row) => ({ row, km: distance(here, row) })).sort((a, b) => a.km - b.km);
  far.forEach(({ row, km }) => {
    const mark = row.querySelector("[data-distance]");
    mark.textContent = Number.isFinite(km) ? words(km) : "";
    mark.hidden = !Number.isFinite(km);
  });
  groups[0].querySelector("h2").textContent = panel.dataset.title;
  groups[0].querySelector(".branch-rows").append(...far.map(({ row }) => row));
  groups.slice(1).forEach((group) => group.remove());
  stop.hidden = false;
  say(panel.dataset.done);
}

function distance([latitude, longitude], row) {
  if (row.dataset.lat === undefined) return Infinity;
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const lat1 = radians(latitude);
  const lat2 = radians(Number(row.dataset.lat));
  const across = radians(Number(row.dataset.lon) - longitude);
  const half = Math.sin((lat2 - lat1) / 2) ** 2 + Math.cos(lat1) * Math.cos(lat2) * Math.sin(across / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.sqrt(Math.min(half, 1)));
}

// As the server writes it: metres to the hundred, then tenths, then whole kilometres.
function words(km) {
  const language = document.documentElement.lang;
  if (km < 0.95) return panel.dataset.m.replace("{}", String(Math.max(100, Math.round(km * 10) * 100)));
  const number = km < 9.95 ? Math.round(km * 10) / 10 : Math.round(km);
  return panel.dataset.km.replace("{}", new Intl.NumberFormat(language).format(number));
}

function say(text) {
  const status = finder.querySelector("[data-near-status]");
  status.querySelector("[data-said]")?.remove();
  const said = document.createElement("span");
  said.dataset.said = "";
  said.textContent = ` · ${text}`;
  status.append(said);
}

function keep(here) {
  try {
    if (here) sessionStorage.setItem(KEPT, JSON.stringify(here));
    else sessionStorage.removeItem(KEPT);
  } catch {
    // A browser that keeps nothing sorts this once.
  }
}

function read() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT));
    return Array.isArray(kept) && kept.length === 2 && kept.every(Number.isFinite) ? kept : null;
  } catch {
    return null;
  }
}
