package training

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"backprop/data"
	"backprop/data/testkit"
	"backprop/iris"
	"backprop/matrix"
	"backprop/matrix/numpy"
	"backprop/network"
	"backprop/network/walkthrough/plot"
)

// nanWeights are finite weights with which the very first outputs are NaN: the
// hidden layer's inputs are ∞ − ∞.
func nanWeights() *network.Network {
	return &network.Network{
		Weights1: matrix.Matrix{{1e308, -1e308}, {1e308, -1e308}, {-1e308, 1e308}, {1e308, -1e308}},
		Weights2: matrix.Matrix{{1, -1, 1}, {1, 1, -1}},
	}
}

// saturatedWeights are finite weights with which every node of the hidden layer
// is 0 or 1, whatever the flower.
func saturatedWeights() *network.Network {
	return &network.Network{
		Weights1: matrix.Matrix{{1e300, -1e300}, {1e300, -1e300}, {1e300, -1e300}, {1e300, -1e300}},
		Weights2: matrix.Matrix{{0.3, -0.2, 0.1}, {0.5, 0.1, -0.4}},
	}
}

// constantWeights are weights that are all the same.
func constantWeights(w float64) *network.Network {
	net := network.New(4, 2, 3, numpy.NewRandom(1))
	constant := func(float64) float64 { return w }
	net.Weights1.Apply(constant, net.Weights1)
	net.Weights2.Apply(constant, net.Weights2)
	return net
}

// equalFlowers are 60 flowers that only their species tells apart.
var equalFlowers = strings.Repeat("5,3,4,1,setosa\n5,3,4,1,versicolor\n5,3,4,1,virginica\n", 20)

