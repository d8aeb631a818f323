package page

import (
	"bytes"
	"fmt"
	"math"
	"net/url"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"backprop/data/testkit"
	"backprop/iris"
	"backprop/network/walkthrough"
	"backprop/network/walkthrough/command"
)

// The step page in a real browser: what only a browser can see. TestPage… and
// TestServe… look at the page's HTML.
func TestBrowser(t *testing.T) {
	testkit.Everything(t)
	server := testkit.Start(t, testkit.Program(t, "serve", "-addr", "127.0.0.1:0"))
	b := newBrowser(t, awaitLine(server, "The step page is at "))
	for _, test := range []struct {
		name string
		run  func(*testing.T, *browser)
	}{
		{"tables", testTables},
		{"layout", testLayout},
		{"point", testPoint},
		{"explain", testExplain},
		{"decimals", testDecimals},
		{"digits", testDigits},
		{"circles", testCircles},
		{"equations", testEquations},
		{"panel", testPanel},
		{"next flower", testNextFlower},
		{"pin", testPin},
		{"follow back", testFollowBack},
		{"Tab", testTab},
		{"keys in a table", testTableKeys},
		{"larger type", testLargerType},
		{"time travel", testTimeTravel},
		{"settings", testSettings},
		{"predict first", testPredictFirst},
		{"no JavaScript", testNoJavaScript},
		{"file", testFile},
		{"own files", testOwnFiles},
		{"save", testSave},
		{"save from a file", testSaveFromFile},
		{"reading", testReading},
		{"size", testSize},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, b.in(t)) })
	}
}

// fiveQuery asks for a step in which the numbers of flowers, inputs, hidden nodes
// and outputs cannot be mistaken for each other.
const fiveQuery = "flowers=0,60,120,149,7&hidden=2&rate=0.3&seed=5&step=30"

// A spot is one number of a step.
type spot struct {
	walkthrough.Number
	step *walkthrough.Step
}

// spotOf returns the number with a name such as weights_2[0][1].
func spotOf(t *testing.T, s *walkthrough.Step, name string) spot {
	t.Helper()
	parts := strings.FieldsFunc(name, func(r rune) bool { return r == '[' || r == ']' })
	row, _ := strconv.Atoi(parts[1])
	col, _ := strconv.Atoi(parts[2])
	return spot{walkthrough.Number{Quantity: quantityOf(t, s, parts[0]), Row: row, Col: col}, s}
}

func (n spot) id() string { return fmt.Sprintf("%s-%d-%d", n.Name, n.Row, n.Col) }

// home is a selector of the number where it is computed.
func (n spot) home() string { return fmt.Sprintf(`[id="%s"]`, n.id()) }

// in is a selector of the number as an operand of another one.
func (n spot) in(section string) string {
	return fmt.Sprintf(`[id="%s"] table[data-of="%s"]:not(.home) tbody tr:nth-child(%d) td:nth-child(%d)`, section, n.Name, n.Row+1, n.Col+2)
}

// said returns what the panel says of the number: what the command explain prints, but for what
// the number's section says already, and with each line of a sum in one.
func (n spot) said() string {
	parts := strings.SplitN(strings.ReplaceAll(n.explained(), "\n      sum ", "   sum "), "\n\n", 3)
	title, place, _ := strings.Cut(parts[0], "\n")
	return title + "\n" + strings.TrimSuffix(strings.ReplaceAll("\n"+parts[2], "\n  ", "\n")[1:], "\n") + "\n" + place
}

// explained returns what the command explain prints for the number.
func (n spot) explained() string {
	notebook := func(iris.Flowers, []int, int, float64, drawWeights) (*walkthrough.Results, error) {
		return n.step.Results, nil
	}
	explain := command.Program{Commands: []command.Command{{Name: "explain", Run: walkthrough.Explain(notebook)}}}
	s := n.step.Settings
	args := []string{"explain", n.Number.String(), "-flowers", rowsText(s.Rows), "-hidden", fmt.Sprint(s.Hidden),
		"-rate", fmt.Sprint(s.Rate), "-seed", fmt.Sprint(s.Seed), "-steps", fmt.Sprint(s.Steps)}
	var out, stderr bytes.Buffer
	if explain.Run(args, nil, &out, &stderr) != 0 {
		panic(stderr.String())
	}
	return out.String()
}

// flower returns the row of x that the number belongs to, or -1.
func (n spot) flower() int {
	switch walkthrough.Flowers {
	case n.Rows:
		return n.Row
	case n.Cols:
		return n.Col
	}
	return -1
}

// lit returns what is lit when the number is pointed at: the number wherever it is, its row and
// column, all that it is computed from, and its place in the drawing.
func (n spot) lit() []string {
	var list []string
	lit := func(kind, section, of string, row, col int) {
		list = append(list, fmt.Sprintf("%s %s in %s %d %d", kind, of, section, row, col))
	}
	for _, q := range n.step.Quantities {
		if q == n.Quantity || slices.Contains(q.Operands(), n.Quantity) {
			lit("point", q.Name, n.Name, n.Row, n.Col)
		}
	}
	labels := n.Name
	if (quantity{Quantity: n.Quantity}).isBare(n.Quantity) && n.Operation.Each == nil {
		labels = n.A.Name
	}
	lit("lit", n.Name, labels, n.Row, -1)
	lit("lit", n.Name, labels, -1, n.Col)
	for _, source := range slices.Concat(n.Sources()...) {
		lit("source", n.Name, source.Name, source.Row, source.Col)
	}
	for j := -1; n.IsGiven() && n.Rows == walkthrough.Flowers && j < 5; j++ {
		lit("source", "cell-2", "flowers", n.Row, j)
	}
	// In the drawing it is a node, or the weight between two of them.
	ends := slices.DeleteFunc([]string{fmt.Sprintf("%d-%d", n.Rows, n.Row), fmt.Sprintf("%d-%d", n.Cols, n.Col)},
		func(end string) bool { return strings.HasPrefix(end, fmt.Sprintf("%d-", walkthrough.Flowers)) })
	slices.Sort(ends)
	if n.Rows != walkthrough.Whole {
		list = append(list, "at "+strings.Join(ends, " "))
	}
	slices.Sort(list)
	return list
}

