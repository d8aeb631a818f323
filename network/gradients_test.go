package network_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"backprop/iris"
	"backprop/matrix"
	"backprop/matrix/numpy"
	"backprop/network"
)

// worst returns the largest relative error.
func worst(gradients []network.Derivative) float64 {
	e := 0.0
	for _, g := range gradients {
		e = max(e, g.RelativeError())
	}
	return e
}

func TestCheckGradients(t *testing.T) {
	all := readIris(t)
	train, _, err := all.Split(20, numpy.NewRandom(4))
	if err != nil {
		t.Fatal(err)
	}
	three, err := all.Pick(1, 51, 101)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name    string
		flowers iris.Flowers
		hidden  int
	}{
		{"part 13", three, 2}, {"130 flowers", train, 2}, {"16 hidden nodes", three, 16}, {"both", train, 16},
	} {
		t.Run(test.name, func(t *testing.T) {
			net := network.New(4, test.hidden, 3, numpy.NewRandom(10))
			before := net.Clone()
			p := newPass(t, net, test.flowers.Features(), test.flowers.Labels())
			gradients := net.CheckGradients(p, 0.001)
			if got, want := len(gradients), 7*test.hidden; got != want {
				t.Errorf("got %d derivatives, want %d", got, want)
			}
			if got := worst(gradients); !(got < 1e-7) {
				t.Errorf("worst relative error: got %.2g, want less than 1e-7", got)
			}
			wantClose(t, "weights_1 afterwards", net.Weights1, before.Weights1, 0)
			wantClose(t, "weights_2 afterwards", net.Weights2, before.Weights2, 0)
			again := newPass(t, net, test.flowers.Features(), test.flowers.Labels())
			net.Feedforward(again)
			wantClose(t, "outputs afterwards", p.OutputLayerOutputs, again.OutputLayerOutputs, 0)
			for _, g := range gradients {
				update := p.Weights1Update
				if g.Weights == "weights_2" {
					update = p.Weights2Update
				}
				if g.Backpropagated != update[g.Row][g.Col] {
					t.Errorf("%s[%d][%d]: got %v, want %v", g.Weights, g.Row, g.Col, g.Backpropagated, update[g.Row][g.Col])
				}
			}
		})
	}
}

// Left out of a copy of Backpropagate, the slope of either layer is missed.
func TestCheckGradientsFindsAMissingSlope(t *testing.T) {
	for _, layer := range []string{"output", "hidden"} {
		net, x, y := part13()
		p := newPass(t, net, x, y)
		gradients := net.CheckGradients(p, 0.001)

		var outputDelta, hiddenError, hiddenDelta, update1, update2 matrix.Matrix
		outputDelta.Scale(1, p.OutputLayerDelta)
		if layer == "output" {
			outputDelta.Scale(1, p.OutputLayerError) // the slip
		}
		hiddenError.Dot(outputDelta, p.Weights2T)
		hiddenDelta.Hadamard(hiddenError, p.HiddenLayerSlope)
		if layer == "hidden" {
			hiddenDelta.Scale(1, hiddenError) // the slip
		}
		update1.Dot(p.XT, hiddenDelta)
		update2.Dot(p.HiddenLayerOutputsT, outputDelta)
		for i, g := range gradients {
			update := update1
			if g.Weights == "weights_2" {
				update = update2
			}
			gradients[i].Backpropagated = update[g.Row][g.Col] / 9
		}
		if got := worst(gradients); !(got > 1e-2) {
			t.Errorf("slope of the %s layer missing: got worst relative error %.2g, want more than 1e-2", layer, got)
		}
	}
}

func TestRelativeError(t *testing.T) {
	for _, test := range []struct{ measured, backpropagated, want float64 }{
		{math.NaN(), 1, math.Inf(1)}, {1, math.NaN(), math.Inf(1)}, {0, 0, 0}, {2, 2, 0}, {2, 0, 1}, {0, -3, 1}, {1, -1, 2}, {4, 5, 0.2}, {-5, -4, 0.2},
	} {
		g := network.Derivative{Measured: test.measured, Backpropagated: test.backpropagated}
		if got := g.RelativeError(); got != test.want && !(math.Abs(got-test.want) <= 1e-16) {
			t.Errorf("%v and %v: got %v, want %v", test.measured, test.backpropagated, got, test.want)
		}
	}
}

// What the check cannot see, 1: labels in the wrong columns. The gradients are
// correct for a task that is not the one meant. The net learns it, and is wrong
// about nearly every flower.
func TestCheckGradientsIsBlindToPermutedLabels(t *testing.T) {
	flowers := readIris(t)
	x, y := flowers.Features(), flowers.Labels()
	permuted := matrix.New(150, 3)
	for i := range y {
		for k := range y[i] {
			permuted[i][(k+1)%3] = y[i][k]
		}
	}
	net := network.New(4, 4, 3, numpy.NewRandom(10))
	p := newPass(t, net, x, permuted)
	if got := worst(net.CheckGradients(p, 0.001)); !(got < 1e-7) {
		t.Errorf("worst relative error: got %.2g, want less than 1e-7: the check is blind here", got)
	}
	for range 3000 {
		net.Feedforward(p)
		net.Backpropagate(p)
		net.Descend(p, 1)
	}
	truth := newPass(t, net, x, y)
	net.Feedforward(truth)
	if learned, got := p.Accuracy(), truth.Accuracy(); learned < 0.9 || got > 0.1 {
		t.Errorf("got accuracy %.2f on the permuted labels and %.2f on the true ones, want above 0.9 and below 0.1", learned, got)
	}
}