// scaledData is the data set with lengths in another unit.
func scaledData(factor float64) string {
	flowers, err := iris.Read(strings.NewReader(data.Iris))
	if err != nil {
		panic(err)
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	for _, f := range flowers {
		var record []string
		for _, v := range []float64{f.SepalLength, f.SepalWidth, f.PetalLength, f.PetalWidth} {
			record = append(record, fmt.Sprint(v*factor))
		}
		w.Write(append(record, f.Species.String()))
	}
	w.Flush()
	return b.String()
}

// The table has for each rate what a training of its own gives, all from the same weights.
func TestCompareRates(t *testing.T) {
	rates := []float64{0.001, 0.1, 1, 10, 100}
	folder := t.TempDir()
	picture, history := filepath.Join(folder, "p.svg"), filepath.Join(folder, "h.csv")
	out := mustRun(t, "", "train", "-rate", "0.001, 0.1,1,10,100", "-epochs", "300", "-plot", picture, "-history", history)
	testkit.Screen(t, out)
	if want := "\nlearning rate  0.001, 0.1, 1, 10, 100\n"; !strings.Contains(out, want) {
		t.Errorf("got\n%s\nwant in it %s", out, want)
	}
	_, table, found := strings.Cut(out, "≥ 0.95  verdict\n")
	table, foot, _ := strings.Cut(table, "\n\n")
	rows := strings.Split(table, "\n")
	if !found || len(rows) != len(rates) {
		t.Fatalf("got\n%s\nwant a table with %d rows", out, len(rates))
	}
	if want := "first ≥ 0.95: the first epoch with that training accuracy\n"; foot != want {
		t.Errorf("got below the table %q, want %q", foot, want)
	}
	histories := readHistory(t, history)
	var curves []plot.Curve
	firsts, verdicts := []string{}, []string{}
	for i, rate := range rates {
		s := seriesSetup(300)
		s.rate = rate
		trained := s.train(t)
		h := trained.history
		if !sameHistory(histories[rate], h) {
			t.Errorf("-history: rate %g: got another history, want network.Train's", rate)
		}
		if histories[rate][0] != histories[rates[0]][0] {
			t.Errorf("rate %g: got another first epoch, want that of the same weights", rate)
		}
		first := "–"
		if epoch := slices.IndexFunc(h, func(r network.Record) bool { return r.Accuracy >= 0.95 }); epoch >= 0 {
			first = fmt.Sprint(epoch + 1)
		}
		firsts = append(firsts, first)
		last := h[len(h)-1]
		want := []string{
			fmt.Sprint(rate), fmt.Sprintf("%.6f", last.MSE), fmt.Sprintf("%.3f", last.Accuracy),
			fmt.Sprintf("%.6f", last.TestMSE), fmt.Sprintf("%.3f", last.TestAccuracy), first,
		}
		got := strings.Fields(rows[i])
		if len(got) < 7 || !slices.Equal(got[:6], want) {
			t.Errorf("got the row %v, want %v and a verdict", got, want)
			continue
		}
		said := strings.Join(got[6:], " ")
		if want := string(trained.verdict()); said != want {
			t.Errorf("rate %g: got the verdict %s, want %s", rate, said, want)
		}
		verdicts = append(verdicts, said)
		curves = append(curves, plot.Curve{Label: fmt.Sprintf("rate %g", rate), History: h})
	}
	if got, want := strings.Join(firsts, " "), "– – 284 85 –"; got != want {
		t.Errorf("first ≥ 0.95: got %s, want %s", got, want)
	}
	if got, want := strings.Join(verdicts[1:], ", "), "still falling, still falling, overshoots, stuck: saturated"; got != want {
		t.Errorf("verdicts from rate 0.1 on: got %s, want %s", got, want)
	}
	var b bytes.Buffer
	if err := plot.Write(&b, curves); err != nil {
		t.Fatal(err)
	}
	if got := testkit.ReadFile(t, picture); got != b.String() {
		t.Errorf("-plot: got %d bytes that differ from plot.Write's %d with a label for each rate", len(got), b.Len())
	}
}

// Eight rates are not too many, and they need not be different or in order.
func TestCompareManyRates(t *testing.T) {
	out := mustRun(t, "", "train", "-rate", "8,7,6,5,4,3,2,8", "-epochs", "5")
	testkit.Screen(t, out)
	_, table, _ := strings.Cut(out, "verdict\n")
	table, _, _ = strings.Cut(table, "\n\n")
	var rates []string
	rows := strings.Split(table, "\n")
	for _, row := range rows {
		rates = append(rates, strings.Fields(row)[0])
	}
	if got, want := strings.Join(rates, " "), "8 7 6 5 4 3 2 8"; got != want {
		t.Errorf("got the rates %s, want %s", got, want)
	}
	if rows[0] != rows[len(rows)-1] {
		t.Errorf("got %q and %q for the same rate, want the same", rows[0], rows[len(rows)-1])
	}
	if want := ", 2, 8\n"; !strings.Contains(out, want) {
		t.Errorf("got\n%s\nwant all rates in it", out)
	}
	// Verdicts are of the outputs after the last update.
	if out := mustRun(t, "", "train", "-rate", "1000,2000", "-epochs", "1"); strings.Count(out, "stuck: saturated\n") != 2 {
		t.Errorf("one epoch: got\n%s\nwant both stuck", out)
	}
	// With one rate, nothing is compared, but judged.
	out = mustRun(t, "", "train", "-rate", "8", "-epochs", "5")
	if strings.Contains(out, "verdict\n") || !strings.Contains(out, "\nVerdict: ") {
		t.Errorf("one rate: got\n%s\nwant a verdict and no table of them", out)
	}
}

// conditions says, apart from the program's own code, which of the verdicts'
// conditions hold. Settled is when none does.
func conditions(tr *training) []verdict {
	h := tr.history
	last := h[len(h)-1]
	hold := []verdict{}
	if last.MSE != last.MSE {
		hold = append(hold, diverged)
	}
	equal := func(net *network.Network) bool { // both nodes of a net with two
		for _, row := range net.Weights1 {
			if row[0] != row[1] {
				return false
			}
		}
		return slices.Equal(net.Weights2[0], net.Weights2[1])
	}
	flat := func(m matrix.Matrix) bool { // every slope at most 0.001
		for _, row := range m {
			for _, out := range row {
				if !(out-out*out <= 0.001) {
					return false
				}
			}
		}
		return true
	}
	if last.Accuracy < 0.95 && equal(tr.net) {
		hold = append(hold, equalNodes)
	}
	if last.Accuracy < 0.95 && (flat(tr.trainPass.HiddenLayerOutputs) || flat(tr.trainPass.OutputLayerOutputs)) {
		hold = append(hold, stuck)
	}
	for i := len(h)/2 + 1; i < len(h); i++ {
		if h[i].MSE/h[i-1].MSE > 1.01 {
			hold = append(hold, overshoots)
			break
		}
	}
	if last.MSE/h[len(h)-1-len(h)/10].MSE < 0.995 {
		hold = append(hold, stillFalling)
	}
	if said := map[int]bool{}; len(hold) == 0 {
		for i := range tr.trainPass.Y {
			said[tr.trainPass.Predicted(i)] = true
		}
		if len(said) == 1 {
			hold = append(hold, oneSpecies)
		}
	}
	if len(hold) == 0 {
		hold = append(hold, settled)
	}
	return hold
}

// Every verdict on a real training of which it, and no other, is true. Those at the rate 0.1
// show that it is not the rate that is judged.
func TestVerdictsOfRealTrainings(t *testing.T) {
	learned := seriesSetup(300)
	learned.rate = 5
	good := learned.train(t).net // accuracy 0.985
	small := good.Clone()
	small.Weights1.Scale(0.1, small.Weights1)
	tests := []struct {
		name   string
		change func(*setup)
		want   verdict
	}{
		{"the series' flowers and weights", func(s *setup) { s.rules.Epochs = 300 }, stillFalling},
		{"weights that have learned", func(s *setup) { s.weights, s.rules.Epochs = good, 100 }, settled},
		{"the same weights, flowers in mm", func(s *setup) { s.weights, s.data, s.rules.Epochs = small, scaledData(10), 200 }, overshoots},
		{"saturated weights", func(s *setup) { s.weights, s.rules.Epochs = saturatedWeights(), 100 }, stuck},
		{"flowers of astronomic size", func(s *setup) { s.data, s.rules.Epochs = scaledData(1e290), 500 }, stuck},
		{"weights of 0", func(s *setup) { s.weights, s.rules.Epochs = constantWeights(0), 100 }, equalNodes},
		{"flowers that all look the same", func(s *setup) { s.data, s.rate, s.rules.Epochs = equalFlowers, 1, 2000 }, oneSpecies},
		{"weights that are too large", func(s *setup) { s.weights, s.rules.Epochs = nanWeights(), 50 }, diverged},

		{"rate 10, still falling", func(s *setup) { s.rate, s.rules.Epochs = 10, 100 }, stillFalling},
		{"rate 10, overshoots", func(s *setup) { s.rate, s.rules.Epochs = 10, 300 }, overshoots},
		{"rate 10, stuck", func(s *setup) { s.rate, s.data, s.rules.Epochs = 10, scaledData(10), 1000 }, stuck},
		{"rate 10, diverged", func(s *setup) { s.rate, s.weights, s.rules.Epochs = 10, nanWeights(), 50 }, diverged},
		{"rate 100, stuck", func(s *setup) { s.rate, s.rules.Epochs = 100, 100 }, stuck},
		{"rate 1000, stuck by its only update", func(s *setup) { s.rate, s.rules.Epochs = 1000, 1 }, stuck},
		{"rate 1, still falling", func(s *setup) { s.rate, s.rules.Epochs = 1, 300 }, stillFalling},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := seriesSetup(0)
			test.change(&s)
			trained := s.train(t)
			if got := conditions(trained); !slices.Equal(got, []verdict{test.want}) {
				t.Errorf("got the conditions of %v, want only those of %v", got, test.want)
			}
			if got := trained.verdict(); got != test.want {
				t.Errorf("got the verdict %s, want %s", got, test.want)
			}
		})
	}
}

