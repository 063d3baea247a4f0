"""Breaks: lines on a page that begin or end with a mark that must not stand there, measured as the browser set them."""

from __future__ import annotations

WIDTHS = (1440, 1024, 768, 390, 360, 320)
"""The widths, in CSS pixels, at which lines are looked at: of desks, tablets and phones."""

FAULTS = """() => {
    // clreq, 3.1.2: pauses and closing marks begin no line, opening marks end none.
    const NO_START = /[，。、；：！？”’」』）》】]/u;
    const NO_END = /[“‘「『（《【]/u;
    const faults = [];
    const blocks = document.querySelectorAll("p, li, dt, dd, figcaption, h1, h2, h3, summary, td, th, a.button");
    for (const block of blocks) {
        if (!block.getClientRects().length || block.closest(".heard, [hidden]")) continue;
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        let last = null;
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const holder = node.parentElement;
            if (holder.closest(".heard, [hidden], svg, script, style") || !holder.getClientRects().length) continue;
            for (let at = 0; at < node.data.length; at += 1) {
                if (!node.data[at].trim()) continue;
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + 1);
                const box = range.getBoundingClientRect();
                if (!box.width) continue;
                // Another line of the same text begins further down and not further right.
                const isNew = last && box.top > last.top + last.height / 2 && box.left <= last.left;
                const isOdd = isNew && (NO_START.test(node.data[at]) || NO_END.test(last.character));
                const around = `${last?.before ?? ""}|${node.data.slice(at, at + 8)}`;
                if (isOdd) faults.push(around);
                last = {
                    top: box.top, left: box.left, height: box.height, character: node.data[at],
                    before: node.data.slice(Math.max(0, at - 7), at + 1),
                };
            }
        }
    }
    return faults;
}"""
"""A function of a page that returns the places where a line is broken wrongly, with the words around each, `…|。…`."""