// follow returns the names of the numbers to follow this one back to: of a sum, the factors of
// the largest product; the gradient before the weight, which leads nowhere.
func (n spot) follow() []string {
	var names []string
	largest := -1.0
	for _, sources := range n.Sources() {
		size := 0.0
		switch {
		case n.IsSum():
			size = math.Abs(sources[0].Value() * sources[1].Value())
		case n.Operation.Each != nil:
			size = math.Abs(sources[0].Value())
		}
		if size > largest {
			largest, names = size, nil
			for _, source := range sources {
				names = append(names, source.String())
			}
		}
	}
	if n.Operation.Name == "descent" {
		slices.Reverse(names)
	}
	return names
}

// shows waits until the page shows the number, with that fragment in its URL: in the
// panel what the command explain prints, with links to follow back, and what is lit,
// by its looks as well as by its classes.
func (b *browser) shows(what, fragment string, n spot) {
	b.t.Helper()
	b.await(what, b.shown, strings.Join(append([]string{"#" + fragment, n.said(), "links: " + strings.Join(n.follow(), ", ")}, n.lit()...), "\n"))
}

// showsNothing waits until no number is shown or pinned.
func (b *browser) showsNothing(what string) {
	b.t.Helper()
	b.await(what, b.shown, "#\n\nlinks: ")
}

func (b *browser) shown() string {
	b.t.Helper()
	list := eval[[]string](b, `
		const title = document.querySelector("#panel h2"), lit = [];
		for (const cell of document.querySelectorAll("td, th")) {
			const kinds = ["point", "source", "lit"].filter(name => cell.classList.contains(name)), style = getComputedStyle(cell);
			const looks = cell.matches("td") ? style.boxShadow !== "none" : style.textDecorationLine === "underline";
			if (!looks && !kinds.length) continue;
			const table = cell.closest("table"), section = cell.closest(".quantity, .cell"), row = cell.parentNode;
			const place = " " + table.dataset.of + " in " + section.id + " " + (row.parentNode.matches("tbody") ? row.sectionRowIndex : -1) + " " + (cell.cellIndex - 1);
			for (const kind of kinds) lit.push(kind + place);
			if (looks !== (kinds.length > 0) && !(cell.matches("th") && kinds.includes("source"))) lit.push("its looks are other than" + place);
		}
		for (const e of document.querySelectorAll("svg .at")) lit.push("at " + e.dataset.at);
		return [location.hash || "#", title ? [title, ...document.querySelectorAll("#panel pre span"), document.querySelector("#panel .place")].map(e => e.textContent).join("\n") : "",
			"links: " + [...document.querySelectorAll("#panel .follow a")].map(e => e.textContent).join(", "), ...lit.sort()]`)
	return strings.Join(list, "\n")
}

// isVisible waits until all of an element can be seen, with nothing in front of it.
func (b *browser) isVisible(what, selector string) {
	b.t.Helper()
	b.await(what+": what can be seen of "+selector, func() string {
		return eval[string](b, `const e = document.querySelector(arguments[0]), box = e.getBoundingClientRect();
			return [[0.1, 0.1], [0.5, 0.5], [0.9, 0.9]].map(([x, y]) => {
				const top = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
				return e === top || e.contains(top) ? "visible" : top ? "hidden by " + top.outerHTML.slice(0, 80) : "outside";
			}).join()`, selector)
	}, "visible,visible,visible")
}

// report reports each of the problems that a script returns.
func (b *browser) report(what, script string) {
	b.t.Helper()
	for _, problem := range eval[[]string](b, script) {
		b.t.Errorf("%s: %s", what, problem)
	}
}

// Nothing of a table is hidden. (TestTables compares each table's numbers and labels with the
// notebook's.)
func testTables(t *testing.T, b *browser) {
	b.open(fiveQuery)
	b.report("tables", `
		const problems = [];
		for (const cell of document.querySelectorAll("td, th"))
			if (!cell.checkVisibility({visibilityProperty: true, opacityProperty: true}) || cell.innerText !== cell.textContent)
				problems.push("got " + cell.outerHTML + " hidden in " + cell.closest("table").dataset.of);
		for (const section of document.querySelectorAll(".quantity")) {
			const got = section.querySelector("h3 .shape").innerText, want = section.querySelector(".home .shape").innerText;
			if (got !== want) problems.push("got the shape " + got + " beside the name of " + section.id + ", want that of its table, " + want);
		}
		return problems`)
}

// A product is laid out as by hand: the left factor to the left of the result, row
// by row, and the right factor above it, column by column.
func testLayout(t *testing.T, b *browser) {
	b.open("")
	b.report("layout", `
		const problems = [], products = document.querySelectorAll(".product");
		if (products.length !== 5) problems.push("got " + products.length + " products, want 5");
		for (const product of products) {
			const [left, right, result] = ["left", "right", "result"].map(place => product.querySelector("." + place + " table"));
			const box = element => element.getBoundingClientRect(), cell = table => box(table.tBodies[0].rows[0].cells[1]);
			if (box(left).right > box(result).left) problems.push("got the left factor of " + product.id + " not to the left of the result");
			if (box(right).bottom > box(result).top) problems.push("got the right factor of " + product.id + " not above the result");
			if (Math.abs(cell(left).top - cell(result).top) > 1) problems.push("got the rows of " + product.id + " not in line with its left factor's");
			if (Math.abs(cell(right).left - cell(result).left) > 1) problems.push("got the columns of " + product.id + " not in line with its right factor's");
		}
		return problems`)
}

