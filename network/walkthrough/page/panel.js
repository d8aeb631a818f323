"use strict";

// What the panel says of a number: first its arithmetic. (What its section says, it leaves out.)

const panel = document.getElementById("panel");

function element(tag, className, ...children) {
	const e = Object.assign(document.createElement(tag), {className});
	e.append(...children);
	return e;
}

// link returns a link to a number, whatever its text is.
const link = (number, textContent) => Object.assign(document.createElement("a"), {href: "#" + idOf(number), title: at(number), textContent});

// linked returns a text, or the line of a product, as nodes in which the numbers are links.
function linked({text, of}) {
	const [term, sum] = text.split(/(   sum .*)/), after = sum ? [element("i", "", sum)] : [];
	if (of) {
		const [, before, a, b] = term.match(/^(\S+  )(\S+) × (\S+)$/);
		return [before, link(of[0], a), " × ", link(of[1], b), ...after];
	}
	return [...term.split(/([\w.]+\[\d+\]\[\d+\])/).map((part, i) => {
		const [name, row, col] = part.split(/[[\]]+/);
		return i % 2 === 0 ? part : link({name, row, col}, part);
	}), ...after];
}

function fillPanel(number) {
	const covered = [number, ...sourcesOf(number).flat()].some(isCovered);
	const follow = covered && Operations[quantity(number.name).Operation].Each ? "" : strongest(number).map(at).join(" and ");
	const lines = covered ? [{text: "It is covered: show its matrix first."}] : arithmetic(number);
	panel.replaceChildren(
		element("h2", "", covered ? at(number) : `${at(number)} = ${exact(value(number))}`),
		element("pre", "", ...lines.map(line => element("span", "", ...linked(line)))),
		element("p", "follow", ...linked({text: follow && `Follow back: ${follow}`})),
		element("p", "place", placeOf(number)));
	panel.scrollTop = 0;
}
