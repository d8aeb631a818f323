package page

import (
	"backprop/data"
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// pageTargets are pages whose shapes cannot be mistaken for each other.
var pageTargets = []struct {
	name, target string
	settings     Settings
}{
	{"the notebook", "/", Settings{Rows: []int{1, 51, 101}, Hidden: 2, Rate: 0.1, Seed: 10, Steps: 1}},
	{"five flowers, step 12", "/?flowers=0,60,120,149,7&hidden=6&rate=0.5&seed=5&step=12&run=40&flower=120", Settings{Rows: []int{0, 60, 120, 149, 7}, Hidden: 6, Rate: 0.5, Seed: 5, Steps: 12}},
	{"one of everything", "/?flowers=77&hidden=1&step=3", Settings{Rows: []int{77}, Hidden: 1, Rate: 0.1, Seed: 10, Steps: 3}},
	{"the same flower twice", "/?flowers=9,9&step=2", Settings{Rows: []int{9, 9}, Hidden: 2, Rate: 0.1, Seed: 10, Steps: 2}},
	{"all of it", "/?flowers=0-149&hidden=16&step=2", Settings{Rows: rowRange(0, 149), Hidden: 16, Rate: 0.1, Seed: 10, Steps: 2}},
	{"large numbers", "/?rate=1e10&step=2", Settings{Rows: []int{1, 51, 101}, Hidden: 2, Rate: 1e10, Seed: 10, Steps: 2}},
	{"infinite sums", "/?rate=1e308&step=2", Settings{Rows: []int{1, 51, 101}, Hidden: 2, Rate: 1e308, Seed: 10, Steps: 2}},
}

// pagesRead are the pages of pageTargets, each made and read once.
var pagesRead = map[string]*htmlNode{}

// targetPage returns the page at one of pageTargets.
func targetPage(t *testing.T, target string) *htmlNode {
	t.Helper()
	if pagesRead[target] == nil {
		_, pagesRead[target] = mustGet(t, newTestHandler(t), target, 200)
	}
	return pagesRead[target]
}

// shownAs is how the page writes a number: those of the data as they are there,
// computed ones with 8 decimals.
func shownAs(name string, v float64) string {
	switch {
	case slices.Contains([]string{"x", "y", "x.T"}, name):
		return fmt.Sprint(v)
	case math.Abs(v) >= 1e9:
		return fmt.Sprintf("%.8e", v)
	}
	return fmt.Sprintf("%.8f", v)
}

// sameFloat reports whether both are the same number, or both none.
func sameFloat(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }

// checkTable compares a table with the matrix that it shows.
func checkTable(t *testing.T, s *Step, table *htmlNode, q Quantity, home bool) {
	t.Helper()
	where := fmt.Sprintf("table of %s, home %v", q.Name, home)
	caption := table.all("caption", nil)
	if want := fmt.Sprintf("%s %d×%d", q.Name, q.Matrix.Rows(), q.Matrix.Cols()); len(caption) != 1 || !strings.HasPrefix(caption[0].text(), want) {
		t.Errorf("%s: got the caption %q, want %q", where, caption[0].text(), want)
	}
	header := func(axis Axis, i int) string {
		switch axis {
		case Flowers:
			return fmt.Sprintf("%d %v", s.Settings.Rows[i], s.Flowers[i].Species)
		case Features:
			return []string{"sepal length", "sepal width", "petal length", "petal width"}[i]
		case HiddenNodes:
			return fmt.Sprintf("hidden node %d", i)
		}
		return []string{"setosa", "versicolor", "virginica"}[i]
	}
	columns := table.all("th", has("scope", "col"))
	if len(columns) != q.Matrix.Cols() {
		t.Fatalf("%s: got %d column headers, want %d", where, len(columns), q.Matrix.Cols())
	}
	for j, th := range columns {
		if want := header(q.Cols, j); th.text() != want {
			t.Errorf("%s: got the column header %q, want %q", where, th.text(), want)
		}
	}
	rows := table.all("tbody", nil)[0].all("tr", nil)
	if len(rows) != q.Matrix.Rows() {
		t.Fatalf("%s: got %d rows, want %d", where, len(rows), q.Matrix.Rows())
	}
	for i, row := range rows {
		if th := row.all("th", has("scope", "row")); len(th) != 1 || th[0].text() != header(q.Rows, i) {
			t.Errorf("%s: got the row header %q, want %q", where, th[0].text(), header(q.Rows, i))
		}
		cells := row.all("td", nil)
		if len(cells) != q.Matrix.Cols() {
			t.Fatalf("%s, row %d: got %d numbers, want %d", where, i, len(cells), q.Matrix.Cols())
		}
		for j, cell := range cells {
			if want := shownAs(q.Name, q.Matrix[i][j]); cell.text() != want {
				t.Errorf("%s[%d][%d]: got %s, want %s", where, i, j, cell.text(), want)
			}
			id, want := cell.attr["id"], ""
			if home {
				want = fmt.Sprintf("%s-%d-%d", q.Name, i, j)
			}
			if id != want {
				t.Errorf("%s[%d][%d]: got the id %q, want %q", where, i, j, id, want)
			}
		}
	}
}

// Every number of the page is the notebook's, where it is computed and where it
// is an operand, and so is the data of the script.
func TestPageNumbers(t *testing.T) {
	for _, test := range pageTargets {
		t.Run(test.name, func(t *testing.T) {
			doc := targetPage(t, test.target)
			s := mustStep(t, test.settings)
			data := decodeNumbers(t, doc)
			if data.N != s.Pass.N() || data.Rate != s.Settings.Rate {
				t.Errorf("data: got N %d and rate %v, want %d and %v", data.N, data.Rate, s.Pass.N(), s.Settings.Rate)
			}
			list := s.Quantities()
			if len(data.Quantities) != len(list) || len(doc.all("section", hasClass("quantity"))) != len(list) {
				t.Errorf("got %d quantities in the data and %d on the page, want %d", len(data.Quantities), len(doc.all("section", hasClass("quantity"))), len(list))
			}
			for _, q := range list {
				section := doc.byID(q.Name)
				if section == nil {
					t.Fatalf("got no section for %s", q.Name)
				}
				cell := section
				for cell != nil && !hasClass("cell")(cell) {
					cell = cell.parent
				}
				if want := fmt.Sprintf("cell-%d", q.Cell); cell == nil || cell.attr["id"] != want {
					t.Errorf("%s: got it in %v, want it in %s", q.Name, cell, want)
				}
				for _, want := range []string{q.Name, q.Meaning, q.Part, fmt.Sprintf("%d×%d", q.Matrix.Rows(), q.Matrix.Cols())} {
					if !strings.Contains(section.text(), want) {
						t.Errorf("%s: got no %q in its section, want it", q.Name, want)
					}
				}
				wantTables := []string{q.Name}
				if q.Op != Given {
					wantTables = append(operands(q), q.Name)
				}
				var tables []string
				for _, table := range section.all("table", nil) {
					name := table.attr["data-of"]
					of, ok := s.quantity(name)
					if !ok {
						t.Fatalf("%s: got a table of %q, want one of a quantity", q.Name, name)
					}
					checkTable(t, s, table, of, name == q.Name)
					tables = append(tables, name)
				}
				product := q.Op == Dot || q.Op == DotOverN
				if product { // the right factor stands above, so it comes first
					slices.Reverse(tables[:2])
				}
				if !slices.Equal(tables, wantTables) {
					t.Errorf("%s: got tables of %v, want %v", q.Name, tables, wantTables)
				}
				if got := hasClass("product")(section); got != product {
					t.Errorf("%s: got it laid out as a product: %v, want %v", q.Name, got, product)
				}
				if product {
					for class, want := range map[string]string{"left": q.X, "right": q.Y, "result": q.Name} {
						place := section.all("div", hasClass(class))
						if len(place) != 1 || len(place[0].all("table", has("data-of", want))) != 1 {
							t.Errorf("%s: got no table of %s in the place %s, want it there", q.Name, want, class)
						}
					}
					corner, want := section.all("div", hasClass("corner"))[0].text(), ""
					if q.Op == DotOverN {
						want = fmt.Sprintf("÷ N = %d", s.Pass.N())
					}
					if corner != want {
						t.Errorf("%s: got %q in the corner, want %q", q.Name, corner, want)
					}
				}

				d := data.Quantities[q.Name]
				if d.Op != q.Op || d.X != q.X || d.Y != q.Y || d.Rows != q.Rows || d.Cols != q.Cols || len(d.Values) != q.Matrix.Rows() {
					t.Fatalf("data: got %s made from %q and %q, want %q and %q", q.Name, d.X, d.Y, q.X, q.Y)
				}
				for i, row := range q.Matrix {
					for j, want := range row {
						if got := numberOf(d.Values[i][j]); !sameFloat(got, want) || math.Signbit(got) != math.Signbit(want) {
							t.Errorf("data: %s[%d][%d]: got %v, want %v", q.Name, i, j, got, want)
						}
						if q.Op == Given && d.Origins[i][j] != s.origin(q, i, j) {
							t.Errorf("data: %s[%d][%d]: got it from %q, want %q", q.Name, i, j, d.Origins[i][j], s.origin(q, i, j))
						}
					}
				}
			}
			for of, want := range map[string]float64{"mse_before": s.MSEBefore, "mse_after": s.MSEAfter} {
				shown := doc.all("b", has("data-of", of))
				if len(shown) != 2 {
					t.Errorf("got %s %d times, want it in the header and in its cell", of, len(shown))
				}
				for _, b := range shown {
					if want := fmt.Sprintf("%.12f", want); b.text() != want {
						t.Errorf("%s: got %s, want %s", of, b.text(), want)
					}
				}
			}
			again := doc.all("table", has("data-of", "output_layer_outputs_after"))
			if len(again) != 1 {
				t.Fatalf("got %d tables of the outputs after the step, want 1", len(again))
			}
			checkTable(t, s, again[0], Quantity{Name: "output_layer_outputs_after", Rows: Flowers, Cols: Species, Matrix: s.Again.OutputLayerOutputs}, false)
			flowers := doc.all("table", has("data-of", "flowers"))[0].all("tbody", nil)[0].all("tr", nil)
			for i, row := range flowers {
				cells := row.all("td", nil)
				if got, want := cells[4].text(), s.Flowers[i].Species.String(); got != want || cells[2].text() != fmt.Sprint(s.Flowers[i].PetalLength) {
					t.Errorf("flower %d: got %s with a petal of %s, want %s", i, got, cells[2].text(), want)
				}
			}
		})
	}
}

// What is computed can be covered, and the drawing knows its stage.
func TestPageCoversWhatIsComputed(t *testing.T) {
	doc := targetPage(t, "/")
	names := []string{"mse_before", "mse_after", "output_layer_outputs_after"}
	for _, q := range mustStep(t, pageTargets[0].settings).Quantities() {
		stage := stages[q.Name]
		if (stage == "") != (q.Op == Given) {
			t.Errorf("%s: got the stage %q, want one for what is computed alone", q.Name, stage)
		}
		if q.Op == Given {
			if doc.byID("show-"+q.Name) != nil {
				t.Errorf("%s: got a switch for what is given, want none", q.Name)
			}
			continue
		}
		names = append(names, q.Name)
		if !hasClass(stage)(doc.byID(q.Name)) {
			t.Errorf("%s: got the class %q, want %s in it", q.Name, doc.byID(q.Name).attr["class"], stage)
		}
		if got := len(doc.all("g", func(g *htmlNode) bool { return hasClass("flow")(g) && hasClass(stage)(g) })); got != 1 {
			t.Errorf("%s: got %d arrows for the stage %s, want 1", q.Name, got, stage)
		}
		if rule := fmt.Sprintf("body:has(.%s:target, .%[1]s :target, .%[1]s.current) .flow.%[1]s", stage); !strings.Contains(pageCSS, rule) {
			t.Errorf("%s: got no rule %q in the style sheet", q.Name, rule)
		}
	}
	for _, name := range names {
		if rule := fmt.Sprintf(`body:has(#cover:checked):has([id="show-%s"]:not(:checked)) [data-of="%[1]s"]`, name); strings.Count(pageCSS, rule) != 1 {
			t.Errorf("%s: got the rule %s %d times, want it once", name, rule, strings.Count(pageCSS, rule))
		}
		box := doc.byID("show-" + name)
		if box == nil || box.attr["type"] != "checkbox" || len(doc.all("label", has("for", "show-"+name))) != 1 {
			t.Errorf("%s: got no switch with a label to show it", name)
			continue
		}
		if len(box.parent.all("", has("data-of", name))) == 0 {
			t.Errorf("%s: got its switch in a place without its values", name)
		}
	}
	if got, want := strings.Count(pageCSS, `:has([id="show-`), len(names); got != want {
		t.Errorf("got %d rules that cover, want %d", got, want)
	}
}

// Each equation names its operands, each with its shape below.
func TestPageMathML(t *testing.T) {
	for _, target := range pageTargets {
		doc := targetPage(t, target.target)
		s := mustStep(t, target.settings)
		for _, q := range s.Quantities() {
			maths := doc.byID(q.Name).all("math", nil)
			if q.Op == Given {
				if len(maths) != 0 {
					t.Errorf("%s: got an equation of what is given, want none", q.Name)
				}
				continue
			}
			if len(maths) != 1 {
				t.Fatalf("%s: got %d equations, want 1", q.Name, len(maths))
			}
			if got, want := maths[0].attr["alttext"], q.Name+" = "+q.Equation(); got != want {
				t.Errorf("%s: got the text %q, want %q", q.Name, got, want)
			}
			want := []string{}
			name := func(name string) {
				of, _ := s.quantity(name)
				shape := fmt.Sprintf(" %d×%d", of.Matrix.Rows(), of.Matrix.Cols())
				if base, transposed := strings.CutSuffix(name, ".T"); transposed && name != q.Name {
					name = base + "^T"
				}
				want = append(want, name+shape)
			}
			name(q.Name)
			switch q.Op {
			case Transposed:
				x, _ := s.quantity(q.X)
				want = append(want, fmt.Sprintf("%s^T %d×%d", q.X, x.Matrix.Rows(), x.Matrix.Cols()))
			case Slope:
				name(q.X)
				name(q.X)
			default:
				for _, operand := range operands(q) {
					name(operand)
				}
			}
			var got []string
			for _, under := range maths[0].all("munder", nil) {
				if len(under.children) != 2 || under.children[1].name != "mtext" {
					t.Fatalf("%s: got a name without a shape below it", q.Name)
				}
				of := under.children[0]
				text := of.text()
				if of.name == "msup" && len(of.children) == 2 {
					text = of.children[0].text() + "^" + of.children[1].text()
				}
				got = append(got, text+" "+under.children[1].text())
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: got %q, want %q", q.Name, got, want)
			}
			for _, fraction := range maths[0].all("mfrac", nil) {
				if len(fraction.children) != 2 || fraction.children[1].text() != "N" {
					t.Errorf("%s: got the fraction %q, want one over N", q.Name, fraction.text())
				}
			}
			if got := len(maths[0].all("mfrac", nil)) == 1; got != (q.Op == DotOverN) {
				t.Errorf("%s: got a fraction: %v, want %v", q.Name, got, q.Op == DotOverN)
			}
		}
	}
}

func TestPageTravels(t *testing.T) {
	h := newTestHandler(t)
	for _, test := range []struct {
		query string
		step  int
		rest  string // of each link: behind the step
		run   int
	}{
		{"step=1", 1, "", 0},
		{"step=2", 2, "", 2},
		{"step=10", 10, "", 10},
		{"step=101", 101, "", 101},
		{"step=5&run=1200&flower=101&cover=1&large=1", 5, "&flower=101&cover=1&large=1", 1200},
		{"step=99900", 99900, "", 99900},
		{"step=100000", 100000, "", 100000},
	} {
		t.Run(test.query, func(t *testing.T) {
			_, doc := mustGet(t, h, "/?"+test.query, 200)
			url := func(step int) string {
				run := ""
				if test.run > step {
					run = fmt.Sprintf("&run=%d", test.run)
				}
				return fmt.Sprintf("/?flowers=1,51,101&hidden=2&rate=0.1&seed=10&step=%d%s%s", step, run, test.rest)
			}
			nav := doc.all("nav", nil)[0]
			links := nav.all("a", nil)
			steps := []struct {
				text string
				step int
			}{{"first", 1}, {"−100", test.step - 100}, {"−10", test.step - 10}, {"−1", test.step - 1},
				{"+1", test.step + 1}, {"+10", test.step + 10}, {"+100", test.step + 100}, {"+1000", test.step + 1000}}
			if len(links) != len(steps) {
				t.Fatalf("got %d controls, want %d", len(links), len(steps))
			}
			for i, want := range steps {
				href, isLink := links[i].attr["href"]
				if links[i].text() != want.text || links[i].attr["aria-label"] == "" {
					t.Errorf("got the control %q with the name %q, want %q with one", links[i].text(), links[i].attr["aria-label"], want.text)
				}
				if want.step < 1 || want.step > 100000 {
					if isLink || links[i].attr["aria-disabled"] != "true" {
						t.Errorf("%s: got the link %q, want it disabled", want.text, href)
					}
				} else if href != url(want.step) {
					t.Errorf("%s: got %s, want %s", want.text, href, url(want.step))
				}
			}
			if got, want := doc.byID("field-step").attr["value"], fmt.Sprint(test.step); got != want {
				t.Errorf("got step %s in the box, want %s", got, want)
			}
			next := doc.byID("cell-10").all("a", hasClass("travel"))
			if test.step == 100000 && len(next) != 0 || test.step < 100000 && (len(next) != 1 || next[0].attr["href"] != url(test.step+1)) {
				t.Errorf("got %d links to the next step, want the one to it if there is one", len(next))
			}

			// A click anywhere on the curve leads to a step of the run, from the
			// first to the last.
			stretches := doc.all("svg", hasClass("curve"))[0].all("a", nil)
			end := max(test.run, test.step)
			if want := min(end, 120); len(stretches) != want {
				t.Fatalf("got %d links on the curve, want %d", len(stretches), want)
			}
			last, right := 0, 0.0
			for i, a := range stretches {
				title := a.all("title", nil)[0].text()
				step, err := strconv.Atoi(strings.TrimPrefix(title, "step "))
				if err != nil || step <= last || step > end || i == 0 && step != 1 || i == len(stretches)-1 && step != end {
					t.Errorf("got %q behind step %d, want the steps from 1 to %d in order", title, last, end)
				}
				if a.attr["href"] != url(step) {
					t.Errorf("%s: got %s, want %s", title, a.attr["href"], url(step))
				}
				rect := a.all("rect", nil)[0]
				x, width := mustFloat(t, rect.attr["x"]), mustFloat(t, rect.attr["width"])
				if i > 0 && math.Abs(x-right) > (width+5)/2 {
					t.Errorf("%s: got it from %.1f on, want it where the one before ends, at %.1f", title, x, right)
				}
				last, right = step, x+width
			}
			if got := len(doc.all("circle", hasClass("now"))); got != 1 {
				t.Errorf("got %d marks on the curve, want 1", got)
			}
		})
	}
}

func mustFloat(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// The MSE of the curve is that of the steps, each computed on its own.
func TestPageMSE(t *testing.T) {
	q, ok := parseQuery("step=4&run=9&rate=0.5", allFlowers)
	if !ok {
		t.Fatal(q.Errors())
	}
	p, err := newPage(context.Background(), testNotebook, newTestHandler(t).flowers, q)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.MSE) != 9 {
		t.Fatalf("got the MSE of %d steps, want 9", len(p.MSE))
	}
	for i, got := range p.MSE {
		s := q.Settings
		s.Steps = i + 1
		if want := mustStep(t, s).MSEBefore; got != want {
			t.Errorf("step %d: got the MSE %v, want %v", i+1, got, want)
		}
	}
}

func TestPageDrawing(t *testing.T) {
	for _, test := range pageTargets {
		t.Run(test.name, func(t *testing.T) {
			doc := targetPage(t, test.target)
			s := mustStep(t, test.settings)
			q, _ := parseQuery(strings.TrimLeft(test.target, "/?"), allFlowers)
			row := slices.Index(s.Settings.Rows, q.Flower)
			svg := doc.all("svg", hasClass("net"))[0]
			box := strings.Fields(svg.attr["viewBox"])
			if len(box) != 4 || box[0] != "0" || box[1] != "0" {
				t.Fatalf("got the viewBox %q, want one from 0 0", svg.attr["viewBox"])
			}
			width, height := mustFloat(t, box[2]), mustFloat(t, box[3])
			for _, e := range svg.all("", nil) {
				for name, value := range e.attr {
					most := map[string]float64{"x": width, "x1": width, "x2": width, "cx": width, "y": height, "y1": height, "y2": height, "cy": height}[name]
					if most == 0 {
						continue
					}
					edge := 0.0
					if e.name == "circle" {
						edge = mustFloat(t, e.attr["r"])
					}
					if v := mustFloat(t, value); v-edge < 0 || v+edge > most {
						t.Errorf("got <%s %s=%q> with the radius %v, want it from 0 to %v", e.name, name, value, edge, most)
					}
				}
			}
			if got, want := doc.byID("flower-name").text(), fmt.Sprintf("flower %d (%v)", q.Flower, s.Flowers[row].Species); got != want {
				t.Errorf("got the values of %q, want %q", got, want)
			}

			circle := map[string]*htmlNode{} // of each node
			wantNodes := 4 + s.Settings.Hidden + 3
			nodes := svg.all("g", hasClass("node"))
			if len(nodes) != wantNodes {
				t.Fatalf("got %d nodes, want %d", len(nodes), wantNodes)
			}
			for _, node := range nodes {
				circle[node.attr["data-at"]] = node.all("circle", nil)[0]
				var axis, i int
				if _, err := fmt.Sscanf(node.attr["data-at"], "%d-%d", &axis, &i); err != nil {
					t.Fatalf("node at %q: %v", node.attr["data-at"], err)
				}
				want := map[Axis][2]string{Features: {"x", ""}, HiddenNodes: {"hidden_layer_outputs", "hidden_layer_delta"}, Species: {"output_layer_outputs", "output_layer_delta"}}[Axis(axis)]
				for k, class := range []string{"out", "delta"} {
					texts := node.all("text", hasClass(class))
					of, ok := s.quantity(want[k])
					if !ok {
						if len(texts) != 0 {
							t.Errorf("node %d-%d: got a %s, want none", axis, i, class)
						}
						continue
					}
					v := of.Matrix[row][i]
					text := fmt.Sprintf("%.3f", v)
					if class == "out" && axis == int(Features) {
						text = fmt.Sprint(v)
					}
					if len(texts) != 1 || texts[0].text() != text || texts[0].attr["data-of"] != want[k] || texts[0].attr["data-col"] != fmt.Sprint(i) {
						t.Errorf("node %d-%d: got the %s %q, want %s of %s", axis, i, class, texts[0].text(), text, want[k])
					}
				}
			}

			for _, layer := range []struct {
				name     string
				from, to Axis
			}{{"weights_1", Features, HiddenNodes}, {"weights_2", HiddenNodes, Species}} {
				of, _ := s.quantity(layer.name)
				lines := svg.all("g", has("data-of", layer.name))[0].all("line", nil)
				if want := of.Matrix.Rows() * of.Matrix.Cols(); len(lines) != want {
					t.Fatalf("%s: got %d lines, want %d", layer.name, len(lines), want)
				}
				type size struct{ weight, width float64 }
				var sizes []size
				for k, line := range lines {
					i, j := k/of.Matrix.Cols(), k%of.Matrix.Cols()
					w := of.Matrix[i][j]
					from, to := fmt.Sprintf("%d-%d", layer.from, i), fmt.Sprintf("%d-%d", layer.to, j)
					if got, want := line.attr["data-at"], from+" "+to; got != want {
						t.Errorf("%s[%d][%d]: got the line of %s, want %s", layer.name, i, j, got, want)
					}
					if line.attr["y1"] != circle[from].attr["cy"] || line.attr["y2"] != circle[to].attr["cy"] ||
						mustFloat(t, line.attr["x1"]) != mustFloat(t, circle[from].attr["cx"])+mustFloat(t, circle[from].attr["r"]) ||
						mustFloat(t, line.attr["x2"]) != mustFloat(t, circle[to].attr["cx"])-mustFloat(t, circle[to].attr["r"]) {
						t.Errorf("%s[%d][%d]: got a line from %v, want it from node to node", layer.name, i, j, line.attr)
					}
					want := "positive"
					if w < 0 {
						want = "negative"
					}
					if line.attr["class"] != want {
						t.Errorf("%s[%d][%d] = %v: got the class %s, want %s", layer.name, i, j, w, line.attr["class"], want)
					}
					if got, want := line.all("title", nil)[0].text(), fmt.Sprintf("%s[%d][%d] = %s", layer.name, i, j, shownAs(layer.name, w)); got != want {
						t.Errorf("got the title %q, want %q", got, want)
					}
					sizes = append(sizes, size{math.Abs(w), mustFloat(t, line.attr["stroke-width"])})
				}
				slices.SortStableFunc(sizes, func(a, b size) int {
					if a.weight < b.weight {
						return -1
					}
					return 1
				})
				for k := range sizes {
					if k > 0 && sizes[k].width < sizes[k-1].width {
						t.Errorf("%s: got the width %v for %v and %v for %v, want wider for larger", layer.name, sizes[k-1].width, sizes[k-1].weight, sizes[k].width, sizes[k].weight)
					}
				}
				if first, last := sizes[0], sizes[len(sizes)-1]; first.width < 1 || last.width != 8 || first.weight < last.weight/2 && first.width > 5 {
					t.Errorf("%s: got widths from %v to %v for weights from %v to %v, want up to 8 in proportion", layer.name, first.width, last.width, first.weight, last.weight)
				}
			}
		})
	}
	if !regexp.MustCompile(`\.net line\.negative \{[^}]*stroke-dasharray`).MatchString(pageCSS) {
		t.Error("got no dashes for negative weights in the style sheet")
	}
}

func TestPageFile(t *testing.T) {
	folder := t.TempDir()
	weights := filepath.Join(folder, "weights.json")
	if r := runCommandLine(nil, "train", "-epochs", "20", "-hidden", "3", "-save", weights); r.Code != 0 {
		t.Fatal(r.Err)
	}
	csv := filepath.Join(folder, "five <b>&amp;.csv")
	lines := strings.SplitAfter(data.Iris, "\n")
	five := strings.Join(lines[:5], "")
	if err := os.WriteFile(csv, []byte(five), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, stdin string
		settings    Settings
		loaded      bool
		args        []string
	}{
		{"the notebook", "", Settings{Rows: []int{1, 51, 101}, Hidden: 2, Rate: 0.1, Seed: 10, Steps: 1}, false, nil},
		{"most of everything", "", Settings{Rows: rowRange(0, 149), Hidden: 16, Rate: 0.1, Seed: 10, Steps: 2}, false, []string{"-flowers", "0-149", "-hidden", "16", "-steps", "2"}},
		{"saved weights", "", Settings{Rows: []int{7, 88}, Hidden: 3, Rate: 0.5, Seed: 10, Steps: 3}, true, []string{"-weights", weights, "-flowers", "7,88", "-rate", "0.5", "-steps", "3"}},
		{"standard input", five, Settings{Rows: []int{0, 1}, Hidden: 2, Rate: 0.1, Seed: 10, Steps: 1}, false, []string{"-data", "-", "-flowers", "0,1"}},
		{"data file", "", Settings{Rows: []int{3}, Hidden: 2, Rate: 0.1, Seed: 10, Steps: 1}, false, []string{"-data", csv, "-flowers", "3"}},
		{"infinite sums", "", Settings{Rows: []int{1, 51, 101}, Hidden: 2, Rate: 1e308, Seed: 10, Steps: 2}, false, []string{"-rate", "1e308", "-steps", "2"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			name := writeText(t, "step.html", strings.Repeat("old", 1e6)) // longer than the page
			r := runCommandLine(strings.NewReader(test.stdin), append([]string{"page", "-o", name}, test.args...)...)
			if want := fmt.Sprintf("Step %d is in %s: open it in a browser.\n", test.settings.Steps, name); r.Code != 0 || r.Out != want || r.Err != "" {
				t.Fatalf("got %+v, want code 0 and %q", r, want)
			}
			if got := filesIn(t, filepath.Dir(name)); !slices.Equal(got, []string{"step.html"}) {
				t.Errorf("got the files %v, want the page alone", got)
			}
			text := readText(t, name)
			doc, err := parseHTML(text)
			if err != nil {
				t.Fatal(err)
			}
			if test.loaded {
				test.settings.Loaded = loadNet(t, weights)
			}
			s := mustStep(t, test.settings)
			for _, q := range s.Quantities() {
				for _, table := range doc.byID(q.Name).all("table", has("data-of", q.Name)) {
					checkTable(t, s, table, q, true)
				}
			}
			decodeNumbers(t, doc)
			checkAlone(t, text, doc)
			if strings.Contains(text, "NaN</td>") {
				t.Error("got NaN in a table, want numbers")
			}
		})
	}
}

// checkAlone checks that the file needs no other, and has what it needs.
func checkAlone(t *testing.T, text string, doc *htmlNode) {
	t.Helper()
	for _, url := range regexp.MustCompile(`(?i)\b(?:https?|ftp|data|blob|file|wss?):/*[\w.]+[^\s"'<]*`).FindAllString(text, -1) {
		if url != "http://www.w3.org/2000/svg" && url != "http://www.w3.org/1998/Math/MathML" {
			t.Errorf("got %s in the file, want nothing from elsewhere", url)
		}
	}
	for _, bad := range []string{"@import", "url(", "<base", "<iframe", "<form"} {
		if strings.Contains(text, bad) {
			t.Errorf("got %s in the file, want it to be one by itself", bad)
		}
	}
	for _, e := range doc.all("", nil) {
		_, src := e.attr["src"]
		href, hasHref := e.attr["href"]
		if src || e.name == "link" || hasHref && !(strings.HasPrefix(href, "#") && doc.byID(href[1:]) != nil) {
			t.Errorf("got <%s> with %v, want no way out of the file and no dead link", e.name, e.attr)
		}
	}
	styles, scripts := doc.all("style", nil), doc.all("script", func(n *htmlNode) bool { return n.attr["type"] == "" })
	if len(styles) != 1 || styles[0].text() != pageCSS {
		t.Error("got another style sheet in the file, want the server's")
	}
	if len(scripts) != 1 || scripts[0].text() != pageJS {
		t.Error("got another script in the file, want the server's")
	}
}

// What cannot be done leaves nothing behind, and an old file as it was.
func TestPageFileRefuses(t *testing.T) {
	folder := t.TempDir()
	file := func(name, text string) string {
		name = filepath.Join(folder, name)
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return name
	}
	flowers := file("flowers.csv", data.Iris)
	twice := file("twice.csv", data.Iris+data.Iris)
	old := file("old.html", "old")
	weights := filepath.Join(folder, "weights.json")
	if r := runCommandLine(nil, "train", "-epochs", "1", "-hidden", "17", "-save", weights); r.Code != 0 {
		t.Fatal(r.Err)
	}
	var nan bytes.Buffer
	if err := nanWeights().Save(&nan); err != nil {
		t.Fatal(err)
	}
	overflowing := file("overflowing.json", nan.String())
	bad := file("bad.csv", "5.1,3.5\n")
	before := filesIn(t, folder)
	for _, test := range []struct {
		name string
		code int
		want string
		args []string
	}{
		{"no -o", 2, "found no -o, expected the file to write, such as -o step.html", nil},
		{"empty -o", 2, "found no -o", []string{"-o", ""}},
		{"operand", 2, "expected nothing but flags", []string{"-o", old, "step.html"}},
		{"missing folder", 1, "missing", []string{"-o", filepath.Join(folder, "missing", "a.html")}},
		{"folder", 1, "no regular file", []string{"-o", folder}}, // TestCannotWrite has the other reasons
		{"file for a folder", 1, "old.html", []string{"-o", filepath.Join(old, "a.html")}},
		{"same as -data", 2, "flowers.csv twice", []string{"-data", flowers, "-o", flowers}},
		{"same as -data by another name", 2, "flowers.csv twice", []string{"-data", flowers, "-o", filepath.Join(folder, ".", "x", "..", "flowers.csv")}},
		{"same as -weights", 2, "overflowing.json twice", []string{"-weights", overflowing, "-o", overflowing}},
		{"17 hidden nodes", 1, "from 1 to 16", []string{"-o", old, "-hidden", "17"}},
		{"17 hidden nodes in a file", 1, "1 to 16 hidden nodes", []string{"-o", old, "-weights", weights}},
		{"step 100001", 1, "from 1 to 100000", []string{"-o", old, "-steps", "100001"}},
		{"step 0", 1, "from 1 to 100000", []string{"-o", old, "-steps", "0"}},
		{"151 flowers", 1, "at most 150 rows", []string{"-o", old, "-data", twice, "-flowers", "0-150"}},
		{"row that is not there", 1, "no row 150", []string{"-o", old, "-flowers", "150"}},
		{"rate", 1, "finite number above 0", []string{"-o", old, "-rate", "Inf"}},
		{"data", 1, "line 1", []string{"-o", old, "-data", bad}},
		{"no data", 1, "no flowers", []string{"-o", old, "-data", "-"}},
		{"missing data", 1, "nowhere.csv", []string{"-o", old, "-data", filepath.Join(folder, "nowhere.csv")}},
		{"missing weights", 1, "nowhere.json", []string{"-o", old, "-weights", filepath.Join(folder, "nowhere.json")}},
		{"not a number", 1, "expected a finite number", []string{"-o", old, "-weights", overflowing, "-steps", "2"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := runCommandLine(strings.NewReader(""), append([]string{"page"}, test.args...)...)
			if r.Code != test.code || r.Out != "" || !strings.Contains(r.Err, test.want) {
				t.Errorf("got %+v, want code %d, no output and %q", r, test.code, test.want)
			}
			if !strings.HasPrefix(r.Err, "backprop: ") || strings.Index(r.Err, "\n") != len(r.Err)-1 {
				t.Errorf("got %q, want one line that begins with backprop", r.Err)
			}
			if got := filesIn(t, folder); !slices.Equal(got, before) {
				t.Errorf("got the files %v, want %v", got, before)
			}
			if got := readText(t, old); got != "old" {
				t.Errorf("got %.40q in the old file, want it untouched", got)
			}
		})
	}
}

// Numbers that JSON does not have are written so that the script can read them.
func TestNumbersAsJSON(t *testing.T) {
	got, err := numbers{{1.5, -0.25, 1.5e308}, {math.NaN(), math.Inf(1), math.Inf(-1)}, {}}.MarshalJSON()
	if want := `[[1.5,-0.25,1.5e+308],["NaN","Infinity","-Infinity"],[]]`; err != nil || string(got) != want {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
}

// Weights that are all 0 have lines, too.
func TestDrawingOfZeroWeights(t *testing.T) {
	s := mustStep(t, pageTargets[0].settings)
	for _, m := range [][][]float64{s.Before.Weights1, s.Before.Weights2} {
		for _, row := range m {
			clear(row)
		}
	}
	text := string(s.Drawing(0))
	if got := strings.Count(text, `stroke-width="1.0"`); got != 4*2+2*3 || strings.Contains(text, "NaN") {
		t.Errorf("got %d thin lines, want %d and no NaN in\n%s", got, 4*2+2*3, text)
	}
}
