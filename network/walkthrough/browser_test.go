package walkthrough

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A site is the real program, and browsers that look at its page.
type site struct {
	program string
	url     string // where it serves the page, with a / at the end
	desktop *browser
	phone   *browser // with a touch screen
	plain   *browser // without JavaScript
}

// The step page, in a real browser.
func TestBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes a minute")
	}
	if runtime.GOARCH == "386" || runtime.GOOS == "js" || runtime.GOOS == "wasip1" {
		t.Skipf("no browser for %s/%s here; the page is the same on 64 bits", runtime.GOOS, runtime.GOARCH)
	}
	for _, name := range []string{"go", "chromedriver", "chromium"} {
		if _, err := exec.LookPath(name); err != nil {
			SkipOrFail(t, "no browser to test with: %v (Debian has it in chromium-driver)", err)
		}
	}
	ctx := testContext(t)
	s := &site{program: filepath.Join(t.TempDir(), "backprop.exe")}
	build := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-o", s.program, ".")
	build.Dir = filepath.Join("..", "..")
	if message, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, message)
	}
	s.url = startProcess(t, regexp.MustCompile(`^The step page is at (http://127\.0\.0\.1:\d+/)$`), s.program, "serve", "-addr", "127.0.0.1:0")
	driver := startDriver(t)
	s.desktop = newBrowser(t, ctx, driver, nil)
	s.phone = newBrowser(t, ctx, driver, map[string]any{"mobileEmulation": map[string]any{
		"deviceMetrics": map[string]any{"width": 390, "height": 844, "pixelRatio": 2, "touch": true}}})
	s.plain = newBrowser(t, ctx, driver, map[string]any{"prefs": map[string]any{
		"profile.managed_default_content_settings.javascript": 2}}) // 2 is to block it

	for _, test := range []struct {
		name string
		run  func(*testing.T, *site)
	}{
		{"numbers", testPageNumbers},
		{"labels", testPageLabels},
		{"layout", testPageLayout},
		{"point", testPoint},
		{"explain", testPageExplains},
		{"pin", testPin},
		{"follow back", testFollowBack},
		{"keyboard", testKeyboard},
		{"time travel", testTimeTravel},
		{"settings", testSettingsForm},
		{"form errors", testFormErrors},
		{"predict first", testPredictFirst},
		{"no JavaScript", testNoJavaScript},
		{"file", testPageFile},
		{"print", testPrint},
		{"accessibility", testAccessibility},
		{"contrast", testContrast},
		{"width", testWidth},
		{"screenshots", testScreenshots},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, s) })
	}
}

// in returns the browser for a test, at the end of which nothing but what is
// allowed must have been requested, and the console must be empty: there, too,
// it says what the Content-Security-Policy refused.
func (b *browser) in(t *testing.T, allowed ...string) *browser {
	t.Helper()
	mine := *b
	mine.t = t
	mine.console() // what is in it by now belongs to another test
	mine.requests()
	t.Cleanup(func() {
		if ctx := mine.ctx; ctx.Err() != nil {
			return
		}
		for _, line := range mine.console() {
			t.Errorf("console: got %q, want nothing", line)
		}
		requested := mine.requests()
		if len(requested) == 0 {
			t.Error("requests: got none at all, want those of the pages")
		}
		for _, request := range requested {
			if !slices.ContainsFunc(append(allowed, "about:", "data:", "chrome:"), func(prefix string) bool { return strings.HasPrefix(request, prefix) }) {
				t.Errorf("requests: got %s, want only what begins with %v", request, allowed)
			}
		}
	})
	return &mine
}

// five are settings in which the numbers of flowers, inputs, hidden nodes and
// outputs can not be mistaken for each other, a URL's query and a step.
const fiveQuery = "flowers=0,60,120,149,7&hidden=2&rate=0.3&seed=5&step=30"

func fiveStep(t *testing.T) *Step { t.Helper(); return explainStep(t, 2, 30) }

