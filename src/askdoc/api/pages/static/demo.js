// The count of the demonstration, asked for again every second.
"use strict";
const state = document.getElementById("state");
let asked = 0;
let shown = 0;

async function look() {
  const mine = ++asked;
  const told = await fetch("/demo/count");
  if (!told.ok) return;
  const count = await told.json();
  // An answer that was overtaken tells of an earlier moment.
  if (mine < shown) return;
  shown = mine;
  document.getElementById("arrived").textContent = count.arrived;
  for (const one of document.querySelectorAll("[data-count]")) one.textContent = count[one.dataset.count];
  state.textContent = count.sending ? state.dataset.on : state.dataset.off;
}
setInterval(look, 1000);