// The mouse at a number of every matrix, where it is computed and where it is an
// operand.
func testPoint(t *testing.T, b *browser) {
	b.open(fiveQuery)
	step := stepOf(t, fiveQuery)
	flow := map[walkthrough.Stage]string{}
	for _, a := range arrows {
		flow[a.stage] = a.text
	}
	var flowers []string
	for i := range step.Flowers {
		flowers = append(flowers, step.LongLabel(walkthrough.Flowers, i))
	}
	check := func(what, selector string, n spot) {
		b.point(selector)
		b.shows(what, "", n)
		got := eval[struct{ Flow, Flower, Nodes string }](b, `
			const shown = selector => [...document.querySelectorAll(selector)].filter(e => getComputedStyle(e).display !== "none").map(e => e.textContent).join(" ");
			return {Flow: shown(".net .flow"), Flower: shown("#flower-name"), Nodes: shown(".net .node text[data-of]")}`)
		flower := slices.Index(flowers, got.Flower)
		if flower < 0 || n.flower() >= 0 && flower != n.flower() {
			t.Fatalf("%s: the drawing: got the flower %q, want that of the number", what, got.Flower)
		}
		if got.Flow != flow[n.Stage] {
			t.Errorf("%s: the drawing: got the flow %q, want %q", what, got.Flow, flow[n.Stage])
		}
		if want := nodeValues(step, flower, got.Flow); got.Nodes != want {
			t.Errorf("%s: the drawing: got the nodes %s, want %s", what, got.Nodes, want)
		}
	}
	for _, q := range step.Quantities {
		n := spot{walkthrough.Number{Quantity: q, Row: q.Matrix.Rows() - 1}, step} // a place that cannot be mistaken for its transpose's
		check(n.String(), n.home(), n)
		for _, operand := range q.Operands() {
			n := spot{walkthrough.Number{Quantity: operand, Col: operand.Matrix.Cols() - 1}, step}
			check(n.String()+" in "+q.Name, n.in(q.Name), n)
		}
	}
}

// nodeValues returns what the drawing's nodes show of a flower: their outputs, and on
// the way back their deltas.
func nodeValues(s *walkthrough.Step, flower int, flow string) string {
	hidden, output := s.Pass.HiddenLayerOutputs, s.Pass.OutputLayerOutputs
	if flow != "" && !strings.HasPrefix(flow, "forward") {
		hidden, output = s.Pass.HiddenLayerDelta, s.Pass.OutputLayerDelta
	}
	var list []string
	for _, v := range s.Pass.X[flower] {
		list = append(list, short(v, true))
	}
	for _, v := range slices.Concat(hidden[flower], output[flower]) {
		list = append(list, short(v, false))
	}
	return strings.Join(list, " ")
}

// The script's words for each number are those of the command explain, whatever the
// number looks like.
func testExplain(t *testing.T, b *browser) {
	for _, test := range []struct{ name, query, has string }{
		{"the notebook's", "", ""},
		{"another step", fiveQuery, ""},
		{"small numbers", "flowers=0,60,120,149,7&hidden=2&rate=3&seed=5&step=3000", `\de-0[5-9]`},
		{"minus zero", "flowers=0,60,120,149,7&hidden=2&rate=1e30&seed=5&step=1000", `(?m) -0$`},
		{"infinite exponentials", "rate=1e10&step=2", `e\^\S+ = \+Inf`},
		{"large numbers", "flowers=0,60,120,149,7&hidden=2&rate=1e30&seed=5&step=2", `\de\+2\d`},
		{"the largest numbers", "flowers=0,60,120,149,7&hidden=2&rate=1e300&seed=5&step=2", `\de\+29\d`},
		{"a million", "rate=1e6&step=2", `\d{6}|e\+0\d`},
	} {
		b.open(test.query)
		step := stepOf(t, test.query)
		got := eval[map[string]string](b, `const said = number => [at(number) + " = " + exact(value(number)), ...arithmetic(number).map(line => line.text), placeOf(number)].join("\n");
			return Object.fromEntries(Object.entries(Quantities).flatMap(([name, q]) =>
			q.Values.flatMap((values, row) => values.map((_, col) => [at({name, row, col}), said({name, row, col})]))))`)
		all := ""
		for _, q := range step.Quantities {
			for row := range q.Matrix {
				for col := range q.Matrix[row] {
					n := spot{walkthrough.Number{Quantity: q, Row: row, Col: col}, step}
					want := n.said()
					all += want
					if got[n.String()] != want {
						t.Errorf("%s: %s: got\n%s\nwant\n%s", test.name, n.String(), got[n.String()], want)
					}
					delete(got, n.String())
				}
			}
		}
		if len(got) > 0 {
			t.Errorf("%s: got %d numbers that the step does not have, want none", test.name, len(got))
		}
		if !regexp.MustCompile(test.has).MatchString(all) {
			t.Errorf("%s: got no number like %s, want one", test.name, test.has)
		}
	}
}

func testPin(t *testing.T, b *browser) {
	b.open(fiveQuery)
	step := stepOf(t, fiveQuery)
	n, other, delta := spotOf(t, step, "hidden_layer_error[3][1]"), spotOf(t, step, "hidden_layer_error[0][0]"), spotOf(t, step, "output_layer_delta[3][2]")
	b.click(n.home())
	b.shows("a click", n.id(), n)
	b.point(other.home())
	b.shows("then pointing elsewhere", n.id(), n)
	b.press(keyEscape)
	b.showsNothing("Escape")
	b.point(spotOf(t, step, "hidden_layer_error[1][0]").home())
	b.shows("Escape, then pointing elsewhere", "", spotOf(t, step, "hidden_layer_error[1][0]"))
	b.click(n.home())
	b.shows("a click again", n.id(), n)
	b.click(n.home())
	b.showsNothing("a second click")
	b.point(other.home())
	b.shows("a second click, then pointing elsewhere", "", other)
	b.click(n.home())
	b.click(delta.home())
	b.shows("a click elsewhere", delta.id(), delta)
	b.back()
	b.shows("back", n.id(), n)
	b.open(fiveQuery + "#" + n.id())
	b.shows("a link", n.id(), n)
	b.isVisible("a link", n.home())
	b.click(delta.in("hidden_layer_error"))
	b.shows("a click on an operand", delta.id(), delta)
	b.isVisible("a click on an operand", delta.home())

	b.pointer("mouse", "viewport", 0, 0)
	panels := `return document.querySelector("#panel").textContent`
	for _, strange := range []string{"hidden_layer_error-5-0", "nothing-0-0", "x", "panel", "-", "__proto__-0-0"} {
		eval[any](b, `location.hash = arguments[0]`, n.id())
		b.shows("before #"+strange, n.id(), n)
		eval[any](b, `location.hash = arguments[0]`, strange)
		b.awaitScript("#"+strange, panels, "")
	}
	b.open(fiveQuery + "#%E0%A4")
	b.awaitScript("a link to %E0%A4", panels, "")
}