// pageStep computes the step that a query asks for.
func pageStep(t *testing.T, query string) *Step {
	t.Helper()
	q, ok := parseQuery(query, 150)
	if !ok {
		t.Fatalf("%s: got the errors %v, want none", query, q.Errors())
	}
	s, err := testNotebook(strings.NewReader(irisText()), q.Settings)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A shownTable is a matrix as the page shows it.
type shownTable struct {
	Section, Of string // the section that it is in, the matrix
	Home        bool   // is it where it is computed, or an operand?
	Caption     string
	Cols, Rows  []string
	Cells       [][]string
}

// tables returns all tables of the page. What is covered is "".
func (b *browser) tables() []shownTable {
	b.t.Helper()
	return eval[[]shownTable](b, `
		const text = cells => [...cells].map(cell => cell.innerText);
		return [...document.querySelectorAll("table")].map(table => ({
			Section: table.closest(".quantity, .cell").id, Of: table.dataset.of, Home: table.matches(".home"), Caption: table.caption.innerText,
			Cols: text(table.tHead.rows[0].cells).slice(1).map(label => label.replace("\u00a0", " ")), Rows: [...table.tBodies[0].rows].map(row => row.cells[0].innerText),
			Cells: [...table.tBodies[0].rows].map(row => text(row.cells).slice(1))}))`)
}

// wantTables returns the names of the tables that a page must have: each
// matrix at home, and beside it those that it is computed from.
func wantTables(s *Step) (list []string) {
	for _, q := range s.Quantities() {
		for _, operand := range operands(q) {
			list = append(list, q.Name+": "+operand)
		}
		list = append(list, q.Name+": "+q.Name+" at home")
	}
	list = append(list, "cell-2: flowers", "cell-10: output_layer_outputs_after")
	slices.Sort(list)
	return list
}

func tableNames(tables []shownTable) (list []string) {
	for _, table := range tables {
		name := table.Section + ": " + table.Of
		if table.Home {
			name += " at home"
		}
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

// isMeasured reports whether a matrix holds the data's own numbers, which are
// shown as they are.
func isMeasured(name string) bool {
	return slices.Contains([]string{"flowers", "x", "x.T", "y"}, name)
}

// checkNumbers compares every number on the page with want's, and how they are
// written; each matrix of the page is one of want.
func (b *browser) checkNumbers(want map[string][][]float64) {
	b.t.Helper()
	for _, table := range b.tables() {
		numbers, ok := want[table.Of]
		if !ok {
			b.t.Errorf("got a matrix %s in %s, want no such", table.Of, table.Section)
			continue
		}
		if len(table.Cells) != len(numbers) || len(table.Rows) != len(numbers) || len(table.Cols) != len(table.Cells[0]) {
			b.t.Errorf("%s in %s: got %d×%d numbers, want %d rows", table.Of, table.Section, len(table.Cells), len(table.Cols), len(numbers))
			continue
		}
		if got, want := table.Caption, fmt.Sprintf("%s %d×%d", table.Of, len(numbers), len(numbers[0])); got != want {
			b.t.Errorf("%s in %s: got the caption %q, want %q", table.Of, table.Section, got, want)
		}
		for i := range numbers {
			for j, v := range numbers[i] {
				got := table.Cells[i][j]
				shown, err := strconv.ParseFloat(got, 64)
				good := err == nil && math.Abs(shown-v) <= 0.5000001e-8 && regexp.MustCompile(`^-?\d+\.\d{8}$`).MatchString(got)
				if isMeasured(table.Of) {
					good = got == exact(v)
				}
				if !good {
					b.t.Errorf("%s in %s: got %q, want %v", at(table.Of, i, j), table.Section, got, v)
				}
			}
		}
	}
}

// matricesOf returns the step's matrices, with the two that have no equation.
func matricesOf(s *Step) map[string][][]float64 {
	all := map[string][][]float64{"flowers": s.Pass.X, "output_layer_outputs_after": s.Again.OutputLayerOutputs}
	for _, q := range s.Quantities() {
		all[q.Name] = q.Matrix
	}
	return all
}

// mse returns the places of the page that show it, each once.
func (b *browser) mse(name string) string {
	b.t.Helper()
	return strings.Join(eval[[]string](b, `return [...document.querySelectorAll("b[data-of=" + arguments[0] + "]")].map(e => e.innerText)`, name), " ")
}

// Every number on the page, wherever it stands, is the NumPy twin's.
func testPageNumbers(t *testing.T, s *site) {
	var reference struct {
		Passes []struct {
			Request struct {
				Flowers             []int
				Hidden, Seed, Steps int
				Rate                float64
			}
			Answer map[string]json.RawMessage
		}
	}
	data, err := os.ReadFile("../../data/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &reference); err != nil {
		t.Fatal(err)
	}
	if len(reference.Passes) == 0 {
		t.Fatal("reference.json: got no passes")
	}
	for _, pass := range reference.Passes {
		r := pass.Request
		rows := strings.Trim(strings.ReplaceAll(fmt.Sprint(r.Flowers), " ", ","), "[]")
		query := fmt.Sprintf("flowers=%s&hidden=%d&rate=%v&seed=%d&step=%d", rows, r.Hidden, r.Rate, r.Seed, r.Steps)
		t.Run(query, func(t *testing.T) {
			b := s.desktop.in(t, s.url)
			b.open(s.url + "?" + query)
			want := map[string][][]float64{}
			for name, text := range pass.Answer {
				var m [][]float64
				if json.Unmarshal(text, &m) == nil { // the others are numbers
					want[name] = m
				}
			}
			if len(want) != 21 {
				t.Fatalf("reference.json: got %d matrices, want 21", len(want))
			}
			step := pageStep(t, query)
			want["flowers"] = want["x"]
			want["output_layer_outputs_after"] = step.Again.OutputLayerOutputs
			b.checkNumbers(want)
			if got, want := tableNames(b.tables()), wantTables(step); !slices.Equal(got, want) {
				t.Errorf("tables: got\n%q\nwant\n%q", got, want)
			}
			for name := range map[string]bool{"mse_before": true, "mse_after": true} {
				var v float64
				if err := json.Unmarshal(pass.Answer[name], &v); err != nil {
					t.Fatal(err)
				}
				text := fmt.Sprintf("%.12f", v) // above, and in its cell
				if got, want := b.mse(name), text+" "+text; got != want {
					t.Errorf("%s: got %s, want %s", name, got, want)
				}
			}
			testNumbersBlock(t, b, want)
		})
	}
}

// testNumbersBlock compares the numbers that the page gives its script, at full
// precision.
func testNumbersBlock(t *testing.T, b *browser, want map[string][][]float64) {
	var block struct {
		N          int
		Quantities map[string]struct{ Values [][]float64 }
	}
	if err := json.Unmarshal([]byte(eval[string](b, `return document.getElementById("numbers").textContent`)), &block); err != nil {
		t.Fatal(err)
	}
	if got, want := len(block.Quantities), len(want)-2; got != want { // but for the two without an equation
		t.Errorf("got %d matrices as JSON, want %d", got, want)
	}
	if got, want := block.N, 3*len(want["x"]); got != want {
		t.Errorf("got N = %d as JSON, want %d", got, want)
	}
	for name, q := range block.Quantities {
		if len(q.Values) != len(want[name]) {
			t.Errorf("%s as JSON: got %d rows, want %d", name, len(q.Values), len(want[name]))
			continue
		}
		largest := 0.0
		for _, row := range want[name] {
			for _, v := range row {
				largest = max(largest, math.Abs(v))
			}
		}
		for i := range q.Values {
			for j, got := range q.Values[i] {
				// The matrix's largest number decides what rounding may do, as in TestReference.
				if want := want[name][i][j]; !(math.Abs(got-want) <= 1e-9*largest) {
					t.Errorf("%s as JSON: got %v, want %v", at(name, i, j), got, want)
				}
			}
		}
	}
}

// Each row and column says what it is, and each shape is given with the name.
func testPageLabels(t *testing.T, s *site) {
	b := s.desktop.in(t, s.url)
	b.open(s.url + "?" + fiveQuery)
	axes := map[string][]string{
		"flowers":  {"0 setosa", "60 versicolor", "120 virginica", "149 virginica", "7 setosa"},
		"features": {"sepal length", "sepal width", "petal length", "petal width"},
		"nodes":    {"hidden node 0", "hidden node 1"},
		"species":  {"setosa", "versicolor", "virginica"},
	}
	want := map[string][2]string{
		"flowers": {"flowers", "features"}, "x": {"flowers", "features"}, "x.T": {"features", "flowers"}, "y": {"flowers", "species"},
		"weights_1": {"features", "nodes"}, "weights_1_update": {"features", "nodes"}, "new_weights_1": {"features", "nodes"},
		"weights_2": {"nodes", "species"}, "weights_2_update": {"nodes", "species"}, "new_weights_2": {"nodes", "species"},
		"weights_2.T":         {"species", "nodes"},
		"hidden_layer_inputs": {"flowers", "nodes"}, "hidden_layer_outputs": {"flowers", "nodes"}, "hidden_layer_outputs.T": {"nodes", "flowers"},
		"hidden_layer_error": {"flowers", "nodes"}, "hidden_layer_slope": {"flowers", "nodes"}, "hidden_layer_delta": {"flowers", "nodes"},
		"output_layer_inputs": {"flowers", "species"}, "output_layer_outputs": {"flowers", "species"}, "output_layer_outputs_after": {"flowers", "species"},
		"output_layer_error": {"flowers", "species"}, "output_layer_slope": {"flowers", "species"}, "output_layer_delta": {"flowers", "species"},
	}
	for _, table := range b.tables() {
		rows, cols := axes[want[table.Of][0]], axes[want[table.Of][1]]
		if table.Of == "flowers" {
			cols = append(slices.Clone(cols), "species")
			for i, row := range table.Cells {
				if got, want := row[len(row)-1], strings.Fields(rows[i])[1]; got != want {
					t.Errorf("flowers, row %d: got the species %s, want %s", i, got, want)
				}
			}
		}
		if !slices.Equal(table.Rows, rows) || !slices.Equal(table.Cols, cols) {
			t.Errorf("%s in %s: got the labels %q and %q, want %q and %q", table.Of, table.Section, table.Rows, table.Cols, rows, cols)
		}
	}
	shapes := eval[map[string]string](b, `return Object.fromEntries([...document.querySelectorAll(".quantity")].map(section => [section.id,
		section.querySelector("h3 .shape").innerText + " " + [...section.querySelectorAll("mtext")].map(e => e.textContent).join(" ")]))`)
	size := func(name string) string {
		return fmt.Sprintf("%d×%d", len(axes[want[name][0]]), len(axes[want[name][1]]))
	}
	for _, q := range fiveStep(t).Quantities() {
		wanted := size(q.Name) + " "
		if q.Op != Given { // its equation has its shape once more, and those of its operands
			wanted += size(q.Name)
			for _, operand := range operands(q) {
				wanted += " " + size(operand)
			}
		}
		if q.Op == Slope { // out ∘ (1 − out)
			wanted += " " + size(q.X)
		}
		if got := shapes[q.Name]; got != wanted {
			t.Errorf("%s: got the shapes %s, want %s", q.Name, got, wanted)
		}
	}
}

// A product is laid out as by hand: the left factor to the left of the result,
// row by row, the right factor above it, column by column.
func testPageLayout(t *testing.T, s *site) {
	b := s.desktop.in(t, s.url)
	b.open(s.url)
	type place struct{ Left, Right, Top, Bottom, FirstRow, FirstCol float64 }
	places := eval[map[string]map[string]place](b, `return Object.fromEntries([...document.querySelectorAll(".product")].map(section => [section.id,
		Object.fromEntries([...section.querySelectorAll("table")].map(table => {
			const box = table.getBoundingClientRect(), cell = table.tBodies[0].rows[0].cells[1].getBoundingClientRect();
			return [table.dataset.of, {Left: box.left, Right: box.right, Top: box.top, Bottom: box.bottom, FirstRow: cell.top, FirstCol: cell.left}];
		}))]))`)
	products := 0
	for _, q := range pageStep(t, "").Quantities() {
		if q.Op != Dot && q.Op != DotOverN {
			continue
		}
		products++
		left, right, result := places[q.Name][q.X], places[q.Name][q.Y], places[q.Name][q.Name]
		if left.Right > result.Left || right.Bottom > result.Top || result.Right == 0 {
			t.Errorf("%s: got its left factor up to %v, the right one down to %v, and the result from %v, %v on, want them to its left and above it",
				q.Name, left.Right, right.Bottom, result.Left, result.Top)
		}
		if math.Abs(left.FirstRow-result.FirstRow) > 1 || math.Abs(right.FirstCol-result.FirstCol) > 1 {
			t.Errorf("%s: got rows at %v and %v, columns at %v and %v, want them in line with each other",
				q.Name, left.FirstRow, result.FirstRow, right.FirstCol, result.FirstCol)
		}
	}
	if products != len(places) || products != 5 {
		t.Errorf("got %d products on the page, want %d", len(places), products)
	}
}

// wantLit returns what is lit when a number is pointed at: in every place where
// it stands, and in its equation all that it is computed from.
func wantLit(s *Step, q Quantity, row, col int) []string {
	var list []string
	lit := func(kind, section, of string, row, col int) {
		list = append(list, fmt.Sprintf("%s %s in %s %d %d", kind, of, section, row, col))
	}
	for _, other := range s.Quantities() {
		for _, name := range append(operands(other), other.Name) {
			if name == q.Name {
				lit("point", other.Name, name, row, col)
			}
		}
	}
	lit("lit", q.Name, q.Name, row, -1)
	lit("lit", q.Name, q.Name, -1, col)
	switch q.Op {
	case Given: // x and y are of a flower
		for j := -1; (q.Name == "x" || q.Name == "y") && j < 5; j++ {
			lit("source", "cell-2", "flowers", row, j)
		}
	case Dot, DotOverN:
		left, _ := s.quantity(q.X)
		for k := range left.Matrix.Cols() {
			lit("source", q.Name, q.X, row, k)
			lit("source", q.Name, q.Y, k, col)
		}
	case Transposed:
		lit("source", q.Name, q.X, col, row)
	case Sigmoid, Slope:
		lit("source", q.Name, q.X, row, col)
	case Difference, Product, Descent:
		lit("source", q.Name, q.X, row, col)
		lit("source", q.Name, q.Y, row, col)
	}
	// In the drawing it is a node, or the weight between two, layer by layer.
	layer := map[Axis]int{Features: 1, HiddenNodes: 2, Species: 3}
	var ends []string
	for _, end := range [][2]int{{layer[q.Rows], row}, {layer[q.Cols], col}} {
		if end[0] > 0 {
			ends = append(ends, fmt.Sprintf("%d-%d", end[0], end[1]))
		}
	}
	slices.Sort(ends)
	list = append(list, "at "+strings.Join(ends, " "))
	slices.Sort(list)
	return list
}

// lit returns what is lit on the page, by its looks as well as by its classes.
func (b *browser) lit() string {
	b.t.Helper()
	list := eval[[]string](b, `
		const lit = [];
		for (const cell of document.querySelectorAll("td, th")) {
			const kinds = ["point", "source", "lit"].filter(name => cell.classList.contains(name)), style = getComputedStyle(cell);
			const looks = cell.matches("td") ? style.boxShadow !== "none" : style.textDecorationLine === "underline";
			const table = cell.closest("table"), section = cell.closest(".quantity, .cell"), row = cell.parentNode;
			const place = " " + table.dataset.of + " in " + section.id + " " + (row.parentNode.matches("tbody") ? row.sectionRowIndex : -1) + " " + (cell.cellIndex - 1);
			for (const kind of kinds) lit.push(kind + place);
			if (looks !== (kinds.length > 0) && !(cell.matches("th") && kinds.includes("source"))) lit.push("its looks are other than" + place);
		}
		for (const e of document.querySelectorAll("svg .at")) lit.push("at " + e.dataset.at);
		return lit`)
	slices.Sort(list)
	return strings.Join(list, "\n")
}

// panel returns the text of the panel, line by line.
func (b *browser) panel() string {
	b.t.Helper()
	return eval[string](b, `const title = document.querySelector("#panel h2"), lines = document.querySelectorAll("#panel pre span");
		return title ? [title, ...lines].map(e => e.textContent).join("\n") : ""`)
}

// explained returns what the command explain prints for a number.
func explained(t *testing.T, s *Step, q Quantity, row, col int) string {
	t.Helper()
	var out bytes.Buffer
	if err := s.writeNumber(&out, q, row, col); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// cell returns a selector of a number where it is computed.
func cell(name string, row, col int) string { return fmt.Sprintf(`[id="%s-%d-%d"]`, name, row, col) }

// operandCell returns a selector of a number as an operand.
func operandCell(section, of string, row, col int) string {
	return fmt.Sprintf(`[id="%s"] table[data-of="%s"]:not(.home) tbody tr:nth-child(%d) td:nth-child(%d)`, section, of, row+1, col+2)
}

func testPoint(t *testing.T, s *site) {
	b := s.desktop.in(t, s.url)
	b.open(s.url + "?" + fiveQuery)
	step := fiveStep(t)
	flow := map[string]string{ // what the drawing says of the direction
		"hidden_layer_inputs": "forward", "hidden_layer_outputs": "forward", "output_layer_inputs": "forward", "output_layer_outputs": "forward",
		"output_layer_error": "error", "output_layer_slope": "error", "output_layer_delta": "error",
		"weights_2.T": "backward", "hidden_layer_error": "backward", "hidden_layer_slope": "backward", "hidden_layer_delta": "backward",
		"hidden_layer_outputs.T": "backward: update", "weights_2_update": "backward: update", "new_weights_2": "backward: update",
		"x.T": "backward: update", "weights_1_update": "backward: update", "new_weights_1": "backward: update",
	}
	ops := map[Op]bool{}
	check := func(t *testing.T, selector, name string, row, col int) {
		b := *b
		b.t = t
		q, _ := step.quantity(name)
		ops[q.Op] = true
		b.point(selector)
		b.await("lit", b.lit, strings.Join(wantLit(step, q, row, col), "\n"))
		b.await("the panel", b.panel, explained(t, step, q, row, col))
		arrows := eval[string](&b, `return [...document.querySelectorAll(".net .flow")].filter(e => getComputedStyle(e).display !== "none").map(e => e.textContent).join()`)
		if arrows != flow[name] {
			t.Errorf("the drawing: got the flow %q, want %q", arrows, flow[name])
		}
		// On the way back the nodes show their deltas, else their outputs.
		kind := "out"
		if arrows != "" && arrows != "forward" {
			kind = "delta"
		}
		if got := eval[string](&b, `return [...document.querySelectorAll(".net .node text[data-of*=layer]")]
			.filter(e => getComputedStyle(e).display !== "none").map(e => e.classList[0]).join()`); got != strings.Repeat(kind+",", 4)+kind {
			t.Errorf("the drawing: got the nodes' %s, want %s of each of the 5", got, kind)
		}
		flower := -1
		if q.Rows == Flowers {
			flower = row
		} else if q.Cols == Flowers {
			flower = col
		}
		if flower >= 0 {
			want := step.longLabel(Flowers, flower) + ": " + strings.Join(nodeValues(step, flower), " ")
			got := eval[string](&b, `return document.getElementById("flower-name").textContent + ": " +
				[...document.querySelectorAll(".net .node text[data-of]")].map(e => e.textContent).join(" ")`)
			if got != want {
				t.Errorf("the drawing: got %s, want %s", got, want)
			}
		}
	}
	for _, q := range step.Quantities() {
		row, col := q.Matrix.Rows()-1, 0 // no place that could be mistaken for its transpose's
		t.Run(at(q.Name, row, col), func(t *testing.T) { check(t, cell(q.Name, row, col), q.Name, row, col) })
		for _, operand := range operands(q) {
			of, _ := step.quantity(operand)
			row, col := 0, of.Matrix.Cols()-1
			t.Run(at(operand, row, col)+" in "+q.Name, func(t *testing.T) {
				check(t, operandCell(q.Name, operand, row, col), operand, row, col)
			})
		}
	}
	if len(ops) != int(Descent)+1 {
		t.Errorf("got %d kinds of operation pointed at, want all %d", len(ops), Descent+1)
	}
}

// nodeValues returns what the drawing's nodes say of a flower, node by node.
func nodeValues(s *Step, flower int) (list []string) {
	for _, v := range s.Pass.X[flower] {
		list = append(list, fmt.Sprintf("%.4g", v))
	}
	for j, v := range s.Pass.HiddenLayerOutputs[flower] {
		list = append(list, fmt.Sprintf("%.3f", v), fmt.Sprintf("%.3f", s.Pass.HiddenLayerDelta[flower][j]))
	}
	for j, v := range s.Pass.OutputLayerOutputs[flower] {
		list = append(list, fmt.Sprintf("%.3f", v), fmt.Sprintf("%.3f", s.Pass.OutputLayerDelta[flower][j]))
	}
	return list
}

// The script's words for each number are those of the command explain, whatever
// the number looks like.
func testPageExplains(t *testing.T, s *site) {
	for _, test := range []struct{ name, query, has string }{
		{"the notebook's", "", ""},
		{"another step", fiveQuery, ""},
		{"small numbers", "flowers=0,60,120,149,7&hidden=2&rate=3&seed=5&step=3000", `\de-0[5-9]`},
		{"minus zero", "flowers=0,60,120,149,7&hidden=2&rate=1e30&seed=5&step=1000", `(?m) -0$`},
		{"large numbers", "flowers=0,60,120,149,7&hidden=2&rate=1e30&seed=5&step=2", `\de\+2\d`},
		{"the largest numbers", "flowers=0,60,120,149,7&hidden=2&rate=1e300&seed=5&step=2", `\de\+29\d`},
		{"a million", "rate=1e6&step=2", `\d{6}|e\+0\d`},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := s.desktop.in(t, s.url)
			b.open(s.url + "?" + test.query)
			step := pageStep(t, test.query)
			got := eval[map[string]string](b, `return Object.fromEntries(Object.entries(Quantities).flatMap(([name, q]) =>
				q.Values.flatMap((values, row) => values.map((_, col) => [at({name, row, col}), explain({name, row, col})]))))`)
			all := ""
			for _, q := range step.Quantities() {
				for row := range q.Matrix {
					for col := range q.Matrix[row] {
						name, want := at(q.Name, row, col), explained(t, step, q, row, col)
						all += want
						if got[name] != want {
							t.Errorf("%s: got\n%s\nwant\n%s", name, got[name], want)
						}
						delete(got, name)
					}
				}
			}
			if len(got) > 0 {
				t.Errorf("got %d more numbers than there are, want none", len(got))
			}
			if !regexp.MustCompile(test.has).MatchString(all) {
				t.Errorf("got no number like %s, want one: it is what these settings are for", test.has)
			}
		})
	}
}

// fragment returns the URL's fragment.
func (b *browser) fragment() string {
	b.t.Helper()
	u, err := url.Parse(b.location())
	if err != nil {
		b.t.Fatal(err)
	}
	return u.Fragment
}

func testPin(t *testing.T, s *site) {
	b := s.desktop.in(t, s.url)
	b.open(s.url + "?" + fiveQuery)
	step := fiveStep(t)
	is := func(what, fragment, name string, row, col int) {
		t.Helper()
		q, _ := step.quantity(name)
		b.await(what+": the fragment", b.fragment, fragment)
		b.await(what+": lit", b.lit, strings.Join(wantLit(step, q, row, col), "\n"))
		b.await(what+": the panel", b.panel, explained(t, step, q, row, col))
	}
	const pinned = "hidden_layer_error-3-1"
	target, other := cell("hidden_layer_error", 3, 1), cell("hidden_layer_error", 0, 0)
	b.click(target)
	is("a click", pinned, "hidden_layer_error", 3, 1)
	b.point(other)
	is("then pointing elsewhere", pinned, "hidden_layer_error", 3, 1)
	b.press(keyEscape)
	b.await("Escape: the fragment", b.fragment, "")
	b.point(cell("hidden_layer_error", 1, 0))
	is("Escape, then pointing elsewhere", "", "hidden_layer_error", 1, 0)
	b.click(target)
	is("a click again", pinned, "hidden_layer_error", 3, 1)
	b.click(target)
	b.await("a second click: the fragment", b.fragment, "")
	b.point(other)
	is("a second click, then pointing elsewhere", "", "hidden_layer_error", 0, 0)
	b.click(target)
	b.click(cell("output_layer_error", 2, 2))
	is("a click elsewhere", "output_layer_error-2-2", "output_layer_error", 2, 2)
	b.back()
	is("back", pinned, "hidden_layer_error", 3, 1)
	b.open(s.url + "?" + fiveQuery + "#" + pinned)
	is("a link", pinned, "hidden_layer_error", 3, 1)
	b.checkVisible("a link", target)
	b.click(operandCell("hidden_layer_error", "output_layer_delta", 3, 2))
	is("a click on an operand", "output_layer_delta-3-2", "output_layer_delta", 3, 2)
	b.checkVisible("a click on an operand", cell("output_layer_delta", 3, 2))

	for _, strange := range []string{"hidden_layer_error-5-0", "nothing-0-0", "x", "panel", "%E0%A4", "-", "__proto__-0-0"} {
		b.open(s.url + "?" + fiveQuery + "#" + strange)
		if got := b.panel(); got != "" {
			t.Errorf("#%s: got %q in the panel, want nothing", strange, got)
		}
	}
}

// checkVisible checks that all of an element can be seen, with nothing above it.
func (b *browser) checkVisible(what, selector string) {
	b.t.Helper()
	b.await(what+": what can be seen of "+selector, func() string {
		return eval[string](b, `const e = document.querySelector(arguments[0]), box = e.getBoundingClientRect();
			return [[0.1, 0.1], [0.5, 0.5], [0.9, 0.9]].map(([x, y]) => {
				const top = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
				return e === top || e.contains(top) ? "visible" : top ? "hidden by " + top.outerHTML.slice(0, 80) : "outside";
			}).join()`, selector)
	}, "visible,visible,visible")
}

// wantFollow returns the numbers to follow a number back to: of a sum the
// factors of the largest product.
func wantFollow(s *Step, q Quantity, row, col int) []string {
	x, _ := s.quantity(q.X)
	y, _ := s.quantity(q.Y)
	switch q.Op {
	case Given:
		return nil
	case Dot, DotOverN:
		best, largest := 0, -1.0
		for k := range y.Matrix {
			if size := math.Abs(x.Matrix[row][k] * y.Matrix[k][col]); size > largest {
				best, largest = k, size
			}
		}
		return []string{at(q.X, row, best), at(q.Y, best, col)}
	case Transposed:
		return []string{at(q.X, col, row)}
	case Sigmoid, Slope:
		return []string{at(q.X, row, col)}
	case Descent: // the gradient first: the weight leads nowhere
		return []string{at(q.Y, row, col), at(q.X, row, col)}
	}
	return []string{at(q.X, row, col), at(q.Y, row, col)}
}

// From a new weight back to the flower, by what the panel offers, and all the
// way forward again with the browser's button.
func testFollowBack(t *testing.T, s *site) {
	step := fiveStep(t)
	path := []string{"new_weights_2", "weights_2_update", "hidden_layer_outputs.T", "hidden_layer_outputs", "hidden_layer_inputs", "x"}
	for _, test := range []struct {
		name, query string
		from        *browser
	}{
		{"a desktop", "", s.desktop},
		{"larger type", "&large=1", s.desktop},
		{"a phone", "", s.phone},
		{"a phone, larger type", "&large=1", s.phone},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := test.from.in(t, s.url)
			b.open(s.url + "?" + fiveQuery + test.query)
			var visited []string
			is := func(what, number string) {
				t.Helper()
				q, row, col, err := step.find(number)
				if err != nil {
					t.Fatal(err)
				}
				b.await(what+": the fragment", b.fragment, fmt.Sprintf("%s-%d-%d", q.Name, row, col))
				b.await(what+": the panel", b.panel, explained(t, step, q, row, col))
				b.await(what+": lit", b.lit, strings.Join(wantLit(step, q, row, col), "\n"))
				b.checkVisible(what, cell(q.Name, row, col))
				links := eval[[]string](b, `return [...document.querySelectorAll("#panel .follow a")].map(e => e.textContent)`)
				if want := wantFollow(step, q, row, col); !slices.Equal(links, want) {
					t.Fatalf("%s: got links to %v, want them to %v", what, links, want)
				}
			}
			number := "new_weights_2[0][1]"
			b.click(cell("new_weights_2", 0, 1))
			for i, name := range path {
				is("to "+name, number)
				visited = append(visited, number)
				if i == len(path)-1 {
					break
				}
				q, row, col, _ := step.find(number)
				k := slices.IndexFunc(wantFollow(step, q, row, col), func(to string) bool { return strings.HasPrefix(to, path[i+1]+"[") })
				number = wantFollow(step, q, row, col)[k]
				b.click(fmt.Sprintf("#panel .follow a:nth-of-type(%d)", k+1))
			}
			if text := b.panel(); !strings.Contains(text, " in cm, from the data") {
				t.Errorf("at the end: got\n%s\nwant that it is from the data", text)
			}
			for i := len(visited) - 2; i >= 0; i-- {
				b.back()
				is("back to "+visited[i], visited[i])
			}
			if test.from == s.phone { // and with a finger
				b.open(s.url + "?" + fiveQuery + test.query)
				eval[any](b, `document.querySelector(arguments[0]).scrollIntoView({block: "center", inline: "center"})`, cell("x", 1, 1))
				b.pointer("touch", b.find(cell("x", 1, 1)), 0, 0, "pointerDown", "pointerUp")
				is("a finger", "x[1][1]")
			}
		})
	}
}

