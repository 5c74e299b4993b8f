// Sending changes to /v1: each with a key of its own, so that a second press does nothing twice.
"use strict";
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");

async function change(method, path, body, headers = {}) {
  return fetch(path, {
    method,
    headers: { "Content-Type": "application/json", "Idempotency-Key": newKey(), "Accept-Language": document.documentElement.lang, ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

// A second press while the first is under way is none; after an answer that refuses, it counts.
let underWay = false;
async function onlyOne(send) {
  if (underWay) return null;
  underWay = true;
  let sent = null;
  try { sent = await send(); return sent; } finally { underWay = Boolean(sent?.ok); }
}

// The sentence of a problem, or the one given for a line that broke.
async function sentenceOf(response, lost) {
  try { return (await response.json()).detail || lost; } catch { return lost; }
}