// From a new weight back to the flower, by what the panel offers, and all the way
// forward again with the browser's button.
func testFollowBack(t *testing.T, b *browser) {
	step := stepOf(t, fiveQuery)
	path := []string{"new_weights_2", "weights_2_update", "hidden_layer_outputs.T", "hidden_layer_outputs", "hidden_layer_inputs", "x"}
	for _, test := range []struct {
		name, query string
		phone       bool
	}{
		{"desktop", fiveQuery, false},
		{"desktop, larger type", fiveQuery + "&large=1", false},
		{"phone", fiveQuery, true},
		{"phone, larger type", fiveQuery + "&large=1", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := *b
			b.t = t
			if test.phone {
				b.phone()
			}
			b.open(test.query)
			pinned := func(what string, n spot) {
				t.Helper()
				b.shows(what, n.id(), n)
				b.isVisible(what, n.home())
			}
			n := spotOf(t, step, "new_weights_2[0][1]")
			var visited []spot
			b.click(n.home())
			pinned("a click", n)
			for _, to := range path[1:] {
				visited = append(visited, n)
				i := slices.IndexFunc(n.follow(), func(name string) bool { return strings.HasPrefix(name, to+"[") })
				n = spotOf(t, step, n.follow()[i])
				b.click(fmt.Sprintf("#panel .follow a:nth-of-type(%d)", i+1))
				pinned("to "+n.String(), n)
			}
			for i := len(visited) - 1; i >= 0; i-- {
				b.back()
				pinned("back to "+visited[i].String(), visited[i])
			}
			if test.phone {
				n := spotOf(t, step, "x[1][1]")
				b.open(test.query)
				b.pointer("touch", b.find(n.home()), 0, 0, "pointerDown", "pointerUp")
				pinned("a finger", n)
			}
		})
	}
}

// Tab stops at all that can be used, once at each table, and it can be seen where.
func testTab(t *testing.T, b *browser) {
	for _, test := range []struct{ name, query string }{
		{"step 12", "step=12"},
		{"predict first, larger type, 5 nodes", "step=12&cover=1&large=1&hidden=5"},
	} {
		b.open(test.query)
		want := eval[[]string](b, `
			const nameOf = e => {
				const table = e.closest("table");
				if (table) return "cell of " + table.dataset.of + " in " + e.closest(".quantity").id;
				return e.tagName.toLowerCase() + " " + (e.id || e.getAttribute("href") || e.textContent);
			};
			window.stops = [];
			addEventListener("keyup", () => {
				const e = document.activeElement, box = e.getBoundingClientRect();
				const outside = box.right <= 0 || box.bottom <= 0 || box.top >= innerHeight || box.left >= innerWidth;
				const seen = e.matches("input.show") ? e.nextElementSibling : e; // the label is what can be seen
				stops.push(nameOf(e) + (outside ? ", outside of the window" : getComputedStyle(seen).outlineStyle === "none" ? ", without an outline" : ""));
			}, true);
			document.querySelector("details").open = true;
			return [...document.querySelectorAll("a[href], input, button, summary, table[role=grid]")]
				.filter(e => !e.closest(".curve")).map(e => e.tBodies ? e.tBodies[0].rows[0].cells[1] : e)
				.filter(e => e.checkVisibility({visibilityProperty: true})).map(nameOf)`)
		if len(want) < 60 {
			t.Fatalf("%s: got %d elements that can be used, want more: %v", test.name, len(want), want)
		}
		b.press(strings.Split(strings.Repeat(keyTab, len(want)), "")...)
		got := eval[[]string](b, `return stops`)
		for i := range want {
			if i >= len(got) || got[i] != want[i] {
				t.Fatalf("%s: got the stops %q, want the next one at %s", test.name, got[:min(i+1, len(got))], want[i])
			}
		}
	}
}