// focused returns what has the focus.
func (b *browser) focused() string {
	b.t.Helper()
	return eval[string](b, nameOf+`return nameOf(document.activeElement)`)
}

// nameOf is a script that names an element that can have the focus.
const nameOf = `const nameOf = e => {
	const table = e.closest("table");
	if (table) return "cell of " + table.dataset.of + " in " + e.closest(".quantity").id;
	return e.tagName.toLowerCase() + " " + (e.id || e.getAttribute("href") || e.textContent);
}; `

func testKeyboard(t *testing.T, s *site) {
	t.Run("Tab", func(t *testing.T) {
		for _, test := range []struct{ name, query string }{{"", ""}, {"predict first", "&cover=1"}, {"large, 5 nodes", "&large=1&hidden=5"}} {
			t.Run(test.name, func(t *testing.T) {
				b := s.desktop.in(t, s.url)
				b.open(s.url + "?step=12" + test.query)
				eval[any](b, `document.querySelector("details").open = true`)
				// All that can be used, but only one stop for each of the tables.
				want := eval[[]string](b, nameOf+`return [...document.querySelectorAll("a[href], input, button, summary, table[role=grid]")]
					.filter(e => !e.closest(".curve")).map(e => e.tBodies ? e.tBodies[0].rows[0].cells[1] : e)
					.filter(e => e.checkVisibility({visibilityProperty: true})).map(nameOf)`)
				if len(want) < 60 {
					t.Fatalf("got %d stops to expect, want more: %v", len(want), want)
				}
				for i, want := range want {
					b.press(keyTab)
					if got := b.focused(); got != want {
						t.Fatalf("stop %d: got %s, want %s", i, got, want)
					}
					looks := eval[string](b, `let e = document.activeElement, box = e.getBoundingClientRect();
						if (box.right <= 0 || box.bottom <= 0 || box.top >= innerHeight || box.left >= innerWidth) return "outside of the window";
						if (e.matches("input.show")) e = e.nextElementSibling; // its label is what can be seen
						return getComputedStyle(e).outlineStyle === "none" ? "no outline" : ""`)
					if looks != "" {
						t.Errorf("stop %d, %s: got %s, want a visible focus", i, want, looks)
					}
				}
			})
		}
	})
	t.Run("in a table", func(t *testing.T) {
		b := s.desktop.in(t, s.url)
		b.open(s.url + "?" + fiveQuery)
		step := fiveStep(t)
		q, _ := step.quantity("hidden_layer_error") // 5×2
		at := func(what string, row, col int) {
			t.Helper()
			b.await(what+": lit", b.lit, strings.Join(wantLit(step, q, row, col), "\n"))
			b.await(what+": the panel", b.panel, explained(t, step, q, row, col))
			if got, want := eval[string](b, `return document.activeElement.id`), fmt.Sprintf("hidden_layer_error-%d-%d", row, col); got != want {
				t.Fatalf("%s: got the focus at %s, want it at %s", what, got, want)
			}
			said := fmt.Sprintf("hidden_layer_error[%d][%d], from output_layer_delta and weights_2.T", row, col)
			if got := eval[string](b, `return document.getElementById("said").textContent`); got != said {
				t.Errorf("%s: got %q said, want %q", what, got, said)
			}
		}
		for i := 0; b.focused() != "cell of hidden_layer_error in hidden_layer_error"; i++ {
			if i > 150 {
				t.Fatal("got nowhere near hidden_layer_error by Tab")
			}
			b.press(keyTab)
		}
		at("Tab", 0, 0)
		for _, move := range []struct {
			what, key string
			row, col  int
		}{
			{"down", keyDown, 1, 0}, {"right", keyRight, 1, 1}, {"right at the border", keyRight, 1, 1}, {"Home", keyHome, 1, 0},
			{"End", keyEnd, 1, 1}, {"PageDown", keyPageDown, 4, 1}, {"down at the border", keyDown, 4, 1}, {"left", keyLeft, 4, 0},
			{"up", keyUp, 3, 0}, {"PageUp", keyPageUp, 0, 0}, {"up at the border", keyUp, 0, 0}, {"left at the border", keyLeft, 0, 0}, {"down again", keyDown, 1, 0},
		} {
			b.press(move.key)
			at(move.what, move.row, move.col)
		}
		b.press(keyEnter)
		b.await("Enter: the fragment", b.fragment, "hidden_layer_error-1-0")
		at("Enter", 1, 0)
		b.press(keyDown) // leaves the pinned one
		b.await("down when it is pinned: the panel", b.panel, explained(t, step, q, 1, 0))
		b.press(keyUp, keyEnter)
		follow := wantFollow(step, q, 1, 0)
		if got := eval[string](b, `return document.activeElement.closest("#panel .follow") ? document.activeElement.textContent : ""`); got != follow[0] {
			t.Fatalf("Enter again: got the focus at %q, want it at the panel's link to %q", got, follow[0])
		}
		b.press(keyEscape)
		at("Escape in the panel", 1, 0)
		b.await("Escape in the panel: the fragment", b.fragment, "hidden_layer_error-1-0")
		b.press(keyEnter, keyEnter)
		source, row, col, _ := step.find(follow[0])
		id := fmt.Sprintf("%s-%d-%d", source.Name, row, col)
		b.await("Enter at the link: the fragment", b.fragment, id)
		b.await("Enter at the link: the panel", b.panel, explained(t, step, source, row, col))
		b.await("Enter at the link: the focus", func() string { return eval[string](b, `return document.activeElement.id`) }, id)
		b.press(keyEscape)
		b.await("Escape: the fragment", b.fragment, "")
		b.press(" ")
		b.await("Space: the fragment", b.fragment, id)
		b.press(keyEscape, keyEscape)
		b.await("Escape twice: the panel", b.panel, "")
		b.await("Escape twice: lit", b.lit, "")
	})
	t.Run("larger type", func(t *testing.T) {
		b := s.desktop.in(t, s.url)
		b.open(s.url)
		large := func() string {
			return eval[string](b, `return getComputedStyle(document.documentElement).fontSize + (document.getElementById("large").checked ? " on" : " off")`)
		}
		b.await("at first", large, "16px off")
		b.press("l")
		b.await("l", large, "24px on")
		if got := b.location(); !strings.Contains(got, "large=1") {
			t.Errorf("got the URL %s, want it with large=1", got)
		}
		b.press("L")
		b.await("L", large, "16px off")
		b.click("#field-step")
		b.press("l")
		b.await("l in a field", large, "16px off")
		if got := eval[string](b, `return document.getElementById("field-step").value`); !strings.Contains(got, "l") {
			t.Errorf("got %q in the field, want it with an l", got)
		}
		b.click("#cover") // a checkbox takes no letters
		b.press("l")
		b.await("l at a checkbox", large, "24px on")
	})
}

