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

// The sentence of a problem, or the one given for a line that broke.
async function sentenceOf(response, lost) {
  try { return (await response.json()).detail || lost; } catch { return lost; }
}