func testTableKeys(t *testing.T, b *browser) {
	b.open(fiveQuery)
	step := stepOf(t, fiveQuery)
	q := quantityOf(t, step, "hidden_layer_error") // 5×2
	focus := func(what string, n spot) {
		t.Helper()
		b.awaitScript(what+": the focus", `return document.activeElement.id`, n.id())
	}
	at := func(what, fragment string, row, col int) {
		t.Helper()
		n := spot{walkthrough.Number{Quantity: q, Row: row, Col: col}, step}
		b.shows(what, fragment, n)
		focus(what, n)
		b.awaitScript(what+": what is said", `return document.getElementById("said").textContent`, n.String()+", from output_layer_delta and weights_2.T")
	}
	eval[any](b, `document.querySelector("#hidden_layer_error h3 a").focus()`)
	b.press(keyTab, keyTab, keyTab) // past both operands
	at("Tab", "", 0, 0)
	for _, move := range []struct {
		name, key string
		row, col  int
	}{
		{"down", keyDown, 1, 0}, {"right", keyRight, 1, 1}, {"right at the border", keyRight, 1, 1}, {"Home", keyHome, 1, 0},
		{"End", keyEnd, 1, 1}, {"PageDown", keyPageDown, 4, 1}, {"down at the border", keyDown, 4, 1}, {"left", keyLeft, 4, 0},
		{"up", keyUp, 3, 0}, {"PageUp", keyPageUp, 0, 0}, {"up at the border", keyUp, 0, 0}, {"left at the border", keyLeft, 0, 0}, {"down again", keyDown, 1, 0},
	} {
		b.press(move.key)
		at(move.name, "", move.row, move.col)
	}
	n := spot{walkthrough.Number{Quantity: q, Row: 1}, step}
	source := spotOf(t, step, n.follow()[0])
	b.press(keyEnter)
	at("Enter", n.id(), 1, 0)
	b.press(keyDown)
	b.shows("down from the pinned number", n.id(), n)
	b.press(keyUp, keyEnter)
	b.awaitScript("Enter again: the focus", `return document.activeElement.closest("#panel .follow") ? document.activeElement.textContent : ""`, source.String())
	b.press(keyEscape)
	at("Escape in the panel", n.id(), 1, 0)
	b.press(keyEnter, keyEnter)
	b.shows("Enter at the link", source.id(), source)
	focus("Enter at the link", source)
	b.press(keyEscape)
	b.showsNothing("Escape")
	b.press(" ")
	b.shows("Space", source.id(), source)
	b.press(keyEscape, keyEscape)
	b.showsNothing("Escape twice")
}

// isLarge is a script that returns whether the type is larger.
const isLarge = `return getComputedStyle(document.documentElement).fontSize + (document.getElementById("large").checked ? " on" : " off")`

func testLargerType(t *testing.T, b *browser) {
	b.open("")
	b.awaitScript("at first", isLarge, "16px off")
	b.press("l")
	b.awaitScript("l", isLarge, "24px on")
	if got := b.location(); !strings.Contains(got, "large=1") {
		t.Errorf("l: got the URL %s, want it with large=1", got)
	}
	b.press("L")
	b.awaitScript("L", isLarge, "16px off")
	b.click("#field-step")
	b.press("l")
	b.awaitScript("l in a field", isLarge, "16px off")
	if got := eval[string](b, `return document.getElementById("field-step").value`); !strings.Contains(got, "l") {
		t.Errorf("got %q in the field, want it with an l", got)
	}
	b.click("#cover") // a checkbox takes no letters
	b.press("l")
	b.awaitScript("l at a checkbox", isLarge, "24px on")
}

// Another step, by each way to one, keeps the pinned number and the larger type.
// (TestPageTravels looks at where each of the links leads.)
func testTimeTravel(t *testing.T, b *browser) {
	const settings = "flowers=0,60,120,149,7&hidden=2&rate=0.3&seed=5"
	query := func(step int) string { return fmt.Sprintf("%s&step=%d", settings, step) }
	state := func(what string, step, run int) {
		t.Helper()
		n := spotOf(t, stepOf(t, query(step)), "new_weights_2[1][2]")
		b.shows(what, n.id(), n)
		b.awaitScript(what+": larger type", isLarge, "24px on")
		got := eval[struct {
			Heading, Curve, URL string
			Mark                float64 // where on the curve it is
		}](b, `const mark = document.querySelector("circle.now").getBBox(), line = document.querySelector(".curve .line").getBBox();
			return {Heading: document.querySelector("h1").innerText, URL: location.search, Mark: (mark.x + mark.width / 2 - line.x) / line.width,
				Curve: document.getElementById("curve-title").textContent + ". " + document.getElementById("curve-desc").textContent}`)
		if want := fmt.Sprintf("Backpropagation, step %d", step); got.Heading != want {
			t.Errorf("%s: got the heading %q, want %q", what, got.Heading, want)
		}
		if want := fmt.Sprintf("The MSE before each step, from 1 to %d. Step %d, the one shown, is marked.", run, step); got.Curve != want {
			t.Errorf("%s: got the curve %q, want %q", what, got.Curve, want)
		}
		if want := float64(step-1) / float64(run-1); math.Abs(got.Mark-want) > 0.01 {
			t.Errorf("%s: got the mark at %.3f of the curve, want it at %.3f", what, got.Mark, want)
		}
		if !strings.Contains(got.URL, "&large=1") {
			t.Errorf("%s: got the URL %s, want it with large=1", what, got.URL)
		}
	}
	b.open(query(1500))
	b.click("#large")
	b.click(`[id="new_weights_2-1-2"]`)
	state("step 1500", 1500, 1500)

	q := mustParse(t, query(1500)+"&large=1")
	var want []string
	for _, travel := range (&page{Query: q}).Travels() {
		want = append(want, travel.URL+"#new_weights_2-1-2")
	}
	if got := eval[[]string](b, `return [...document.querySelectorAll("nav a")].map(a => a.getAttribute("href"))`); !slices.Equal(got, want) {
		t.Errorf("got the links\n%q\nwant\n%q", got, want)
	}
	if got := eval[[]string](b, `return [...document.querySelectorAll("a.travel, .curve a")].map(a => a.getAttribute("href")).filter(href => !href.endsWith("&large=1#new_weights_2-1-2"))`); len(got) > 0 {
		t.Errorf("got the links %q, want all of them to keep the pinned number and the larger type", got)
	}
	b.click("nav a:nth-of-type(6)")
	state("+10", 1510, 1510)
	b.back()
	state("back", 1500, 1500)

	box := eval[struct{ X, Y, Width float64 }](b, `document.querySelector(".curve").scrollIntoView({block: "center"});
		const box = document.querySelector(".curve .line").getBoundingClientRect();
		return {X: box.left, Y: box.top, Width: box.width}`)
	b.pointer("mouse", "viewport", box.X+0.3*box.Width, box.Y+20, "pointerDown", "pointerUp")
	b.await("a click on the curve", func() string { return fmt.Sprint(!strings.Contains(b.location(), "step=1500&")) }, "true")
	u, err := url.Parse(b.location())
	if err != nil {
		t.Fatal(err)
	}
	var step int
	fmt.Sscan(u.Query().Get("step"), &step)
	if math.Abs(float64(step)-0.3*1500) > 1500/119.+1 {
		t.Errorf("a click at 30 %% of the curve: got step %d, want about 450", step)
	}
	state("a click on the curve", step, 1500)

	b.write("#field-step", "37")
	b.press(keyEnter)
	state("the box", 37, 1500)
}