// heading returns the page's heading.
func (b *browser) heading() string {
	b.t.Helper()
	return eval[string](b, `return document.readyState === "complete" ? document.querySelector("h1").innerText : "loading"`)
}

// current returns the curve's description and where its mark is, in steps.
func (b *browser) curve() string {
	b.t.Helper()
	return eval[string](b, `return document.getElementById("curve-title").textContent + ". " + document.getElementById("curve-desc").textContent`)
}

func testTimeTravel(t *testing.T, s *site) {
	b := s.desktop.in(t, s.url)
	const settings = "flowers=0,60,120,149,7&hidden=2&rate=0.3&seed=5"
	heading := func(step int) string { return fmt.Sprintf("Backpropagation, step %d", step) }
	state := func(what string, step, run int) {
		t.Helper()
		b.await(what, b.heading, heading(step))
		b.await(what+": the pinned number", b.fragment, "new_weights_2-1-2")
		shown := pageStep(t, fmt.Sprintf("%s&step=%d", settings, step))
		q, _ := shown.quantity("new_weights_2")
		b.await(what+": the panel", b.panel, explained(t, shown, q, 1, 2))
		u, err := url.Parse(b.location())
		if err != nil {
			t.Fatal(err)
		}
		if u.Query().Get("large") != "1" || !eval[bool](b, `return document.getElementById("large").checked`) {
			t.Errorf("%s: got the larger type off at %s, want it on as before", what, u)
		}
		curve := fmt.Sprintf("The MSE before each of %d steps. Step %d, the one shown, is marked.", run, step)
		if got := b.curve(); got != curve {
			t.Errorf("%s: the curve: got %q, want %q", what, got, curve)
		}
		// The mark is as far along the axis as the step is along the run.
		share := eval[float64](b, `const mark = document.querySelector("circle.now").getBBox(), line = document.querySelector(".curve .line").getBBox();
			return (mark.x + mark.width / 2 - line.x) / line.width`)
		if want := float64(step-1) / float64(run-1); math.Abs(share-want) > 0.01 {
			t.Errorf("%s: got the current step marked at %.3f of the curve, want it at %.3f", what, share, want)
		}
	}
	b.open(s.url + "?" + settings + "&step=1500&large=1")
	b.click(cell("new_weights_2", 1, 2))
	state("step 1500", 1500, 1500)
	step, run := 1500, 1500
	for i, by := range []int{0, -100, -10, -1, 1, 10, 100, 1000} {
		what, from := fmt.Sprintf("%+d", by), step
		if step += by; by == 0 {
			what, step = "first", 1
		}
		run = max(run, step)
		b.click(fmt.Sprintf("nav a:nth-of-type(%d)", i+1))
		state(what, step, run)
		b.back()
		state("back from "+what, from, max(1500, from))
		step, run = from, 1500
	}

	// At 30 % of the curve.
	box := eval[struct{ X, Y, Width float64 }](b, `document.querySelector(".curve").scrollIntoView({block: "center"});
		const box = document.querySelector(".curve .line").getBoundingClientRect();
		return {X: box.left, Y: box.top, Width: box.width}`)
	b.pointer("mouse", "viewport", box.X+0.3*box.Width, box.Y+20, "pointerDown", "pointerUp")
	b.await("a click on the curve", func() string { return fmt.Sprint(b.heading() != heading(1500)) }, "true")
	b.await("a click on the curve", func() string { return fmt.Sprint(strings.HasPrefix(b.heading(), "Backprop")) }, "true")
	if _, err := fmt.Sscanf(b.heading(), "Backpropagation, step %d", &step); err != nil {
		t.Fatal(err)
	}
	if math.Abs(float64(step)-0.3*1500) > 1500/119.+1 {
		t.Errorf("a click at 30 %% of the curve: got step %d, want about 450", step)
	}
	state("a click on the curve", step, 1500)

	// The box: the run is kept where nothing but the step is another.
	b.write("#field-step", "37")
	b.press(keyEnter)
	state("the box", 37, 1500)

	for _, test := range []struct {
		step int
		want string // the links that lead somewhere
	}{
		{1, "first +1 +10 +100 +1000"},
		{11, "first −10 −1 +1 +10 +100 +1000"},
		{99_500, "first −100 −10 −1 +1 +10 +100"},
		{100_000, "first −100 −10 −1"},
	} {
		b.open(s.url + "?flowers=1&hidden=1&step=" + strconv.Itoa(test.step))
		b.await("the page", b.heading, heading(test.step))
		if got := eval[string](b, `return [...document.querySelectorAll("nav a[href]")].map(e => e.innerText).join(" ")`); got != test.want {
			t.Errorf("step %d: got links for %s, want %s", test.step, got, test.want)
		}
		others := eval[[]string](b, `return [...document.querySelectorAll("nav a:not([href])")].map(e => e.getAttribute("aria-disabled"))`)
		for _, disabled := range others {
			if disabled != "true" {
				t.Errorf("step %d: got aria-disabled %q, want true", test.step, disabled)
			}
		}
		if got := len(others) + len(strings.Fields(test.want)); got != 8 {
			t.Errorf("step %d: got %d controls, want 8", test.step, got)
		}
	}
}

