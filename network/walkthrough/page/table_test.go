package page

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"backprop/network/walkthrough"
)

// shownAs is how the page writes a number: those of the data as they are there, computed ones
// with 4 decimals. (TestDecimals has what comes of very small and very large ones.)
func shownAs(name string, v float64) string {
	switch {
	case slices.Contains([]string{"x", "y", "x.T"}, name):
		return fmt.Sprint(v)
	case math.Abs(v) >= 1e4 || math.Abs(v) < 0.00005:
		return decimals(v, 4)
	}
	return strings.Replace(fmt.Sprintf("%.4f", v), "-", "−", 1)
}

// headers returns what the rows or columns of an axis are called.
func headers(s *walkthrough.Step, axis walkthrough.Axis) []string {
	switch axis {
	case walkthrough.Features:
		return []string{"sepal length", "sepal width", "petal length", "petal width"}
	case walkthrough.Whole:
		return []string{"all"}
	case walkthrough.Species:
		return []string{"setosa", "versicolor", "virginica"}
	}
	var list []string
	for i := range s.Size(axis) {
		if axis == walkthrough.Flowers {
			list = append(list, fmt.Sprintf("%d %v", s.Settings.Rows[i], s.Flowers[i].Species))
		} else {
			list = append(list, fmt.Sprintf("hidden node %d", i))
		}
	}
	return list
}

// checkTable compares a table with the matrix that it shows.
func checkTable(t *testing.T, s *walkthrough.Step, table *htmlNode, q *walkthrough.Quantity, home bool) {
	t.Helper()
	where := fmt.Sprintf("table of %s, home %v", q.Name, home)
	if caption, want := table.all("caption")[0].text(), q.Name+" "+q.Shape(); !strings.HasPrefix(caption, want) {
		t.Errorf("%s: got the caption %q, want %q", where, caption, want)
	}
	if got, want := texts(table.all("th", has("scope", "col"))), headers(s, q.Cols); !slices.Equal(got, want) {
		t.Errorf("%s: got the column headers %q, want %q", where, got, want)
	}
	if got, want := texts(table.all("th", has("scope", "row"))), headers(s, q.Rows); !slices.Equal(got, want) {
		t.Errorf("%s: got the row headers %q, want %q", where, got, want)
	}
	for i, row := range table.all("tbody")[0].all("tr") {
		cells := row.all("td")
		if len(cells) != q.Matrix.Cols() {
			t.Fatalf("%s, row %d: got %d numbers, want %d", where, i, len(cells), q.Matrix.Cols())
		}
		for j, cell := range cells {
			if want := shownAs(q.Name, q.Matrix[i][j]); cell.text() != want {
				t.Errorf("%s[%d][%d]: got %s, want %s", where, i, j, cell.text(), want)
			}
			want := ""
			if home {
				want = fmt.Sprintf("%s-%d-%d", q.Name, i, j)
			}
			if id := cell.attr["id"]; id != want {
				t.Errorf("%s[%d][%d]: got the id %q, want %q", where, i, j, id, want)
			}
		}
	}
}

// Every number of the page is the notebook's, where it is computed and where it is an operand.
func TestTables(t *testing.T) {
	for _, e := range examples {
		t.Run(e.name, func(t *testing.T) {
			doc, s := e.page(t), e.step(t)
			for _, q := range s.Quantities {
				want := append(q.Operands(), q)
				if q.IsSum() { // the right factor is above, so it comes first
					want[0], want[1] = want[1], want[0]
				}
				tables := doc.byID(q.Name).all("table")
				if len(tables) != len(want) {
					t.Fatalf("%s: got %d tables, want %d", q.Name, len(tables), len(want))
				}
				for i, table := range tables {
					if of := table.attr["data-of"]; of != want[i].Name {
						t.Fatalf("%s: got a table of %q, want one of %s", q.Name, of, want[i].Name)
					}
					checkTable(t, s, table, want[i], i == len(tables)-1)
				}
			}
			again := doc.all("table", has("data-of", "output_layer_outputs_after"))
			if len(again) != 1 {
				t.Fatalf("got %d tables of the outputs after the step, want 1", len(again))
			}
			checkTable(t, s, again[0], &walkthrough.Quantity{Name: "output_layer_outputs_after", Rows: walkthrough.Flowers, Cols: walkthrough.Species, Matrix: s.Again.OutputLayerOutputs}, false)
			for i, row := range doc.all("table", has("data-of", "flowers"))[0].all("tbody")[0].all("tr") {
				f := s.Flowers[i]
				want := fmt.Sprint([]any{f.SepalLength, f.SepalWidth, f.PetalLength, f.PetalWidth, f.Species})
				if got := fmt.Sprint(texts(row.all("td"))); got != want {
					t.Errorf("flower %d: got %s, want %s", i, got, want)
				}
			}
		})
	}
}

