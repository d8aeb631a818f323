package walkthrough

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"backprop/data/testkit"
	"backprop/iris"
	"backprop/matrix/numpy"
	"backprop/network"
	"backprop/network/walkthrough/command"
	"backprop/network/walkthrough/notebooktest"
)

// explainStep returns a step in which 5 flowers, 4 inputs, 2 hidden nodes and 3
// outputs can not be mistaken for each other, after some steps before it.
func explainStep(t *testing.T, hidden, steps int) *Step {
	t.Helper()
	return mustStep(t, Settings{Rows: []int{0, 60, 120, 149, 7}, Weights: Weights{Hidden: hidden, Seed: 5}, Rate: 0.3, Steps: steps})
}

// A drawNet makes the network that a notebook begins with.
type drawNet = func(inputs, hidden, outputs int) *network.Network

// testNotebook computes what main's notebook computes.
func testNotebook(all iris.Flowers, rows []int, hidden int, learningRate float64, draw drawNet) (*Results, error) {
	results, err := notebooktest.Notebook(all, rows, hidden, learningRate, draw)
	return (*Results)(results), err
}

// mustStep returns the step that the settings ask for, of the series' flowers.
func mustStep(t *testing.T, s Settings) *Step {
	t.Helper()
	all, err := Data("").Read(nil, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	step, err := Compute(testNotebook, all, s, func(float64) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	return step
}

// explained returns what the command explain prints for s.
func explained(t *testing.T, s *Step, args ...string) string {
	t.Helper()
	notebook := func(iris.Flowers, []int, int, float64, drawNet) (*Results, error) { return s.Results, nil }
	set := s.Settings
	args = append([]string{
		"explain", "-flowers", strings.Trim(strings.ReplaceAll(fmt.Sprint(set.Rows), " ", ","), "[]"),
		"-hidden", fmt.Sprint(set.Hidden), "-rate", fmt.Sprint(set.Rate), "-seed", fmt.Sprint(set.Seed), "-steps", fmt.Sprint(set.Steps),
	}, args...)
	var stdout, stderr bytes.Buffer
	if code := (command.Program{Commands: []command.Command{{Name: "explain", Run: Explain(notebook)}}}).Run(args, nil, &stdout, &stderr); code != 0 {
		return stderr.String()
	}
	return stdout.String()
}

// quantityOf returns the quantity of that name.
func quantityOf(t *testing.T, s *Step, name string) *Quantity {
	t.Helper()
	for _, q := range s.Quantities {
		if q.Name == name {
			return q
		}
	}
	t.Fatalf("there is no %s", name)
	return nil
}

var (
	numeral    = `(-?[\d.]+(?:e[+-]\d+)?|NaN|[+-]Inf)`
	added      = regexp.MustCompile(`^ +(?:k=(\d+)  )?(.*)   sum ` + numeral + `$`)
	arithmetic = regexp.MustCompile(`^ +` + numeral + ` ([×−+/]) ` + numeral + ` = ` + numeral + `$`)
	exponent   = regexp.MustCompile(`^ +e\^-z = e\^` + numeral + ` = ` + numeral + `$`)
	cellName   = regexp.MustCompile(`([\pL_][\pL\d_.]*)\[(\d+)\]\[(\d+)\]`)
)

func parse(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Every number of every matrix: what explain prints, computed again from the
// printed numbers, gives the number; and the printed numbers are those of the
// cells that it names.
func TestExplainEveryNumber(t *testing.T) {
	for _, s := range []*Step{explainStep(t, 2, 1), explainStep(t, 1, 1), explainStep(t, 6, 40)} {
		for _, q := range s.Quantities {
			for row := range q.Matrix {
				for col, want := range q.Matrix[row] {
					name := At(q.Name, row, col)
					text := explained(t, s, name)
					if first, _, _ := strings.Cut(text, "\n"); first != name+" = "+Exact(want) {
						t.Fatalf("%s: got the first line %q, want %v", name, first, Exact(want))
					}
					if got := recompute(t, s, q, text, want); got != want {
						t.Fatalf("%s: the printed numbers give %v, want %v:\n%s", name, got, want, text)
					}
				}
			}
		}
	}
}

// recompute does the arithmetic of text again and returns its result.
func recompute(t *testing.T, s *Step, q *Quantity, text string, want float64) float64 {
	t.Helper()
	value := func(name []string) float64 {
		named := quantityOf(t, s, name[1])
		row, _ := strconv.Atoi(name[2])
		col, _ := strconv.Atoi(name[3])
		return named.Matrix[row][col]
	}
	sum, result, terms := 0.0, math.NaN(), 0
	var named []float64 // the values of the cells that the text has named last
	pattern := ""       // of a sum of products: which numbers
	_, body, _ := strings.Cut(strings.ReplaceAll(text, "\n      sum ", "   sum "), "\n")
	for _, line := range strings.Split(body, "\n") {
		if strings.Contains(line, "[k]") {
			pattern = line
		}
		if m := added.FindStringSubmatch(line); m != nil {
			factors := strings.Split(m[2], " × ")
			if !q.IsSum() {
				cell, v, _ := strings.Cut(m[2], " = ")
				factors = []string{v}
				if want := At(q.A.Name, terms/q.A.Matrix.Cols(), terms%q.A.Matrix.Cols()); cell != want {
					t.Fatalf("%q: got the number %s, want %s", line, cell, want)
				}
				named = []float64{value(cellName.FindStringSubmatch(cell))}
			} else {
				if m[1] != strconv.Itoa(terms) {
					t.Fatalf("%q: got k=%s, want %d", line, m[1], terms)
				}
				named = nil
				for _, name := range cellName.FindAllStringSubmatch(strings.ReplaceAll(pattern, "[k]", "["+m[1]+"]"), -1) {
					named = append(named, value(name))
				}
			}
			term := 1.0
			for i, factor := range factors {
				if parse(t, factor) != named[i] {
					t.Fatalf("%q: got the factor %s, want %v:\n%s", line, factor, named[i], text)
				}
				term *= parse(t, factor)
			}
			sum += float64(term)
			result = parse(t, m[3])
			if result != sum {
				t.Fatalf("%q: the numbers so far give %v:\n%s", line, sum, text)
			}
			terms++
			continue
		}
		if names := cellName.FindAllStringSubmatch(line, -1); names != nil {
			named = nil
			for _, name := range names {
				named = append(named, value(name))
			}
			if q.Operation == transposed {
				return named[0]
			}
		}
		if m := exponent.FindStringSubmatch(line); m != nil {
			if z := parse(t, m[1]); -z != named[0] || parse(t, m[2]) != numpy.Exp(z) || math.Abs(parse(t, m[2])-math.Exp(z)) > 1e-15*math.Exp(z) {
				t.Fatalf("%q does not hold, z is %v", line, named[0])
			}
		}
		m := arithmetic.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		left, right, printed := parse(t, m[1]), parse(t, m[3]), parse(t, m[4])
		switch m[2] {
		case "×":
			result = left * right
		case "−":
			result = left - right
		case "+":
			result = left + right
		case "/":
			result = left / right
		}
		if result != printed {
			t.Fatalf("%q gives %v:\n%s", line, result, text)
		}
		if q.IsSum() && left != sum {
			t.Fatalf("%q: got %v to begin with, want the sum, %v:\n%s", line, left, sum, text)
		}
		if !q.IsSum() && len(named) == 2 && (q.Operation == difference || q.Operation == product) && (left != named[0] || right != named[1]) {
			t.Fatalf("%q: the cells named before are %v:\n%s", line, named, text)
		}
	}
	if n := len((Number{q, 0, 0}).Sources()); q.Operation.Each != nil && terms != n {
		t.Fatalf("got a sum of %d, want one of %d:\n%s", terms, n, text)
	}
	if q.IsGiven() {
		return want // what is given is not computed: TestExplainGiven
	}
	return result
}

func TestExplainGiven(t *testing.T) {
	for _, test := range []struct {
		steps     int
		ask, want string
	}{
		{1, "x[2][1]", "flower 120's sepal width in cm, from the data (virginica)"},
		{1, "y[1][0]", "flower 60 is a versicolor: 1 in that column, 0 in the others"},
		{1, "weights_1[3][1]", "0.5 × random normal number 8 after np.random.seed(5)"},
		{1, "weights_2[0][0]", "0.5 × random normal number 9 after np.random.seed(5)"},
		{1, "weights_2[1][2]", "0.5 × random normal number 14 after np.random.seed(5)"},
		{4, "weights_2[1][2]", "as the 3 steps before this one left it"},
	} {
		if got := explained(t, explainStep(t, 2, test.steps), test.ask); !strings.HasSuffix(got, "\n  "+test.want+"\n") {
			t.Errorf("%s after %d steps: got %q, want it to end with %q", test.ask, test.steps, got, test.want)
		}
	}
	// And so it is: random number 14 of seed 5.
	r := numpy.NewRandom(5)
	for range 13 {
		r.Normal()
	}
	if got, want := explainStep(t, 2, 1).Before.Weights2[1][2], 0.5*r.Normal(); got != want {
		t.Errorf("weights_2[1][2]: got %v, want %v", got, want)
	}
}

func TestExplainForms(t *testing.T) {
	s := explainStep(t, 2, 1)
	want := explained(t, s, "weights_2_update[1][2]")
	if !strings.Contains(want, "hidden_layer_outputs.T[1][k] × output_layer_delta[k][2], for each flower k\n") {
		t.Errorf("got %q, want the factors' cells in it", want)
	}
	for _, args := range [][]string{
		{"weights_2_update[1,2]"}, {"weights_2_update[1, 2]"}, {"weights_2_update", "1", "2"},
		{"weights_2_update", "[1][2]"}, {"Weights_2_Update[1][2]"}, {"'weights_2_update[1][2]'"}, {"-hidden", "2", "weights_2_update[1][2]"}, {"weights_2_update[1][2]", "-hidden", "2"},
	} {
		if got := explained(t, s, args...); got != want {
			t.Errorf("explain %q: got %q, want what weights_2_update[1][2] gives", args, got)
		}
	}
}

func TestExplainErrors(t *testing.T) {
	s := explainStep(t, 2, 1)
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"weight_2_update"}, `no matrix "weight_2_update", the nearest name is weights_2_update (backprop explain lists them all)`},
		{[]string{"Weights2Update[0][0]"}, `no matrix "Weights2Update", the nearest name is weights_2_update (backprop explain lists them all)`},
		{[]string{"hiden_layer_output[0][0]"}, `no matrix "hiden_layer_output", the nearest name is hidden_layer_outputs (backprop explain lists them all)`},
		{[]string{"weights_3"}, `no matrix "weights_3", the nearest name is weights_1 (backprop explain lists them all)`},
		{[]string{"weights_2_updote"}, `no matrix "weights_2_updote", the nearest name is weights_2_update (backprop explain lists them all)`},
		{[]string{"slope"}, `no matrix "slope", the nearest name is output_layer_slope (backprop explain lists them all)`},
		{[]string{""}, `no matrix "", the nearest name is x (backprop explain lists them all)`},
		{[]string{"x[5][0]"}, "x has no row 5, expected one from 0 to 4"},
		{[]string{"x[-1][0]"}, "x has no row -1, expected one from 0 to 4"},
		{[]string{"x[0][4]"}, "x has no column 4, expected one from 0 to 3"},
		{[]string{"x", "0", "-1"}, "x has no column -1, expected one from 0 to 3"},
		{[]string{"--", "x", "-1", "0"}, "x has no row -1, expected one from 0 to 4"},
		{[]string{"x[99999999999999999999][0]"}, "x has no row 99999999999999999999, expected one from 0 to 4"},
		{[]string{"x[0]"}, `found "x[0]", expected x, or x 0 0 for one number (rows 0 to 4, columns 0 to 3)`},
		{[]string{"x[0"}, `found "x[0", expected x, or x 0 0 for one number (rows 0 to 4, columns 0 to 3)`},
		{[]string{"x[a][b]"}, `found "x[a][b]", expected x, or x 0 0 for one number (rows 0 to 4, columns 0 to 3)`},
		{[]string{"x[0][0][0]"}, `found "x[0][0][0]", expected x, or x 0 0 for one number (rows 0 to 4, columns 0 to 3)`},
		{[]string{"x", "y"}, `found "x y", expected x, or x 0 0 for one number (rows 0 to 4, columns 0 to 3)`},
		{[]string{"-chain"}, "found -chain alone, expected a number to follow, such as new_weights_2[0][1]"},
		{[]string{"-routes"}, "missing the weight that -routes follows, such as weights_1[2][1]"},
		{[]string{"-routes", "weights_1"}, "-routes with all of weights_1: ask for one number, such as weights_1[0][0]"},
		{[]string{"-routes", "x", "0", "0"}, "-routes: no routes lead from x to the MSE, ask for a number of weights_1, weights_2 or their updates"},
		{[]string{"-routes", "-chain", "weights_1[0][0]"}, "-chain and -routes: use one at a time"},
		{[]string{"-all", "weights_1[0][0]"}, "-all: use it with -routes"},
		{[]string{"-chain", "x"}, "found -chain with all of x, expected one number, such as x[0][0]"},
	} {
		if got := explained(t, s, test.args...); got != "backprop: "+test.want+"\n" {
			t.Errorf("explain %q: got %q, want %q", test.args, got, test.want)
		}
	}
}