func testSettingsForm(t *testing.T, s *site) {
	for _, test := range []struct{ field, value, query string }{
		{"flowers", "0,60,120,149,7", "flowers=0,60,120,149,7&step=3"},
		{"flowers", "0-4", "flowers=0,1,2,3,4&step=3"},
		{"hidden", "4", "hidden=4&step=3"},
		{"rate", "2.5", "rate=2.5&step=3"},
		{"seed", "4294967295", "seed=4294967295&step=3"},
		{"step", "20", "step=20"},
	} {
		t.Run(test.field+"="+test.value, func(t *testing.T) {
			b := s.desktop.in(t, s.url)
			b.open(s.url + "?step=3")
			b.click("summary")
			b.write("#field-"+test.field, test.value)
			b.click(".fields button")
			b.await("the URL", func() string {
				u, err := url.Parse(b.location())
				if err != nil {
					t.Fatal(err)
				}
				return u.Query().Get(test.field)
			}, test.value)
			b.await("the page", func() string { return fmt.Sprint(strings.HasPrefix(b.heading(), "Backprop")) }, "true")
			step := pageStep(t, test.query)
			b.checkNumbers(matricesOf(step))
			if got, want := b.mse("mse_after"), fmt.Sprintf("%.12[1]f %.12[1]f", step.MSEAfter); got != want {
				t.Errorf("mse_after: got %s, want %s", got, want)
			}
			if got := eval[string](b, `return document.querySelector("#field-" + arguments[0]).value`, test.field); got != test.value {
				// 0-4 may be written in another way, but must mean the same
				if a, _ := parseQuery("flowers="+got, 150); test.field != "flowers" || !slices.Equal(a.Settings.Rows, step.Settings.Rows) {
					t.Errorf("got %q in the field, want %q", got, test.value)
				}
			}
		})
	}
}