// What the check cannot see, 2: the learning rate, which comes after the
// gradients. One with the wrong sign climbs.
func TestCheckGradientsIsBlindToTheLearningRate(t *testing.T) {
	net, x, y := part13()
	p := newPass(t, net, x, y)
	if got := worst(net.CheckGradients(p, 0.001)); !(got < 1e-7) {
		t.Errorf("worst relative error: got %.2g, want less than 1e-7: the check is blind here", got)
	}
	before := p.MSE()
	net.Descend(p, -0.1)
	net.Feedforward(p)
	if after := p.MSE(); after <= before {
		t.Errorf("got MSE %v after a step uphill, want more than %v", after, before)
	}
}

// What the check cannot see, 3: the wrong cost function, with its own correct
// derivative. Without the 1/N, cost and gradient agree as well as ever, but a
// step with the series' learning rate goes nine times as far.
func TestCheckGradientsIsBlindToTheCostFunction(t *testing.T) {
	net, x, y := part13()
	p := newPass(t, net, x, y)
	gradients := net.CheckGradients(p, 0.001)
	for i, g := range gradients {
		cost := func(change float64) float64 { // ½ Σ (out − y)²
			moved := net.Clone()
			weights := moved.Weights1
			if g.Weights == "weights_2" {
				weights = moved.Weights2
			}
			weights[g.Row][g.Col] += change
			moved.Feedforward(p)
			sum := 0.0
			for i, out := range p.OutputLayerOutputs {
				for k := range out {
					sum += (out[k] - y[i][k]) * (out[k] - y[i][k])
				}
			}
			return sum / 2
		}
		const move = 0.001
		gradients[i].Measured = (8*(cost(move)-cost(-move)) - (cost(2*move) - cost(-2*move))) / (12 * move)
		gradients[i].Backpropagated = 9 * g.Backpropagated // without the 1/N
	}
	if got := worst(gradients); !(got < 1e-7) {
		t.Errorf("worst relative error: got %.2g, want less than 1e-7: the check is blind here", got)
	}
	net.Feedforward(p)
	net.Backpropagate(p)
	net.Descend(p, 9*0.1)
	net.Feedforward(p)
	if got, want := p.MSE(), 0.137974921697; math.Abs(got-want) < 1e-3 {
		t.Errorf("got MSE %.12f after the step, want another than the series' %v", got, want)
	}
}

// The table in the comment of CheckGradients has the digits that come out.
func TestCheckGradientsTable(t *testing.T) {
	three, err := readIris(t).Pick(1, 51, 101)
	if err != nil {
		t.Fatal(err)
	}
	// near returns what the central difference with one move alone gives.
	near := func(net *network.Network, p *network.Pass, d network.Derivative, move float64) network.Derivative {
		mse := func(change float64) float64 {
			moved := net.Clone()
			weights := moved.Weights1
			if d.Weights == "weights_2" {
				weights = moved.Weights2
			}
			weights[d.Row][d.Col] += change
			moved.Feedforward(p)
			return p.MSE()
		}
		d.Measured = (mse(move) - mse(-move)) / (2 * move)
		return d
	}
	columns, rows := commentTable(t)
	if len(columns) != 4 || len(rows) != 4 {
		t.Fatalf("got a table with %d rows and %d columns, want 4 and 4", len(rows), len(columns))
	}
	for _, row := range rows {
		if len(row.cells) != len(columns) {
			t.Fatalf("%d hidden nodes, %s: got %d numbers, want %d", row.hidden, row.formula, len(row.cells), len(columns))
		}
		for i, move := range columns {
			net := network.New(4, row.hidden, 3, numpy.NewRandom(10))
			p := newPass(t, net, three.Features(), three.Labels())
			derivatives := net.CheckGradients(p, move)
			if row.formula == "near alone" {
				for i, d := range derivatives {
					derivatives[i] = near(net, p, d, move)
				}
			}
			digits, err := strconv.ParseFloat(fmt.Sprintf("%.1e", worst(derivatives)), 64)
			if err != nil || digits != row.cells[i] {
				t.Errorf("%d hidden nodes, %s, move %v: got %.1e, want %.1e as in the comment", row.hidden, row.formula, move, digits, row.cells[i])
			}
		}
	}
}

// A tableRow is a row of the table in the comment of CheckGradients.
type tableRow struct {
	hidden  int
	formula string // near alone, or near and far
	cells   []float64
}

// commentTable returns that table: its moves and its rows.
func commentTable(t *testing.T) (moves []float64, rows []tableRow) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "gradients.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	numbers := func(text string) (list []float64) {
		for _, field := range strings.Fields(text) {
			v, err := strconv.ParseFloat(field, 64)
			if err != nil {
				return nil
			}
			list = append(list, v)
		}
		return list
	}
	row := regexp.MustCompile(`^\s*(\d+) hidden nodes, (near alone|near and far)\s(.*)`)
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Name.Name != "CheckGradients" {
			continue
		}
		for _, line := range strings.Split(f.Doc.Text(), "\n") {
			if list := numbers(line); list != nil {
				moves = list
			}
			if found := row.FindStringSubmatch(line); found != nil {
				hidden, _ := strconv.Atoi(found[1])
				rows = append(rows, tableRow{hidden, found[2], numbers(found[3])})
			}
		}
	}
	return moves, rows
}