// A product is laid out with a box for each factor and, where it is divided by N, with that
// in the corner. What else is computed is written as a sum, with signs between the tables.
func TestTerms(t *testing.T) {
	e := examples[1] // a rate of 0.5, and 5 flowers, so that N is 15
	doc, s := e.page(t), e.step(t)
	filled := strings.NewReplacer("{a}", "_", "{b}", "_", "{learning_rate}", "0.5", "{N}", "15", " ", "")
	for _, q := range s.Quantities {
		section := doc.byID(q.Name)
		if got := hasClass("product")(section); got != q.IsSum() {
			t.Errorf("%s: got it laid out as a product: %v, want %v", q.Name, got, q.IsSum())
		}
		if !q.IsSum() {
			var b strings.Builder
			for _, e := range section.all("", func(n *htmlNode) bool { return hasClass("sign")(n) || n.name == "table" }) {
				if e.name == "table" {
					b.WriteString("_")
				} else {
					b.WriteString(e.text())
				}
			}
			want := "_"
			if !q.IsGiven() {
				want = filled.Replace(q.Operation.Terms) + "=_"
			}
			if got := filled.Replace(b.String()); got != want {
				t.Errorf("%s: got %s, want %s", q.Name, got, want)
			}
			continue
		}
		for class, want := range map[string]string{"left": q.A.Name, "right": q.B.Name, "result": q.Name} {
			if boxes := section.all("div", hasClass(class)); len(boxes) != 1 || len(boxes[0].all("table", has("data-of", want))) != 1 {
				t.Errorf("%s: got no table of %s as the %s, want one", q.Name, want, class)
			}
		}
		if got, want := section.all("div", hasClass("corner"))[0].text(), q.Operation.Corner; filled.Replace(got) != filled.Replace(want) {
			t.Errorf("%s: got %q in the corner, want %q", q.Name, got, want)
		}
	}
}

// Each equation names its operands, each with its shape below.
func TestEquations(t *testing.T) {
	for _, e := range examples {
		doc := e.page(t)
		for _, q := range e.step(t).Quantities {
			maths := doc.byID(q.Name).all("math")
			if q.IsGiven() {
				if len(maths) != 0 {
					t.Errorf("%s: got an equation of what is given, want none", q.Name)
				}
				continue
			}
			if len(maths) != 1 || maths[0].attr["alttext"] != q.Name+" = "+q.Equation() {
				t.Fatalf("%s: got the equations %v, want one", q.Name, maths)
			}
			want := []string{q.Name + q.Shape()}
			for _, operand := range q.Operands() {
				name := operand.Name
				if base, isTransposed := strings.CutSuffix(name, ".T"); isTransposed {
					name = base + "T" // raised
				}
				switch q.Operation.Name {
				case "transposed":
					name += "T"
				case "slope":
					want = append(want, name+operand.Shape()) // it is there twice
				}
				want = append(want, name+operand.Shape())
			}
			if got := texts(maths[0].all("munder")); !slices.Equal(got, want) {
				t.Errorf("%s: got %q, want %q", q.Name, got, want)
			}
			if below := texts(maths[0].all("mtext")); len(below) != len(want) {
				t.Errorf("%s: got the shapes %q, want one below each name", q.Name, below)
			}
		}
	}
}