func testFormErrors(t *testing.T, s *site) {
	for _, test := range []struct{ field, label, value, rng string }{
		{"hidden", "hidden nodes", "17", "1 to 16"},
		{"hidden", "hidden nodes", "two", "1 to 16"},
		{"flowers", "flowers (rows)", "1,150", "0 to 149"},
		{"flowers", "flowers (rows)", "", "0 to 149"},
		{"rate", "learning rate", "-1", "above 0"},
		{"seed", "seed of the weights", "x", "0 to 4294967295"},
		{"step", "step", "0", "1 to 100000"},
		{"step", "step", "100001", "1 to 100000"},
		{"step", "step", "<script>alert(1)</script>", "1 to 100000"},
	} {
		t.Run(test.field+"="+test.value, func(t *testing.T) {
			b := s.desktop.in(t, s.url)
			fields := map[string]string{"flowers": "3,77", "hidden": "5", "rate": "0.25", "seed": "9", "step": "4"}
			b.open(s.url + "?flowers=3,77&hidden=5&rate=0.25&seed=9&step=4")
			b.click("summary")
			fields[test.field] = test.value
			b.write("#field-"+test.field, test.value)
			b.click(".fields button")
			b.await("the errors", func() string {
				return eval[string](b, `return [...document.querySelectorAll("[role=alert] li a")].map(e => e.innerText).join()`)
			}, test.label)
			text := eval[string](b, `return document.querySelector("[role=alert]").innerText`)
			if !strings.Contains(text, test.rng) || !strings.Contains(text, "“"+test.value+"”") {
				t.Errorf("got %q, want it with %q and with the range %q", text, test.value, test.rng)
			}
			type field struct{ Name, Value, Label, Invalid, Described string }
			got := eval[[]field](b, `return [...document.querySelectorAll(".field input")].filter(e => e.checkVisibility()).map(e => ({Name: e.name, Value: e.value,
				Label: e.labels[0].innerText, Invalid: e.getAttribute("aria-invalid") ?? "", Described: document.getElementById(e.getAttribute("aria-describedby")).innerText}))`)
			if len(got) != len(fields) {
				t.Errorf("got %d fields, want all %d, not folded away", len(got), len(fields))
			}
			for _, f := range got {
				invalid := ""
				if f.Name == test.field {
					invalid = "true"
					if f.Label != test.label || !strings.Contains(f.Described, test.rng) {
						t.Errorf("%s: got the label %q and the words %q, want %q and the range %q", f.Name, f.Label, f.Described, test.label, test.rng)
					}
				}
				if f.Value != fields[f.Name] || f.Invalid != invalid {
					t.Errorf("%s: got %q and aria-invalid %q, want %q and %q", f.Name, f.Value, f.Invalid, fields[f.Name], invalid)
				}
			}
			// The link leads to the field, which then gets it right.
			b.click("[role=alert] li a")
			b.write("#field-"+test.field, "1")
			b.click(".fields button")
			b.await("the right one", func() string {
				return eval[string](b, `return document.querySelector(".summary") ? "a page" : "none"`)
			}, "a page")
			for _, line := range b.console() { // of a page that could not be found the browser says so
				if !strings.Contains(line, "the server responded with a status of 400 (Bad Request)") {
					t.Errorf("console: got %q, want nothing else than the status", line)
				}
			}
		})
	}
}

// coveredNames returns what is covered, each with whether some or all of it is:
// tables, the MSE, and the drawing's numbers.
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

