// The look-up: what is typed becomes a list, arrows and Enter choose, the card comes drawn.
"use strict";
const q = document.getElementById("q");
const list = document.getElementById("found");
const card = document.getElementById("card");
const count = document.getElementById("count");
let asked = 0;
let opened = 0;
let chosen = -1;
let listed = ""; // the text that the list answers

const place = () => new URLSearchParams({ region: document.getElementById("region").value, scheme: document.getElementById("scheme").value });
// What is left open is left out: an empty scheme is none of the two.
const told = () => { const all = place(); for (const [name, one] of [...all]) if (!one) all.delete(name); return all; };

function mark(at) {
  const rows = [...list.children];
  chosen = rows.length ? (at + rows.length) % rows.length : -1;
  rows.forEach((row, number) => row.setAttribute("aria-selected", String(number === chosen)));
  if (chosen >= 0) { q.setAttribute("aria-activedescendant", rows[chosen].id); rows[chosen].scrollIntoView({ block: "nearest" }); } else q.removeAttribute("aria-activedescendant");
}

async function find() {
  const mine = ++asked;
  const text = q.value.trim();
  if (!text) { list.hidden = true; list.replaceChildren(); listed = text; mark(-1); return; }
  const sent = await fetch(`/v1/medicines?${new URLSearchParams({ q: text })}`);
  if (mine !== asked || !sent.ok) return;
  const { items } = await sent.json();
  list.replaceChildren(...items.map((one, number) => {
    const row = document.createElement("li");
    row.id = `o${number}`;
    row.setAttribute("role", "option");
    row.dataset.id = one.id;
    const name = document.createElement("b");
    name.textContent = one.name;
    const kind = document.createElement("span");
    kind.className = `class-${one.class}`;
    kind.textContent = one.class_shown + (one.restricted ? ` · ${q.dataset.restricted}` : "");
    row.append(name, " ", kind);
    if (one.found_by !== one.name) { const by = document.createElement("div"); by.className = "hint"; by.textContent = one.found_by; row.append(by); }
    return row;
  }));
  list.hidden = !items.length;
  q.setAttribute("aria-expanded", String(items.length > 0));
  count.textContent = items.length ? String(items.length) : q.dataset.none;
  listed = text;
  mark(0);
}

async function open(id) {
  const mine = ++opened;
  const shown = told();
  const sent = await fetch(`/medicines/${encodeURIComponent(id)}/card?${shown}`);
  const drawn = await sent.text();
  if (mine !== opened || !sent.ok) return;
  card.innerHTML = drawn;
  shown.set("id", id);
  history.replaceState(null, "", `/medicines?${shown}`);
}

if (q) {
  q.addEventListener("input", find);
  q.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") { event.preventDefault(); mark(chosen + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); mark(chosen - 1); }
    if (event.key === "Escape") { q.value = ""; find(); }
  });
  document.getElementById("find").addEventListener("submit", async (event) => {
    event.preventDefault();
    // The list of fewer letters may name another medicine first.
    if (listed !== q.value.trim()) await find();
    const row = list.children[chosen];
    if (row && listed === q.value.trim()) open(row.dataset.id);
  });
  list.addEventListener("click", (event) => {
    const row = event.target.closest("li");
    if (!row) return;
    event.preventDefault();
    mark([...list.children].indexOf(row));
    open(row.dataset.id);
  });
  for (const id of ["region", "scheme"]) document.getElementById(id).addEventListener("change", () => { const now = card.querySelector("[data-id]"); if (now) open(now.dataset.id); });
}
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (button?.id === "print") window.print();
  if (!button?.dataset.copy) return;
  const from = document.getElementById(button.dataset.copy);
  try { await navigator.clipboard.writeText(from.textContent); } catch {
    // Without a secure connection there is no clipboard: mark it, so that Ctrl+C takes it.
    getSelection().selectAllChildren(from);
    document.execCommand("copy");
  }
  button.closest(".copy").querySelector(".told").textContent = button.dataset.done;
});
