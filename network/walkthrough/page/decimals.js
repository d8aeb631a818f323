"use strict";

// How the page writes numbers, as decimals.go does, and the switch between few decimals and many.

const trueMinus = text => text.replaceAll("-", "−");
const power = (v, digits) => trueMinus(v.toExponential(digits));

// decimals writes a number for a table.
function decimals(v, digits) {
	const size = Math.abs(v);
	if (v === 0) return v.toFixed(digits);
	if (size < 0.5 * 10 ** -digits) return power(v, 1);
	return size >= 1e4 ? power(v, digits / 2) : trueMinus(v.toFixed(digits));
}

// nodeText writes a number for a node of the drawing.
function nodeText(v, isMeasured) {
	const size = Math.abs(v), few = [1, 0].map(digits => power(v, digits));
	if (size === 0) return "0";
	if (size >= 1e4 || size < 0.0005) return few[0].length <= 6 ? few[0] : few[1];
	if (isMeasured) return trueMinus(String(Number(v.toPrecision(4))));
	return trueMinus(v.toFixed(Math.max(0, 3 - [10, 100, 1000].filter(limit => size >= limit).length)));
}

// isLong reports whether a node of the drawing has no room for a text in the usual type.
const isLong = text => text.length > 6 || text.includes("e+");

// setDigits writes every number of the page with 4 decimals or with 8, the MSE with 4 more.
function setDigits(digits) {
	document.querySelector(".layout").classList.toggle("many", digits === 8);
	for (const td of document.querySelectorAll("table[data-of] tbody td")) {
		const number = numberIn(td);
		if (number && !quantity(number.name).IsMeasured) td.textContent = decimals(value(number), digits);
	}
	for (const e of document.querySelectorAll("[data-exact]")) e.textContent = decimals(Number(e.dataset.exact), digits + (e.matches("b") ? 4 : 0));
}

document.getElementById("digits")?.addEventListener("change", event => setDigits(event.target.checked ? 8 : 4));