func testPredictFirst(t *testing.T, s *site) {
	b := s.desktop.in(t, s.url)
	b.open(s.url + "?" + fiveQuery)
	step := fiveStep(t)
	// check checks that all that is computed is covered but for the named ones.
	check := func(what string, uncovered ...string) {
		t.Helper()
		states := b.covered()
		want := map[string]string{"flowers": "visible"}
		for _, q := range step.Quantities() {
			want[q.Name] = "visible"
			if q.Op != Given && !slices.Contains(uncovered, q.Name) {
				want[q.Name] = "hidden"
			}
		}
		for _, name := range []string{"mse_before", "mse_after", "output_layer_outputs_after"} {
			if want[name] = "visible"; !slices.Contains(uncovered, name) {
				want[name] = "hidden"
			}
		}
		for name := range want {
			if states[name] != want[name] {
				t.Errorf("%s: %s: got it %s, want it %s", what, name, states[name], want[name])
			}
		}
		if len(states) != len(want) {
			t.Errorf("%s: got %d matrices and numbers, want %d", what, len(states), len(want))
		}
	}
	if got := b.covered()["new_weights_2"]; got != "visible" {
		t.Fatalf("before: got new_weights_2 %s, want it visible", got)
	}
	b.click("#cover")
	check("switched on")
	if got := b.location(); !strings.Contains(got, "cover=1") {
		t.Errorf("switched on: got the URL %s, want it with cover=1", got)
	}
	b.open(b.location())
	check("a new load of that URL")

	// Neither the panel nor what is behind it gives a covered number away.
	secret := func(what string, q Quantity, row, col int) {
		t.Helper()
		got := eval[string](b, `return document.getElementById("panel").textContent + document.getElementById("said").textContent`)
		if !strings.Contains(got, at(q.Name, row, col)) {
			t.Errorf("%s: got\n%s\nwant the name of the number", what, got)
		}
		digits := regexp.MustCompile(`^-?\d+\.\d{3}`).FindString(decimals(q.Matrix[row][col]))
		if strings.Contains(got, digits) {
			t.Errorf("%s: got\n%s\nwant no %s in it", what, got, digits)
		}
	}
	for _, name := range []string{"hidden_layer_inputs", "output_layer_error", "new_weights_2"} {
		q, _ := step.quantity(name)
		selector := cell(name, 1, 1)
		eval[any](b, `location.hash = arguments[0]`, fmt.Sprintf("%s-1-1", name))
		b.await("a link to a covered number", b.fragment, name+"-1-1")
		b.await("a link to a covered number", func() string {
			return eval[string](b, `return document.querySelector("#panel h2")?.textContent ?? ""`)
		}, at(name, 1, 1))
		secret("a link to it", q, 1, 1)
		b.press(keyEscape)
		_ = selector
	}
	curve := eval[string](b, `return document.querySelector(".curve").textContent`)
	if digits := fmt.Sprintf("%.4f", step.MSEBefore); strings.Contains(curve, digits) {
		t.Errorf("got %q as the curve's description, want no %s in it: the MSE is covered", curve, digits)
	}

	// A click on it uncovers one, everywhere; and one more covers it again.
	b.click(`label[for="show-hidden_layer_outputs"]`)
	check("a click", "hidden_layer_outputs")
	b.click(`label[for="show-hidden_layer_outputs"]`)
	check("a second click")
	b.click(`label[for="show-hidden_layer_outputs"]`)
	q, _ := step.quantity("hidden_layer_outputs")
	b.point(cell("hidden_layer_outputs", 2, 0))
	secret("one from a covered one", step.Quantities()[4], 2, 0)
	b.click(`label[for="show-hidden_layer_inputs"]`)
	b.point(cell("hidden_layer_outputs", 3, 1))
	b.await("one from an uncovered one", b.panel, explained(t, step, q, 3, 1))
	b.click(`label[for="show-mse_before"]`)
	check("the MSE", "hidden_layer_outputs", "hidden_layer_inputs", "mse_before")

	// The keyboard does the same.
	for i := 0; !strings.HasPrefix(b.focused(), "input show-output_layer_inputs"); i++ {
		if i > 150 {
			t.Fatal("got nowhere near the cover of output_layer_inputs by Tab")
		}
		b.press(keyTab)
	}
	b.press(" ")
	check("the space bar", "hidden_layer_outputs", "hidden_layer_inputs", "mse_before", "output_layer_inputs")
	b.click("#cover")
	if got := b.covered()["new_weights_2"]; got != "visible" || strings.Contains(b.location(), "cover") {
		t.Errorf("switched off: got new_weights_2 %s at %s, want it visible and no cover=1", got, b.location())
	}
}

// Without JavaScript the page shows all numbers and goes everywhere; only
// pointing is missing.
func testNoJavaScript(t *testing.T, s *site) {
	b := s.plain.in(t, s.url)
	b.open(s.url + "?" + fiveQuery)
	if eval[bool](b, `return document.querySelector("[role=grid]") !== null`) {
		t.Fatal("got a page whose script has run, want one without")
	}
	step := fiveStep(t)
	b.checkNumbers(matricesOf(step))
	if got, want := tableNames(b.tables()), wantTables(step); !slices.Equal(got, want) {
		t.Errorf("tables: got\n%q\nwant\n%q", got, want)
	}
	for i, want := range []int{1, 0, 0, 0, 31, 40, 130, 1030} {
		if want == 0 {
			want = 30 + []int{0, -100, -10, -1}[i]
		}
		if want < 1 {
			continue
		}
		b.open(s.url + "?" + fiveQuery)
		b.click(fmt.Sprintf("nav a:nth-of-type(%d)", i+1))
		b.await("a link", b.heading, fmt.Sprintf("Backpropagation, step %d", want))
	}
	b.click(".curve a:nth-of-type(1) rect")
	b.await("the curve", b.heading, "Backpropagation, step 1")
	b.click("summary")
	b.write("#field-hidden", "3")
	b.write("#field-step", "7")
	b.click(".fields button")
	b.await("the form", b.heading, "Backpropagation, step 7")
	b.checkNumbers(matricesOf(pageStep(t, "flowers=0,60,120,149,7&hidden=3&rate=0.3&seed=5&step=7")))
	b.click("#cover")
	if got := b.covered(); got["hidden_layer_inputs"] != "hidden" || got["mse_after"] != "hidden" || got["x"] != "visible" {
		t.Errorf("predict first: got %v, want what is computed hidden", got)
	}
	b.click(`label[for="show-hidden_layer_inputs"]`)
	if got := b.covered(); got["hidden_layer_inputs"] != "visible" || got["hidden_layer_outputs"] != "hidden" {
		t.Errorf("predict first, a click: got %v, want hidden_layer_inputs alone uncovered", got)
	}
	b.click(".field button, #settings > button")
	b.await("the switch, sent with the form", func() string { return fmt.Sprint(strings.Contains(b.location(), "cover=1")) }, "true")
	b.await("the switch, sent with the form", func() string { return b.covered()["hidden_layer_inputs"] }, "hidden")
	b.click("#large")
	if got := eval[string](b, `return getComputedStyle(document.documentElement).fontSize`); got != "24px" {
		t.Errorf("larger type: got %s, want 24px", got)
	}
	b.open(s.url + "?" + fiveQuery + "#hidden_layer_error-3-1")
	if got := eval[string](b, `return getComputedStyle(document.getElementById("hidden_layer_error-3-1")).boxShadow`); got == "none" {
		t.Error("a link to a number: got it without a frame, want it with one")
	}
}

// writePage writes a page as a file and returns its URL.
func (s *site) writePage(t *testing.T, args ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "step.html")
	if out, err := exec.Command(s.program, append([]string{"page", "-o", file}, args...)...).CombinedOutput(); err != nil {
		t.Fatalf("page: got %v and %s", err, out)
	}
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(file)}).String()
}

func testPageFile(t *testing.T, s *site) {
	file := s.writePage(t, "-flowers", "0,60,120,149,7", "-hidden", "2", "-rate", "0.3", "-seed", "5", "-steps", "30")
	b := s.desktop.in(t, file)
	b.open(file)
	step := fiveStep(t)
	b.await("the page", b.heading, "Backpropagation, step 30")
	b.checkNumbers(matricesOf(step))
	is := func(what, name string, row, col int) {
		t.Helper()
		q, _ := step.quantity(name)
		b.await(what+": lit", b.lit, strings.Join(wantLit(step, q, row, col), "\n"))
		b.await(what+": the panel", b.panel, explained(t, step, q, row, col))
	}
	b.point(cell("weights_1_update", 3, 1))
	is("pointing", "weights_1_update", 3, 1)
	b.click(cell("hidden_layer_slope", 3, 1))
	is("a click", "hidden_layer_slope", 3, 1)
	b.click("#panel .follow a")
	is("follow back", "hidden_layer_outputs", 3, 1)
	b.checkVisible("follow back", cell("hidden_layer_outputs", 3, 1))
	b.back()
	is("back", "hidden_layer_slope", 3, 1)
	b.click(cell("hidden_layer_slope", 3, 1))
	b.await("a second click: the fragment", b.fragment, "")
	b.point(cell("x", 0, 0))
	is("a second click, then pointing elsewhere", "x", 0, 0)
	b.click("#cover")
	if got := b.covered(); got["new_weights_1"] != "hidden" || got["x"] != "visible" {
		t.Errorf("predict first: got %v, want what is computed hidden", got)
	}
	b.click("#large")
	if got := eval[string](b, `return getComputedStyle(document.documentElement).fontSize`); got != "24px" {
		t.Errorf("larger type: got %s, want 24px", got)
	}
	// There is nobody to ask for another step: no control leads out of the file.
	if got := eval[[]string](b, `return [...document.querySelectorAll("a[href], form, [src]")].map(e => e.getAttribute("href") ?? e.outerHTML).filter(href => !href.startsWith("#"))`); len(got) > 0 {
		t.Errorf("got %q, want nothing that leads out of the file", got)
	}
}