// A chain goes from the number to the flower's centimetres, each number once,
// with the numbers that the matrices have; and nothing ends but what is given.
func TestExplainChain(t *testing.T) {
	s := explainStep(t, 2, 1)
	for _, name := range []string{"new_weights_2[1][0]", "new_weights_1[2][1]", "weights_1_update[0][0]"} {
		lines := strings.Split(strings.TrimSpace(explained(t, s, "-chain", name)), "\n")[2:]
		seen := map[string]bool{}
		depth := 0
		for _, line := range lines {
			m := regexp.MustCompile(`^( *)([^ ]+)\[(\d+)\]\[(\d+)\] = (-?[\d.]+)(  .*)?$`).FindStringSubmatch(line)
			if m == nil {
				continue // where a given number is from
			}
			q := quantityOf(t, s, m[2])
			cell := m[2] + m[3] + "," + m[4]
			if again := m[6] == "  (see above)"; again != seen[cell] && !q.IsGiven() {
				t.Errorf("%s: %q: got it before: %v", name, line, seen[cell])
			}
			seen[cell] = true
			if d := len(m[1]) / 2; d > depth+1 {
				t.Errorf("%s: got %q %d deep behind one %d deep", name, line, d, depth)
			} else {
				depth = d
			}
			row, _ := strconv.Atoi(m[3])
			col, _ := strconv.Atoi(m[4])
			if want := fmt.Sprintf("%.8f", q.Matrix[row][col]); m[5] != want {
				t.Errorf("%s: got %s, want %s", name, line, want)
			}
		}
		for i, line := range lines {
			depthOf := func(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }
			isEnd := i == len(lines)-1 || depthOf(lines[i+1]) <= depthOf(line)
			if isGiven := !strings.Contains(line, "] = "); isEnd && !isGiven && !strings.HasSuffix(line, "(see above)") {
				t.Errorf("%s: %q is followed by nothing that it came from", name, line)
			}
		}
		// Of the sum on each line, the factors that follow are the largest product.
		for i, line := range lines {
			m := cellName.FindStringSubmatch(line)
			if m == nil || !strings.Contains(line, "a sum of products") {
				continue
			}
			q := quantityOf(t, s, m[1])
			row, _ := strconv.Atoi(m[2])
			col, _ := strconv.Atoi(m[3])
			next := cellName.FindStringSubmatch(lines[i+1])
			followed, _ := strconv.Atoi(next[3])
			for k := range q.B.Matrix {
				if got, other := q.A.Matrix[row][followed]*q.B.Matrix[followed][col], q.A.Matrix[row][k]*q.B.Matrix[k][col]; math.Abs(other) > math.Abs(got) {
					t.Errorf("%s: after %q: got product %d, %v, want %d, %v", name, line, followed, got, k, other)
				}
			}
		}
		text := strings.Join(lines, "\n")
		for _, want := range []string{"in cm, from the data", "output_layer_delta[", "y[", "np.random.seed(5)"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: got no %q in\n%s", name, want, text)
			}
		}
	}
}

