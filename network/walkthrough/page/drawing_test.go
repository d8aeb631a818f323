package page

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"backprop/network/walkthrough"
)

func mustFloat(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// nodePlaces returns the circle of each node of a drawing, by what the node is.
func nodePlaces(svg *htmlNode) map[string]*htmlNode {
	circles := map[string]*htmlNode{}
	for _, node := range svg.all("g", hasClass("node")) {
		circles[node.attr["data-at"]] = node.all("circle")[0]
	}
	return circles
}

func TestDrawing(t *testing.T) {
	for _, e := range examples {
		t.Run(e.name, func(t *testing.T) {
			doc, s := e.page(t), e.step(t)
			flower := mustParse(t, e.query).Flower
			row := slices.Index(s.Settings.Rows, flower)
			svg := doc.all("svg", hasClass("net"))[0]
			if got, want := doc.byID("flower-name").text(), fmt.Sprintf("flower %d (%v)", flower, s.Flowers[row].Species); got != want {
				t.Errorf("got the values of %q, want %q", got, want)
			}
			checkInside(t, svg)
			checkNodes(t, s, row, svg)
			checkLines(t, svg, quantityOf(t, s, "weights_1"))
			checkLines(t, svg, quantityOf(t, s, "weights_2"))
		})
	}
	if !regexp.MustCompile(`\.net line\.negative \{[^}]*stroke-dasharray`).MatchString(styleSheet(examples[0].step(t))) {
		t.Error("got no dashes for negative weights in the style sheet")
	}
}

// checkInside checks that nothing of the drawing is outside of its box.
func checkInside(t *testing.T, svg *htmlNode) {
	t.Helper()
	box := strings.Fields(svg.attr["viewBox"])
	if len(box) != 4 || box[0] != "0" || box[1] != "0" {
		t.Fatalf("got the viewBox %q, want one from 0 0", svg.attr["viewBox"])
	}
	width, height := mustFloat(t, box[2]), mustFloat(t, box[3])
	for _, e := range svg.all("") {
		edge := 0.0
		if e.name == "circle" {
			edge = mustFloat(t, e.attr["r"])
		}
		for name, most := range map[string]float64{"x": width, "x1": width, "x2": width, "cx": width, "y": height, "y1": height, "y2": height, "cy": height} {
			text, has := e.attr[name]
			if !has {
				continue
			}
			if v := mustFloat(t, text); v-edge < 0 || v+edge > most {
				t.Errorf("got <%s %s=%q> with the radius %v, want it from 0 to %v", e.name, name, text, edge, most)
			}
		}
	}
}

// checkNodes checks that each node shows its output and, if it has one, its delta.
func checkNodes(t *testing.T, s *walkthrough.Step, row int, svg *htmlNode) {
	t.Helper()
	circles := nodePlaces(svg)
	for axis, names := range map[walkthrough.Axis][]string{
		walkthrough.Features: {"x"}, walkthrough.HiddenNodes: {"hidden_layer_outputs", "hidden_layer_delta"}, walkthrough.Species: {"output_layer_outputs", "output_layer_delta"},
	} {
		for i := range s.Size(axis) {
			at := fmt.Sprintf("%d-%d", axis, i)
			if circles[at] == nil {
				t.Fatalf("got no node %s", at)
			}
			var want []string
			for k, name := range names {
				format := "%s of %s, column %d: %s"
				want = append(want, fmt.Sprintf(format, []string{"out", "delta"}[k], name, i, short(quantityOf(t, s, name).Matrix[row][i], name == "x")))
			}
			var got []string
			for _, text := range circles[at].parent.all("text", func(n *htmlNode) bool { return n.attr["data-of"] != "" }) {
				got = append(got, fmt.Sprintf("%s of %s, column %s: %s", strings.TrimSuffix(text.attr["class"], " long"), text.attr["data-of"], text.attr["data-col"], text.text()))
			}
			if !slices.Equal(got, want) {
				t.Errorf("node %s: got %q, want %q", at, got, want)
			}
		}
	}
	if want := 4 + s.Settings.Hidden + 3; len(circles) != want {
		t.Errorf("got %d nodes, want %d", len(circles), want)
	}
}

// checkLines checks that there is a line from node to node for each weight, the wider, the
// larger the weight.
func checkLines(t *testing.T, svg *htmlNode, q *walkthrough.Quantity) {
	t.Helper()
	circles := nodePlaces(svg)
	edge := func(at string, side float64) string {
		c := circles[at]
		return fmt.Sprintf("%v,%v", mustFloat(t, c.attr["cx"])+float64(side*mustFloat(t, c.attr["r"])), mustFloat(t, c.attr["cy"]))
	}
	type size struct{ weight, width float64 }
	var sizes []size
	lines := svg.all("g", has("data-of", q.Name))[0].all("line")
	if want := q.Matrix.Rows() * q.Matrix.Cols(); len(lines) != want {
		t.Fatalf("%s: got %d lines, want %d", q.Name, len(lines), want)
	}
	for k, line := range lines {
		i, j := k/q.Matrix.Cols(), k%q.Matrix.Cols()
		w := q.Matrix[i][j]
		from, to := fmt.Sprintf("%d-%d", q.Rows, i), fmt.Sprintf("%d-%d", q.Cols, j)
		sign := "positive"
		if w < 0 {
			sign = "negative"
		}
		want := fmt.Sprintf("%s %s: %s from %s to %s: %s[%d][%d] = %s", from, to, sign, edge(from, 1), edge(to, -1), q.Name, i, j, decimals(w, 8))
		got := fmt.Sprintf("%s: %s from %v,%v to %v,%v: %s", line.attr["data-at"], line.attr["class"],
			mustFloat(t, line.attr["x1"]), mustFloat(t, line.attr["y1"]), mustFloat(t, line.attr["x2"]), mustFloat(t, line.attr["y2"]), line.text())
		if got != want {
			t.Errorf("got the line %s, want %s", got, want)
		}
		sizes = append(sizes, size{math.Abs(w), mustFloat(t, line.attr["stroke-width"])})
	}
	slices.SortFunc(sizes, func(a, b size) int { return cmp.Compare(a.weight, b.weight) })
	if !slices.IsSortedFunc(sizes, func(a, b size) int { return cmp.Compare(a.width, b.width) }) {
		t.Errorf("%s: got %v, want wider lines for larger weights", q.Name, sizes)
	}
	if first, last := sizes[0], sizes[len(sizes)-1]; first.width < 1 || last.width != 8 || first.weight < last.weight/2 && first.width > 5 {
		t.Errorf("%s: got widths from %v to %v for weights from %v to %v, want up to 8 in proportion", q.Name, first.width, last.width, first.weight, last.weight)
	}
}

// Weights that are all 0 have lines, too.
func TestDrawingOfZeroWeights(t *testing.T) {
	s := stepOf(t, "")
	for _, m := range [][][]float64{s.Before.Weights1, s.Before.Weights2} {
		for _, row := range m {
			clear(row)
		}
	}
	text := string(drawNet(s, 0))
	if got := strings.Count(text, `stroke-width="1.0"`); got != 4*2+2*3 || strings.Contains(text, "NaN") {
		t.Errorf("got %d thin lines, want %d and no NaN in\n%s", got, 4*2+2*3, text)
	}
}

// An arrow points the way that its words say, between the layers that its stage is between.
func TestArrows(t *testing.T) {
	for _, a := range arrows {
		if isBackward := !strings.HasPrefix(a.text, "forward"); isBackward != a.isBackward() {
			t.Errorf("%s: got the arrow %q from %v to %v, want it to point the other way", a.stage, a.text, a.from, a.to)
		}
		left, right := min(a.from, a.to), max(a.from, a.to)
		layer := func(i int) float64 { return layers[i].x }
		switch {
		case strings.HasSuffix(string(a.stage), "1") && (left < layer(0) || right > layer(1)),
			strings.HasSuffix(string(a.stage), "2") && (left < layer(1) || right > layer(2)),
			a.stage == walkthrough.OutputError && left < layer(2):
			t.Errorf("%s: got the arrow from %v to %v, want it between its layers", a.stage, a.from, a.to)
		}
	}
}