// The verdicts' borders, on made-up histories.
func TestVerdictBorders(t *testing.T) {
	// line returns a history of n epochs with this MSE, but for those given.
	line := func(n int, accuracy float64, mse float64, others map[int]float64) network.History {
		h := make(network.History, n)
		for i := range h {
			h[i] = network.Record{MSE: mse, Accuracy: accuracy}
			if other, ok := others[i+1]; ok {
				h[i].MSE = other
			}
		}
		return h
	}
	free := matrix.Matrix{{0.5, 0.0001}}
	flat := matrix.Matrix{{0.9999, 0.0001}, {0, 1}}
	nearlyFlat := matrix.Matrix{{0.9999, 0.0011}, {0, 1}}
	tests := []struct {
		name           string
		history        network.History
		hidden, output matrix.Matrix
		want           verdict
	}{
		{"flat line", line(100, 0.5, 0.1, nil), free, free, settled},
		{"one epoch", line(1, 0.5, 0.1, nil), free, free, tooShort},
		{"two epochs", line(2, 0.5, 0.1, map[int]float64{2: 0.09}), free, free, stillFalling},
		{"NaN", line(100, 0.5, 0.1, map[int]float64{100: math.NaN()}), free, free, diverged},
		{"NaN before anything else", line(100, 0.5, 0.1, map[int]float64{99: 0.5, 100: math.NaN()}), flat, flat, diverged},
		{"hidden layer saturated", line(100, 0.5, 0.1, nil), flat, free, stuck},
		{"output layer saturated", line(100, 0.5, 0.1, nil), free, flat, stuck},
		{"all but one output saturated", line(100, 0.5, 0.1, nil), nearlyFlat, nearlyFlat, settled},
		{"saturated, a little below 0.95", line(100, 0.9499, 0.1, nil), flat, flat, stuck},
		{"saturated and learned", line(100, 0.95, 0.1, nil), flat, flat, settled},
		{"stuck after a jump", line(100, 0.5, 0.1, map[int]float64{80: 0.2}), flat, flat, stuck},
		{"a jump in the last epoch", line(100, 0.5, 0.1, map[int]float64{100: 0.102}), free, free, overshoots},
		{"a jump early in the second half", line(100, 0.5, 0.1, map[int]float64{52: 0.102}), free, free, overshoots},
		{"a jump in the first half", line(100, 0.5, 0.1, map[int]float64{50: 0.102}), free, free, settled},
		{"a jump of less than a hundredth", line(100, 0.5, 0.1, map[int]float64{80: 0.10099}), free, free, settled},
		{"a little less at the end", line(100, 0.95, 0.1, map[int]float64{100: 0.0994}), free, free, stillFalling},
		{"too little less at the end", line(100, 0.95, 0.1, map[int]float64{100: 0.0996}), free, free, settled},
		{"little less at the end of a slow fall", line(100, 0.5, 0.1, map[int]float64{100: 0.0996}), free, free, stillFalling},
		{"little less at the end of a long fall", line(100, 0.5, 0.1, map[int]float64{1: 0.12, 100: 0.0996}), free, free, settled},
		{"less than a tenth ago", line(100, 0.5, 0.1, map[int]float64{90: 0.1009}), free, free, stillFalling},
		{"less than before the last tenth", line(100, 0.5, 0.1, map[int]float64{89: 0.1009}), free, free, settled},
		{"more than a tenth ago", line(100, 0.5, 0.1, map[int]float64{90: 0.0992}), free, free, settled},
		{"jumps while falling", line(100, 0.5, 0.1, map[int]float64{80: 0.2, 100: 0.09}), free, free, overshoots},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			net := network.New(4, 2, 3, numpy.NewRandom(1))
			trained := &training{net: net, history: test.history, trainPass: &network.Pass{HiddenLayerOutputs: test.hidden, OutputLayerOutputs: test.output}}
			if got := trained.verdict(); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestFirstGood(t *testing.T) {
	tests := []struct {
		name     string
		accuracy []float64
		want     string
	}{
		{"never", []float64{0.1, 0.9499, 0.9}, "–"},
		{"at once", []float64{0.95, 0.1, 0.99}, "1"},
		{"and then no more", []float64{0.1, 0.1, 1, 0.1}, "3"},
		{"at last", []float64{0.1, 0.1, 0.95}, "3"},
	}
	for _, test := range tests {
		var h network.History
		for _, accuracy := range test.accuracy {
			h = append(h, network.Record{Accuracy: accuracy, TestAccuracy: 1})
		}
		if got := firstGood(h); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}