// The form asks for all settings, and says what is wrong with them. (TestParseQuery,
// TestTables and TestServeBadValuesKeepTheForm try many values.)
func testSettings(t *testing.T, b *browser) {
	fields := func() map[string]string {
		return eval[map[string]string](b, `return Object.fromEntries([...document.querySelectorAll(".field input")].filter(e => e.checkVisibility())
			.map(e => [e.name, (e.getAttribute("aria-invalid") ? "bad: " : "") + e.value]))`)
	}
	send := func(values map[string]string) {
		for name, value := range values {
			b.write("#field-"+name, value)
		}
		b.click(".fields button")
	}
	b.open("step=3")
	b.click("summary")
	send(map[string]string{"flowers": "0-4", "hidden": "17", "rate": "2.5", "seed": "4294967295", "step": "<script>alert(1)</script>"})
	b.awaitScript("the errors", `return [...document.querySelectorAll("[role=alert] li a")].map(e => e.innerText).join()`, "hidden nodes,step")
	errors := eval[string](b, `return document.querySelector("[role=alert]").innerText`)
	for _, text := range []string{"“17”", "1 to 16", "“<script>alert(1)</script>”", "1 to 100000"} {
		if !strings.Contains(errors, text) {
			t.Errorf("got the errors %q, want %q in them", errors, text)
		}
	}
	want := map[string]string{"flowers": "0-4", "hidden": "bad: 17", "rate": "2.5", "seed": "4294967295", "step": "bad: <script>alert(1)</script>"}
	if got := fields(); !reflect.DeepEqual(got, want) {
		t.Errorf("the errors: got the fields %v, want %v", got, want)
	}
	for _, name := range []string{"hidden", "step"} {
		b.click(fmt.Sprintf(`[role=alert] a[href="#field-%s"]`, name))
		b.isVisible("a link of the errors", "#field-"+name)
	}
	send(map[string]string{"hidden": "4", "step": "20"})
	b.awaitScript("the correct values", `return document.querySelector(".summary")?.innerText ?? ""`, "5 flowers, 4-4-3 nodes, learning rate 2.5, seed 4294967295")
	n := spotOf(t, stepOf(t, "flowers=0-4&hidden=4&rate=2.5&seed=4294967295&step=20"), "new_weights_1[3][3]")
	b.point(n.home())
	b.shows("the correct values", "", n)
	b.click("summary")
	want = map[string]string{"flowers": "0-4", "hidden": "4", "rate": "2.5", "seed": "4294967295", "step": "20"}
	if got := fields(); !reflect.DeepEqual(got, want) {
		t.Errorf("the correct values: got the fields %v, want %v", got, want)
	}
}

// covered returns of each matrix and number whether it is hidden, visible, or mixed,
// also in the drawing.
func (b *browser) covered() map[string]string {
	b.t.Helper()
	return eval[map[string]string](b, `
		const states = {};
		for (const e of document.querySelectorAll("table[data-of] td:not(thead td), b[data-of], text[data-of]")) {
			const name = e.closest("[data-of]").dataset.of, state = getComputedStyle(e).visibility;
			states[name] = states[name] && states[name] !== state ? "mixed" : state;
		}
		return states`)
}