// printSettings are A4, without the page's background colors, as browsers print.
var printSettings = map[string]any{
	"page":       map[string]float64{"width": 21, "height": 29.7},
	"margin":     map[string]float64{"top": 1.2, "bottom": 1.2, "left": 1.2, "right": 1.2},
	"background": false,
}

func testPrint(t *testing.T, s *site) {
	all := "flowers=0-149&hidden=16"
	for _, test := range []struct{ name, query string }{
		{"the notebook's", ""},
		{"5 flowers, 5 hidden nodes", "flowers=0,60,120,149,7&hidden=5"},
		{"4 flowers, 3 hidden nodes", "flowers=0,60,120,149&hidden=3"},
		{"150 flowers, 16 hidden nodes", all},
		{"larger type", "large=1"},
		{"150 flowers, 16 hidden nodes, larger type", all + "&large=1"},
		{"pinned", "#hidden_layer_error-2-1"},
		{"150 flowers, 16 hidden nodes, pinned", all + "#hidden_layer_error-2-1"},
		{"predict first", "cover=1"},
		{"wide numbers", "rate=1e300&step=2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := s.desktop.in(t, s.url)
			b.open(s.url + "?" + test.query)
			pdf := b.bytes("POST", "/print", printSettings)
			pages := len(regexp.MustCompile(`/Type\s*/Page\b[^s]`).FindAll(pdf, -1))
			if pages < 1 || pages > 4 {
				t.Errorf("got %d pages, want 1 to 4", pages)
			}
			if folder := os.Getenv("BACKPROP_SCREENSHOTS"); folder != "" {
				if err := os.WriteFile(filepath.Join(folder, "print "+test.name+".pdf"), pdf, 0o666); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func testAccessibility(t *testing.T, s *site) {
	for _, test := range []struct{ name, query string }{
		{"the notebook's", ""},
		{"five flowers", fiveQuery},
		{"predict first, pinned", "cover=1&step=2#hidden_layer_error-1-1"},
		{"an error", "hidden=17"},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := s.desktop.in(t, s.url)
			b.open(s.url + "?" + test.query)
			problems := eval[[]string](b, `
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
				check("[id]", "an id that is there twice", e => document.querySelectorAll("#" + CSS.escape(e.id)).length === 1);
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
				return problems`)
			for _, problem := range problems {
				t.Error(problem)
			}
		})
	}
}

// scheme makes the browser prefer dark or light, until the test is over.
func (b *browser) scheme(value string) {
	set := func(value string) {
		b.devtools("Emulation.setEmulatedMedia", map[string]any{"features": []any{map[string]string{"name": "prefers-color-scheme", "value": value}}})
	}
	set(value)
	b.t.Cleanup(func() { set("") })
}

// All text has the contrast of 4.5 that WCAG 2.2 asks for (1.4.3).
func testContrast(t *testing.T, s *site) {
	for _, scheme := range []string{"light", "dark"} {
		for _, test := range []struct{ name, query string }{
			{"pinned", fiveQuery + "#hidden_layer_error-1-1"},
			{"step 1", "#x-1-1"},
			{"predict first", "cover=1"},
			{"an error", "hidden=17"},
		} {
			t.Run(scheme+", "+test.name, func(t *testing.T) {
				b := s.desktop.in(t, s.url)
				b.scheme(scheme)
				b.open(s.url + "?" + test.query)
				if test.name == "an error" {
					b.console() // its status, which testFormErrors looks at
				}
				type contrast struct {
					Text  string
					Ratio float64
				}
				got := eval[[]contrast](b, `
					const parse = color => (color.match(/[\d.]+/g) ?? []).map(Number);
					const luminance = rgb => rgb.slice(0, 3).map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
						.reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
					const opaque = color => { const c = parse(color); return c.length === 3 || c.length > 3 && c[3] === 1; };
					const behind = e => {
						for (; e; e = e.parentElement) if (opaque(getComputedStyle(e).backgroundColor)) return getComputedStyle(e).backgroundColor;
						return "rgb(255, 255, 255)";
					};
					const list = [];
					for (const e of document.querySelectorAll("body *")) {
						if (e.matches("script, title, desc") || !e.checkVisibility({visibilityProperty: true})) continue;
						if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && !e.matches("input")) continue;
						const style = getComputedStyle(e), svg = e.closest("svg");
						const color = luminance(parse(svg ? style.fill : style.color)), paper = luminance(parse(behind(e)));
						list.push({Text: e.outerHTML.slice(0, 100), Ratio: (Math.max(color, paper) + 0.05) / (Math.min(color, paper) + 0.05)});
					}
					return list`)
				if len(got) < 10 {
					t.Fatalf("got %d texts, want more", len(got))
				}
				for _, c := range got {
					if !(c.Ratio >= 4.5) {
						t.Errorf("got a contrast of %.2f, want at least 4.5: %s", c.Ratio, c.Text)
					}
				}
				paper := eval[string](b, `return getComputedStyle(document.body).backgroundColor`)
				if isDark := paper != "rgb(255, 255, 255)"; isDark != (scheme == "dark") {
					t.Errorf("got the background %s, want a %s one", paper, scheme)
				}
			})
		}
	}
}

// resize gives the page's window a width and a height until the test is over.
func (b *browser) resize(width, height int) {
	b.devtools("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false})
	b.t.Cleanup(func() { b.devtools("Emulation.clearDeviceMetricsOverride", map[string]any{}) })
}

// The page itself never scrolls sideways: wide matrices do so on their own.
func testWidth(t *testing.T, s *site) {
	for _, test := range []struct{ name, query string }{
		{"the notebook's", "step=1000"},
		{"larger type", "step=1000&large=1"},
		{"pinned", "#hidden_layer_error-1-1"},
		{"predict first", "cover=1&large=1"},
		{"an error", "hidden=17&large=1"},
		{"wide numbers", "rate=1e300&step=2&large=1"},
		{"150 flowers, 16 hidden nodes", "flowers=0-149&hidden=16"},
		{"150 flowers, 16 hidden nodes, larger type", "flowers=0-149&hidden=16&large=1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := s.desktop.in(t, s.url)
			b.open(s.url + "?" + test.query)
			if test.name == "an error" {
				b.console()
			}
			for _, width := range []int{320, 390, 768, 1280, 1920} {
				b.resize(width, 900)
				got := eval[struct {
					Inner, Scroll int
					Widest        string
				}](b, `const root = document.documentElement;
					const wide = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".matrices *, .box *, math"));
					return {Inner: innerWidth, Scroll: root.scrollWidth, Widest: wide.slice(0, 3).map(e => e.outerHTML.slice(0, 80)).join(" | ")}`)
				if got.Inner != width || got.Scroll > width {
					t.Errorf("%d pixels: got a page of %d pixels in a window of %d, want no more than the window: %s", width, got.Scroll, got.Inner, got.Widest)
				}
			}
		})
	}
}

// With BACKPROP_SCREENSHOTS=FOLDER, pictures of the page are saved to look at.
func testScreenshots(t *testing.T, s *site) {
	folder := os.Getenv("BACKPROP_SCREENSHOTS")
	if folder == "" {
		return // nobody looks at them here
	}
	for _, test := range []struct{ name, query string }{
		{"top", ""},
		{"pinned", fiveQuery + "#hidden_layer_error-3-1"},
		{"sum", "step=1000#weights_1_update-2-0"},
		{"cover", "cover=1#cell-7"},
		{"large", "large=1#hidden_layer_error-1-1"},
		{"many", "flowers=0-149&hidden=16&step=100#hidden_layer_error-70-9"},
		{"error", "hidden=17&flowers=1,150"},
	} {
		for _, scheme := range []string{"light", "dark"} {
			for _, width := range []int{390, 1280, 1920} {
				t.Run(fmt.Sprintf("%s %d %s", test.name, width, scheme), func(t *testing.T) {
					b := s.desktop.in(t, s.url)
					b.scheme(scheme)
					b.resize(width, map[int]int{390: 844, 1280: 900, 1920: 1080}[width])
					b.open(s.url + "?" + test.query)
					if test.name == "error" {
						b.console()
					}
					picture := b.bytes("GET", "/screenshot", nil)
					name := fmt.Sprintf("%s-%d-%s.png", test.name, width, scheme)
					if err := os.WriteFile(filepath.Join(folder, name), picture, 0o666); err != nil {
						t.Error(err)
					}
				})
			}
		}
	}
}