func TestExplainMatrix(t *testing.T) {
	s := explainStep(t, 2, 1)
	for _, q := range s.Quantities {
		got := explained(t, s, q.Name)
		if q.Rows == Whole { // it is one number
			if want := explained(t, s, At(q.Name, 0, 0)); got != want {
				t.Errorf("%s: got %q, want %q", q.Name, got, want)
			}
			continue
		}
		for _, want := range []string{q.Meaning, q.Equation(), q.Matrix.String(), fmt.Sprintf("%s %d×%d", q.Name, q.Matrix.Rows(), q.Matrix.Cols())} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: got %q, want %q in it", q.Name, got, want)
			}
		}
	}
	if got, want := explained(t, s, "weights_2_update"), "5 products, one for each\nflower, added up, and divided by N = 15."; !strings.Contains(got, want) {
		t.Errorf("got %q, want %q in it", got, want)
	}
}

// The MSE's sum, and the MSE, are those that the notebook has.
func TestExplainMSE(t *testing.T) {
	s := explainStep(t, 2, 7)
	got := explained(t, s, "mse")
	for _, want := range []string{"mse[0][0] = " + Exact(s.Pass.MSE()), "all flowers and species", " / 30 = " + Exact(s.Pass.MSE()) + "\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("got %q, want %q in it", got, want)
		}
	}
	largest := Number{quantityOf(t, s, "squared_errors"), 0, 0}
	for i, row := range largest.Matrix {
		for j, v := range row {
			if v > largest.Value() {
				largest.Row, largest.Col = i, j
			}
		}
	}
	if chain := explained(t, s, "-chain", "mse"); !strings.Contains(chain, "\n    "+largest.String()+" = ") {
		t.Errorf("got %q, want it to go on from the largest, %v", chain, largest)
	}
}

// A line of a sum that is too long has the sum below it.
func TestExplainLongNumbers(t *testing.T) {
	s := mustStep(t, Settings{Rows: []int{0, 60, 120, 149, 7}, Weights: Weights{Hidden: 2, Seed: 5}, Rate: 3, Steps: 3000})
	broken := 0
	for _, q := range s.Quantities {
		for row := range q.Matrix {
			for col, want := range q.Matrix[row] {
				text := explained(t, s, At(q.Name, row, col))
				testkit.Screen(t, text)
				broken += strings.Count(text, "\n      sum ")
				if got := recompute(t, s, q, text, want); got != want {
					t.Errorf("the printed numbers give %v, want %v:\n%s", got, want, text)
				}
			}
		}
	}
	if broken == 0 {
		t.Error("got no long line, want one")
	}
}

func TestExplainFitsTheTerminal(t *testing.T) {
	s := explainStep(t, 6, 40)
	asks := []string{""}
	for _, q := range s.Quantities {
		asks = append(asks, q.Name, At(q.Name, 0, 0))
	}
	for _, ask := range asks {
		testkit.Screen(t, explained(t, s, strings.Fields(ask)...))
	}
}