// showsOnly checks that all that is computed is covered but for the names.
func (b *browser) showsOnly(what string, s *walkthrough.Step, names ...string) {
	b.t.Helper()
	want := map[string]string{"flowers": "visible", "mse_before": "hidden", "mse_after": "hidden", "output_layer_outputs_after": "hidden"}
	for _, q := range s.Quantities {
		if want[q.Name] = "hidden"; q.IsGiven() {
			want[q.Name] = "visible"
		}
	}
	for _, name := range names {
		want[name] = "visible"
	}
	if got := b.covered(); !reflect.DeepEqual(got, want) {
		b.t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func testPredictFirst(t *testing.T, b *browser) {
	b.open(fiveQuery)
	step := stepOf(t, fiveQuery)
	if got := b.covered()["new_weights_2"]; got != "visible" {
		t.Fatalf("at first: got new_weights_2 %s, want it visible", got)
	}
	b.click("#cover")
	b.showsOnly("switched on", step)
	if got := b.location(); !strings.Contains(got, "cover=1") {
		t.Errorf("switched on: got the URL %s, want it with cover=1", got)
	}
	b.load(b.location())
	b.showsOnly("a new load of that URL", step)

	// Neither the panel nor the curve gives a covered number away.
	secret := func(what string, n, covered spot) {
		t.Helper()
		b.awaitScript(what, `return document.querySelector("#panel h2")?.textContent ?? ""`, n.String())
		got := eval[string](b, `return document.getElementById("panel").textContent + document.getElementById("said").textContent`)
		if digits := regexp.MustCompile(`^-?\d+\.\d{3}`).FindString(walkthrough.Exact(covered.Value())); strings.Contains(got, digits) {
			t.Errorf("%s: got\n%s\nwant no %s in it", what, got, digits)
		}
	}
	for _, name := range []string{"hidden_layer_inputs[1][1]", "output_layer_error[1][1]", "new_weights_2[1][1]"} {
		n := spotOf(t, step, name)
		eval[any](b, `location.hash = arguments[0]`, n.id())
		secret("a link to "+name, n, n)
		b.press(keyEscape)
	}
	curve := eval[string](b, `return document.querySelector(".curve").textContent`)
	if digits := fmt.Sprintf("%.4f", step.MSEBefore); strings.Contains(curve, digits) {
		t.Errorf("got %q as the curve's description, want no %s in it", curve, digits)
	}

	// A click on a cover shows one matrix, everywhere; one more covers it again.
	b.click(`label[for="show-hidden_layer_outputs"]`)
	b.showsOnly("a click", step, "hidden_layer_outputs")
	b.click(`label[for="show-hidden_layer_outputs"]`)
	b.showsOnly("a second click", step)
	b.click(`label[for="show-hidden_layer_outputs"]`)
	n := spotOf(t, step, "hidden_layer_outputs[2][0]")
	b.point(n.home())
	secret("a number computed from a covered one", n, spotOf(t, step, "hidden_layer_inputs[2][0]"))
	b.click(`label[for="show-hidden_layer_inputs"]`)
	n = spotOf(t, step, "hidden_layer_outputs[3][1]")
	b.point(n.home())
	b.shows("a number computed from one that is shown", "", n)
	b.click(`label[for="show-mse_before"]`)
	b.showsOnly("the MSE", step, "hidden_layer_outputs", "hidden_layer_inputs", "mse_before")
	eval[any](b, `document.getElementById("show-output_layer_inputs").focus()`)
	b.press(" ")
	b.showsOnly("the space bar", step, "hidden_layer_outputs", "hidden_layer_inputs", "mse_before", "output_layer_inputs")
	b.click("#cover")
	if got := b.covered()["new_weights_2"]; got != "visible" || strings.Contains(b.location(), "cover") {
		t.Errorf("switched off: got new_weights_2 %s at %s, want it visible and no cover=1", got, b.location())
	}
}

// Without JavaScript the page shows all numbers and leads everywhere; only pointing
// is missing.
func testNoJavaScript(t *testing.T, b *browser) {
	const heading = `return document.readyState === "complete" ? document.querySelector("h1").innerText : "loading"`
	b.blockScripts()
	b.open(fiveQuery + "#hidden_layer_error-3-1")
	if eval[bool](b, `return document.querySelector("[role=grid]") !== null`) {
		t.Fatal("got a page whose script has run, want one without")
	}
	if got := eval[string](b, `return getComputedStyle(document.getElementById("hidden_layer_error-3-1")).boxShadow`); got == "none" {
		t.Error("a link to a number: got it without a frame, want it with one")
	}
	step := stepOf(t, fiveQuery)
	for _, q := range step.Quantities {
		if got, want := b.covered()[q.Name], "visible"; got != want {
			t.Errorf("%s: got it %s, want it %s", q.Name, got, want)
		}
	}
	b.click("nav a:nth-of-type(6)")
	b.awaitScript("+10", heading, "Backpropagation, step 40")
	b.click(".curve a:nth-of-type(1) rect")
	b.awaitScript("the curve", heading, "Backpropagation, step 1")
	b.click("summary")
	b.write("#field-hidden", "3")
	b.write("#field-step", "7")
	b.click(".fields button")
	b.awaitScript("the form", heading, "Backpropagation, step 7")
	step = stepOf(t, "flowers=0,60,120,149,7&hidden=3&rate=0.3&seed=5&step=7")
	if got, want := eval[string](b, `return document.getElementById("new_weights_1-3-2").innerText`), decimals(step.After.Weights1[3][2], 4); got != want {
		t.Errorf("the form: got new_weights_1[3][2] = %s, want %s", got, want)
	}
	b.click("#cover")
	b.showsOnly("predict first", step)
	b.click(`label[for="show-hidden_layer_inputs"]`)
	b.showsOnly("predict first, a click", step, "hidden_layer_inputs")
	b.click("#settings > button")
	b.await("the switch, sent with the form", func() string { return fmt.Sprint(strings.Contains(b.location(), "cover=1")) }, "true")
	b.awaitScript("the switch, sent with the form", heading, "Backpropagation, step 7")
	b.showsOnly("the switch, sent with the form", step)
	b.click("#large")
	b.awaitScript("larger type", isLarge, "24px on")
}

// A page in a file, with nobody to ask for another step.
func testFile(t *testing.T, b *browser) {
	file := filepath.Join(t.TempDir(), "step.html")
	if r := testkit.Run(t, testkit.Program(t, "page", "-o", file, "-flowers", "0,60,120,149,7", "-hidden", "2", "-rate", "0.3", "-seed", "5", "-steps", "30")); r.Code != 0 {
		t.Fatalf("page: got exit code %d and %s", r.Code, r.Err)
	}
	b.pages = (&url.URL{Scheme: "file", Path: filepath.ToSlash(file)}).String()
	b.load(b.pages)
	step := stepOf(t, fiveQuery)
	n, outputs := spotOf(t, step, "hidden_layer_slope[3][1]"), spotOf(t, step, "hidden_layer_outputs[3][1]")
	b.point(spotOf(t, step, "weights_1_update[3][1]").home())
	b.shows("pointing", "", spotOf(t, step, "weights_1_update[3][1]"))
	b.click(n.home())
	b.shows("a click", n.id(), n)
	b.click("#panel .follow a")
	b.shows("follow back", outputs.id(), outputs)
	b.isVisible("follow back", outputs.home())
	b.back()
	b.shows("back", n.id(), n)
	b.click(n.home())
	b.showsNothing("a second click")
	b.click("#cover")
	b.showsOnly("predict first", step)
	b.click("#large")
	b.awaitScript("larger type", isLarge, "24px on")
}

// Everyone can read the page: with a screen reader, on a bright and on a dark screen.
func testReading(t *testing.T, b *browser) {
	for _, test := range []struct{ name, query string }{
		{"step 1, pinned", "#x-1-1"},
		{"five flowers, pinned", fiveQuery + "#hidden_layer_error-1-1"},
		{"predict first, pinned", "cover=1&step=2#hidden_layer_error-1-1"},
		{"errors", "hidden=17"},
	} {
		b.open(test.query)
		b.report(test.name, accessibilityProblems)
		for _, scheme := range []string{"light", "dark"} {
			b.prefer(scheme)
			b.report(test.name+", "+scheme, contrastProblems)
			if paper := eval[string](b, `return getComputedStyle(document.body).backgroundColor`); (paper == "rgb(255, 255, 255)") != (scheme == "light") {
				t.Errorf("%s: got the background %s, want a %s one", test.name, paper, scheme)
			}
		}
	}
}

// The page fits on four sheets of A4, and on screens of any width: wide matrices scroll
// sideways on their own.
func testSize(t *testing.T, b *browser) {
	for _, test := range []struct{ name, query string }{
		{"the notebook's", ""},
		{"pinned", "#hidden_layer_error-2-1"},
		{"step 1000, larger type", "step=1000&large=1"},
		{"predict first, larger type", "cover=1&large=1"},
		{"errors, larger type", "hidden=17&large=1"},
		{"wide numbers, larger type", "rate=1e300&step=2&large=1"},
		{"4 flowers, 3 hidden nodes", "flowers=0,60,120,149&hidden=3"},
		{"5 flowers, 5 hidden nodes", "flowers=0,60,120,149,7&hidden=5"},
		{"150 flowers, 16 hidden nodes, pinned, larger type", "flowers=0-149&hidden=16&large=1#hidden_layer_error-2-1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := *b
			b.t = t
			b.open(test.query)
			if sheets := len(regexp.MustCompile(`/Type\s*/Page\b[^s]`).FindAll(b.printed(), -1)); sheets < 1 || sheets > 4 {
				t.Errorf("got %d sheets of paper, want 1 to 4", sheets)
			}
			for _, width := range []int{320, 390, 768, 1280, 1920} {
				b.resize(width, 900)
				b.report(fmt.Sprint(width, " pixels"), fitProblems)
			}
		})
	}
}

// fitProblems is a script that returns what makes the page wider than its window.
const fitProblems = `
	if (document.documentElement.scrollWidth <= innerWidth) return [];
	const widest = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".matrices *, .box *, math"));
	return ["got a page of " + document.documentElement.scrollWidth + " pixels, want it no wider than the window: " + widest.slice(0, 3).map(e => e.outerHTML.slice(0, 80)).join(" ")]`

// accessibilityProblems is a script that returns what a screen reader would miss.
const accessibilityProblems = `
	const problems = [], check = (selector, what, good) => {
		const all = [...document.querySelectorAll(selector)];
		for (const e of all) if (!good(e)) problems.push(what + ": " + e.outerHTML.slice(0, 120));
		return all.length;
	};
	const text = e => (e?.textContent ?? "").trim(), step = document.querySelector(".summary");
	const named = e => (e.getAttribute("aria-labelledby") ?? "").split(" ").every(id => text(document.getElementById(id)));
	const counts = {
		input: check("input:not([type=hidden]), select, textarea", "no label", e => e.labels.length > 0 && text(e.labels[0])),
		control: check("a, button, summary", "no name", e => e.getAttribute("aria-label") || text(e)),
		table: check("table", "no caption", e => text(e.caption)),
		th: check("th", "no scope", e => ["row", "col"].includes(e.scope) && text(e)),
		row: check("tbody tr", "no row header", e => e.cells[0].matches("th[scope=row]")),
		svg: check("svg", "no picture with a name", e => e.getAttribute("role") === "img" && e.querySelector(":scope > title") && e.hasAttribute("aria-labelledby") && named(e)),
		math: check("math", "no alttext", e => e.getAttribute("alttext")),
		section: check("section", "no heading and no label", e => e.getAttribute("aria-label") || e.querySelector("h2, h3")),
	};
	for (const [name, n] of Object.entries(counts)) if (n === 0 && (step || name === "input")) problems.push("there is no " + name);
	check("[aria-describedby], [aria-labelledby]", "described by nothing", e => ["aria-describedby", "aria-labelledby"].every(a =>
		(e.getAttribute(a) ?? "").split(" ").filter(id => id).every(id => document.getElementById(id))));
	check("a[href^='#']", "a link to nothing", e => document.getElementById(decodeURIComponent(e.hash.slice(1))));
	let level = 0;
	for (const h of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
		if (Number(h.tagName[1]) > level + 1) problems.push("a heading of too low a level: " + h.outerHTML.slice(0, 80));
		level = Number(h.tagName[1]);
	}
	const one = step ? ["h1", "body > header", "main", "nav[aria-label]", "aside", "html[lang=en]"] : ["h1", "body > header", "html[lang=en]"];
	for (const selector of one)
		if (document.querySelectorAll(selector).length !== 1) problems.push("not one " + selector);
	if (!document.title) problems.push("no title");
	return problems`

// contrastProblems is a script that returns the texts without the contrast of 4.5 that
// WCAG 2.2 asks for (1.4.3).
const contrastProblems = `
	const parse = color => (color.match(/[\d.]+/g) ?? []).map(Number);
	const luminance = rgb => rgb.slice(0, 3).map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
		.reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
	const opaque = color => { const c = parse(color); return c.length === 3 || c.length > 3 && c[3] === 1; };
	const behind = e => {
		for (; e; e = e.parentElement) if (opaque(getComputedStyle(e).backgroundColor)) return getComputedStyle(e).backgroundColor;
		return "rgb(255, 255, 255)";
	};
	const problems = [];
	let texts = 0;
	for (const e of document.querySelectorAll("body *")) {
		if (e.matches("script, title, desc") || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && !e.matches("input")) continue;
		if (!e.checkVisibility({visibilityProperty: true})) continue;
		const style = getComputedStyle(e), color = luminance(parse(e.closest("svg") ? style.fill : style.color)), paper = luminance(parse(behind(e)));
		const ratio = (Math.max(color, paper) + 0.05) / (Math.min(color, paper) + 0.05);
		texts++;
		if (!(ratio >= 4.5)) problems.push("got a contrast of " + ratio.toFixed(2) + ", want at least 4.5: " + e.outerHTML.slice(0, 100));
	}
	if (texts < 10) problems.push("got " + texts + " texts, want more");
	return problems`
