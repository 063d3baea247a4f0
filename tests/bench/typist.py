"""Typist: how long a page takes to answer each query, typed as by a reader."""

from __future__ import annotations

# The next query comes after the browser has drawn the answer to the one before.
TYPE = """async ([selector, queries]) => {
    const field = document.querySelector(selector);
    const times = [];
    for (const query of queries) {
        field.value = query;
        const start = performance.now();
        field.dispatchEvent(new InputEvent("input"));
        times.push(performance.now() - start);
        await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
    }
    return times;
}"""
