package network_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"backprop/data"
	"backprop/data/testkit"
	"backprop/iris"
	"backprop/matrix"
	"backprop/matrix/numpy"
	"backprop/network"
)

// readIris returns the 150 flowers.
func readIris(t testing.TB) iris.Flowers {
	t.Helper()
	flowers, err := iris.Read(strings.NewReader(data.Iris))
	if err != nil {
		t.Fatal(err)
	}
	return flowers
}

// A setup is what a training on the Iris flowers begins with.
type setup struct {
	seed, splitSeed  uint32
	testSize, hidden int
	scale            float64 // of the measurements; the weights_1 are divided by it
}

// series is part 14's: 130 flowers to learn from, 20 to test with.
var series = setup{seed: 10, splitSeed: 4, testSize: 20, hidden: 2, scale: 1}

// make returns a fresh network and the passes of its two sets.
func (s setup) make(t testing.TB) (net *network.Network, train, test *network.Pass) {
	t.Helper()
	trainFlowers, testFlowers, err := readIris(t).Split(s.testSize, numpy.NewRandom(s.splitSeed))
	if err != nil {
		t.Fatal(err)
	}
	net = network.New(4, s.hidden, 3, numpy.NewRandom(s.seed))
	net.Weights1.Scale(1/s.scale, net.Weights1)
	pass := func(f iris.Flowers) *network.Pass {
		x := f.Features()
		x.Scale(s.scale, x)
		return newPass(t, net, x, f.Labels())
	}
	return net, pass(trainFlowers), pass(testFlowers)
}

// sameBits reports whether a and b have the same shape and bits, so that NaN
// equals NaN and 0 differs from -0.
func sameBits(a, b matrix.Matrix) bool {
	return slices.EqualFunc(a, b, func(x, y []float64) bool {
		return slices.EqualFunc(x, y, func(v, w float64) bool { return math.Float64bits(v) == math.Float64bits(w) })
	})
}

// wantSameNetwork ends the test unless got has the weights of want, bit for bit.
func wantSameNetwork(t testing.TB, got, want *network.Network) {
	t.Helper()
	if !sameBits(got.Weights1, want.Weights1) || !sameBits(got.Weights2, want.Weights2) {
		t.Fatalf("weights: got\n%v\n%v\nwant\n%v\n%v", got.Weights1, got.Weights2, want.Weights1, want.Weights2)
	}
}

// sameRecord is ==, but NaN equals NaN.
func sameRecord(a, b network.Record) bool {
	same := func(v, w float64) bool { return v == w || math.IsNaN(v) && math.IsNaN(w) }
	return same(a.MSE, b.MSE) && same(a.Accuracy, b.Accuracy) && same(a.TestMSE, b.TestMSE) && same(a.TestAccuracy, b.TestAccuracy)
}

// Trainings as NumPy did them (data/reference.py).
func TestTrainAgainstNumPy(t *testing.T) {
	t.Parallel()
	testTrainings(t, testkit.Reference(t).Trainings)
}

// Other settings than in reference.json, computed by NumPy while the test runs.
func TestNumPyLive(t *testing.T) {
	testkit.Everything(t)
	r := numpy.NewRandom(21)
	var trainings []map[string]any
	for i := range 4 {
		trainings = append(trainings, map[string]any{
			"seed": r.Uint32(), "split_seed": i, "test_size": 10 + 20*i, "hidden": 1 + i, "rate": 0.1 * float64(1+i),
			"epochs": 1000, "report": []int{1, 2, 10, 100, 1000},
		})
	}
	got := testkit.NumPy(t, map[string]any{"trainings": trainings}).Trainings
	if len(got) != len(trainings) {
		t.Fatalf("got %d trainings, want %d", len(got), len(trainings))
	}
	testTrainings(t, got)
}

func testTrainings(t *testing.T, trainings []testkit.Training) {
	for _, training := range trainings {
		request, answer := training.Request, training.Answer
		t.Run(fmt.Sprintf("seed %d, %d hidden, %d epochs", request.Seed, request.Hidden, request.Epochs), func(t *testing.T) {
			if len(answer.History) != len(request.Report) || len(answer.History) == 0 {
				t.Fatalf("got %d epochs in reference.json, want %d", len(answer.History), len(request.Report))
			}
			net, train, test := setup{request.Seed, request.SplitSeed, request.TestSize, request.Hidden, 1}.make(t)
			history, stop := net.Train(train, test, request.Rate, network.Rules{Epochs: request.Epochs}, nil)
			if stop != network.EpochsDone || len(history) != request.Epochs {
				t.Fatalf("got %q after %d epochs, want %q after %d", stop, len(history), network.EpochsDone, request.Epochs)
			}
			for _, want := range answer.History {
				tolerance := 1e-10
				if want.Epoch > 1000 {
					tolerance = 1e-8
				}
				got := history[want.Epoch-1]
				if !(math.Abs(got.MSE-want.MSE) <= tolerance) {
					t.Errorf("epoch %d: MSE: got %.17g, want %.17g", want.Epoch, got.MSE, want.MSE)
				}
				if !(math.Abs(got.TestMSE-want.TestMSE) <= tolerance) {
					t.Errorf("epoch %d: test MSE: got %.17g, want %.17g", want.Epoch, got.TestMSE, want.TestMSE)
				}
				if got.Accuracy != want.Accuracy || got.TestAccuracy != want.TestAccuracy {
					t.Errorf("epoch %d: accuracies: got %v, %v, want %v, %v", want.Epoch, got.Accuracy, got.TestAccuracy, want.Accuracy, want.TestAccuracy)
				}
			}
			// NumPy adds up in another order and has another exp: some 1e-16 a
			// step, up to 1e-12 in 10,000 steps if nothing cancels. It was 2e-16
			// when reference.json was made; 1e-11 is what reference.py --check
			// allows between one NumPy and another.
			wantClose(t, "weights_1", net.Weights1, answer.Weights1, 1e-11)
			wantClose(t, "weights_2", net.Weights2, answer.Weights2, 1e-11)

			net.Feedforward(test)
			var labels, predictions []int
			for i := range test.Y {
				labels = append(labels, test.Labelled(i))
				predictions = append(predictions, test.Predicted(i))
			}
			if !slices.Equal(labels, answer.TestLabels) {
				t.Errorf("labels: got %v, want %v", labels, answer.TestLabels)
			}
			if !slices.Equal(predictions, answer.TestPredictions) {
				t.Errorf("predictions: got %v, want %v", predictions, answer.TestPredictions)
			}
		})
	}
}

// holding returns the rules whose conditions hold after the given epoch of h,
// counted from 1, in plain words: no code of the package.
func holding(h network.History, epoch int, rules network.Rules, interruptedAt int) []network.Stop {
	var stops []network.Stop
	now := h[epoch-1]
	if epoch == rules.Epochs {
		stops = append(stops, network.EpochsDone)
	}
	if now.MSE <= rules.TargetMSE {
		stops = append(stops, network.TargetMet)
	}
	if rules.Patience > 0 && epoch > rules.Patience {
		before := h[epoch-rules.Patience-1]
		if improvement := (before.MSE - now.MSE) / before.MSE; improvement <= rules.Tolerance {
			stops = append(stops, network.OnPlateau)
		}
		rose := 0
		for e := epoch - rules.Patience + 1; e <= epoch; e++ { // against the epoch before each
			if h[e-1].TestMSE > h[e-2].TestMSE && h[e-1].MSE < h[e-2].MSE {
				rose++
			}
		}
		if rose == rules.Patience {
			stops = append(stops, network.TestRising)
		}
	}
	if now.MSE != now.MSE {
		stops = append(stops, network.NotANumber)
	}
	if interruptedAt > 0 && epoch >= interruptedAt {
		stops = append(stops, network.Interrupted)
	}
	return stops
}

// overfits is a training in which the net learns its 15 flowers by heart: from
// epoch 509 on, what helps with them harms with the other 135.
var overfits = setup{seed: 10, splitSeed: 6, testSize: 135, hidden: 8, scale: 1}

// overflows is a training on absurd lengths, with weights as small as they are
// large: finite numbers that the first step makes infinite, of both signs.
var overflows = setup{seed: 3, splitSeed: 4, testSize: 20, hidden: 2, scale: 1e200}

// In each training all the rules are on, one of them ends it, and the others
// have nothing to say.
func TestStop(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name        string
		setup       setup
		rate        float64
		rules       network.Rules
		interruptAt int // epoch, 0 for never
		want        network.Stop
		wantEpoch   int
		off         func(s *setup, r *network.Rules, interruptAt *int) // switches this rule off
		wantOff     network.Stop
		wantOffAt   int
	}{
		{
			"all epochs done", series, 0.1,
			network.Rules{Epochs: 50, TargetMSE: 0.1, Patience: 20, Tolerance: 1e-4}, 0,
			network.EpochsDone, 50,
			func(s *setup, r *network.Rules, at *int) { r.Epochs = 60 },
			network.EpochsDone, 60,
		}, {
			"target met", series, 0.1,
			network.Rules{Epochs: 800, TargetMSE: 0.1, Patience: 50, Tolerance: 1e-4}, 0,
			network.TargetMet, 776,
			func(s *setup, r *network.Rules, at *int) { r.TargetMSE = 0 },
			network.EpochsDone, 800,
		}, {
			"on a plateau", series, 1,
			network.Rules{Epochs: 600, TargetMSE: 0.03, Patience: 50, Tolerance: 0.01}, 0,
			network.OnPlateau, 530,
			func(s *setup, r *network.Rules, at *int) { r.Patience = 0 },
			network.EpochsDone, 600,
		}, {
			"on a plateau, with less tolerance", series, 1,
			network.Rules{Epochs: 600, TargetMSE: 0.03, Patience: 50, Tolerance: 0.01}, 0,
			network.OnPlateau, 530,
			func(s *setup, r *network.Rules, at *int) { r.Tolerance = 0 },
			network.EpochsDone, 600,
		}, {
			"test MSE rising", overfits, 3,
			network.Rules{Epochs: 700, TargetMSE: 1e-4, Patience: 100, Tolerance: 1e-3}, 0,
			network.TestRising, 609,
			func(s *setup, r *network.Rules, at *int) { r.Patience = 0 },
			network.EpochsDone, 700,
		}, {
			"not a number", overflows, 0.1,
			network.Rules{Epochs: 100, TargetMSE: 0.03, Patience: 1, Tolerance: 1e-4}, 0,
			network.NotANumber, 2,
			func(s *setup, r *network.Rules, at *int) { s.scale = 1 },
			network.EpochsDone, 100,
		}, {
			"interrupted", series, 0.1,
			network.Rules{Epochs: 100, TargetMSE: 0.1, Patience: 20, Tolerance: 1e-4}, 37,
			network.Interrupted, 37,
			func(s *setup, r *network.Rules, at *int) { *at = 0 },
			network.EpochsDone, 100,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			run := func(s setup, rules network.Rules, interruptAt int) (*network.Network, network.History, network.Stop) {
				net, train, testPass := s.make(t)
				goOn := func(h network.History) bool { return len(h) != interruptAt }
				history, stop := net.Train(train, testPass, test.rate, rules, goOn)
				return net, history, stop
			}
			net, history, stop := run(test.setup, test.rules, test.interruptAt)
			if stop != test.want || len(history) != test.wantEpoch {
				t.Fatalf("got %q at epoch %d, want %q at %d", stop, len(history), test.want, test.wantEpoch)
			}
			for epoch := 1; epoch <= len(history); epoch++ {
				var want []network.Stop
				if epoch == len(history) {
					want = []network.Stop{test.want}
				}
				if got := holding(history, epoch, test.rules, test.interruptAt); !slices.Equal(got, want) {
					t.Errorf("epoch %d: rules that hold: got %q, want %q", epoch, got, want)
				}
			}

			bare, bareTrain, bareTest := test.setup.make(t)
			wantBareSteps(t, bare, bareTrain, bareTest, test.rate, net, history, stop)

			offSetup, offRules, offInterrupt := test.setup, test.rules, test.interruptAt
			test.off(&offSetup, &offRules, &offInterrupt)
			_, longer, stop := run(offSetup, offRules, offInterrupt)
			if stop != test.wantOff || len(longer) != test.wantOffAt {
				t.Fatalf("without the rule: got %q at epoch %d, want %q at %d", stop, len(longer), test.wantOff, test.wantOffAt)
			}
			if offSetup == test.setup && !slices.Equal(longer[:len(history)], history) {
				t.Error("without the rule: got another history up to where it stopped")
			}
		})
	}
}

// wantBareSteps ends the test unless the history of net, and its weights after
// it, are those of bare steps from the same beginning. The weights must be those
// of the last record, except after EpochsDone.
func wantBareSteps(t *testing.T, bare *network.Network, train, test *network.Pass, rate float64, net *network.Network, history network.History, stop network.Stop) {
	t.Helper()
	for i, got := range history {
		bare.Feedforward(train)
		bare.Feedforward(test)
		want := network.Record{MSE: train.MSE(), Accuracy: train.Accuracy(), TestMSE: test.MSE(), TestAccuracy: test.Accuracy()}
		if !sameRecord(got, want) {
			t.Fatalf("epoch %d: got %v, want %v", i+1, got, want)
		}
		if i == len(history)-1 && stop != network.EpochsDone {
			break
		}
		bare.Backpropagate(train)
		bare.Descend(train, rate)
	}
	wantSameNetwork(t, net, bare)
}

// The run that TestRising ends really overfits: training goes on to improve,
// testing gets worse for good, from the epoch on at which the rise began.
func TestRisingIsOverfitting(t *testing.T) {
	t.Parallel()
	net, train, test := overfits.make(t)
	history, _ := net.Train(train, test, 3, network.Rules{Epochs: 1500}, nil)
	best := 0
	for i := range history {
		if history[i].TestMSE < history[best].TestMSE {
			best = i
		}
	}
	if got, want := best+1, 609-100; got != want {
		t.Errorf("epoch with the smallest test MSE: got %d, want %d", got, want)
	}
	last := history[len(history)-1]
	if got, want := last.TestMSE, 1.05*history[best].TestMSE; got < want {
		t.Errorf("test MSE at the end: got %v, want at least %v", got, want)
	}
	if got, want := last.MSE, history[best].MSE/2; got > want {
		t.Errorf("training MSE at the end: got %v, want at most %v", got, want)
	}
}

// Finite weights whose very first outputs are no numbers.
func TestNotANumberAtOnce(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(net *network.Network, train *network.Pass)
	}{
		{"weights 1e308 and -1e308", func(net *network.Network, train *network.Pass) {
			for i := range net.Weights1 {
				net.Weights1[i][0] = math.Copysign(1e308, float64(i)-1.5)
			}
		}},
		{"a measurement of 1e308", func(net *network.Network, train *network.Pass) {
			train.X[7] = []float64{1e308, 1e308, 1e308, 1e308}
			net.Weights1[0][1], net.Weights1[1][1] = 2, -2
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			net, train, testPass := series.make(t)
			test.change(net, train)
			before := net.Clone()
			history, stop := net.Train(train, testPass, 0.1, network.Rules{Epochs: 10, TargetMSE: 1}, nil)
			if stop != network.NotANumber || len(history) != 1 || !math.IsNaN(history[0].MSE) {
				t.Errorf("got %q, history %v, want %q, one record with NaN", stop, history, network.NotANumber)
			}
			wantSameNetwork(t, net, before)
		})
	}
}

// Where a rule begins to hold, and where it just does not.
func TestStopAtTheLimit(t *testing.T) {
	net, train, testPass := series.make(t)
	history, _ := net.Train(train, testPass, 0.1, network.Rules{Epochs: 30}, nil)
	for _, test := range []struct {
		name      string
		rate      float64
		rules     network.Rules
		want      network.Stop
		wantEpoch int
	}{
		{"just the target", 0.1, network.Rules{Epochs: 30, TargetMSE: history[19].MSE}, network.TargetMet, 20},
		{"a hair below it", 0.1, network.Rules{Epochs: 30, TargetMSE: math.Nextafter(history[19].MSE, 0)}, network.TargetMet, 21},
		{"plateau as early as can be", 0.1, network.Rules{Epochs: 30, Patience: 10, Tolerance: 0.9}, network.OnPlateau, 11},
		{"no epoch to look back from", 0.1, network.Rules{Epochs: 10, Patience: 10, Tolerance: 0.9}, network.EpochsDone, 10},
		{"the same MSE is a plateau without tolerance", 0, network.Rules{Epochs: 30, Patience: 10}, network.OnPlateau, 11},
		{"a falling MSE is not", 0.1, network.Rules{Epochs: 30, Patience: 10}, network.EpochsDone, 30},
		{"uphill is a plateau without tolerance", -0.1, network.Rules{Epochs: 30, Patience: 10}, network.OnPlateau, 11},
		{"uphill the test MSE rises, but so does the training MSE", -0.1, network.Rules{Epochs: 30, Patience: 10, Tolerance: -1}, network.EpochsDone, 30},
	} {
		t.Run(test.name, func(t *testing.T) {
			net, train, testPass := series.make(t)
			history, stop := net.Train(train, testPass, test.rate, test.rules, nil)
			if stop != test.want || len(history) != test.wantEpoch {
				t.Errorf("got %q at epoch %d, want %q at %d", stop, len(history), test.want, test.wantEpoch)
			}
		})
	}
}

// Train asks goOn after each epoch that no rule ends, with all records so far.
func TestGoOn(t *testing.T) {
	always := func(network.History) bool { return true }
	never := func(network.History) bool { return false }
	for _, test := range []struct {
		name      string
		rules     network.Rules
		goOn      func(network.History) bool
		want      network.Stop
		wantEpoch int
		wantCalls int
	}{
		{"nil", network.Rules{Epochs: 30}, nil, network.EpochsDone, 30, 0},
		{"always", network.Rules{Epochs: 30}, always, network.EpochsDone, 30, 30},
		{"at most 7 epochs", network.Rules{Epochs: 30}, func(h network.History) bool { return len(h) < 7 }, network.Interrupted, 7, 7},
		{"false at once", network.Rules{Epochs: 100}, never, network.Interrupted, 1, 1},
		{"false at once, one epoch", network.Rules{Epochs: 1}, never, network.Interrupted, 1, 1},
		{"no epochs", network.Rules{Epochs: 0, TargetMSE: 1}, never, network.EpochsDone, 0, 0},
		{"less than no epochs", network.Rules{Epochs: -1, TargetMSE: 1}, never, network.EpochsDone, 0, 0},
		{"not asked after a rule has said stop", network.Rules{Epochs: 30, Patience: 10, Tolerance: 0.9}, always, network.OnPlateau, 11, 10},
		{"a rule comes before false", network.Rules{Epochs: 30, TargetMSE: 1}, never, network.TargetMet, 1, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			net, train, testPass := series.make(t)
			bare := net.Clone()
			var calls []network.History
			goOn := test.goOn
			if goOn != nil {
				goOn = func(h network.History) bool {
					calls = append(calls, h)
					return test.goOn(h)
				}
			}
			history, stop := net.Train(train, testPass, 0.1, test.rules, goOn)
			if stop != test.want || len(history) != test.wantEpoch {
				t.Errorf("got %q at epoch %d, want %q at %d", stop, len(history), test.want, test.wantEpoch)
			}
			if len(calls) != test.wantCalls {
				t.Errorf("got %d calls of goOn, want %d", len(calls), test.wantCalls)
			}
			for i, got := range calls {
				if !slices.Equal(got, history[:i+1]) {
					t.Errorf("call %d: got a history of %d records, want the first %d", i+1, len(got), i+1)
				}
			}
			wantBareSteps(t, bare, train, testPass, 0.1, net, history, stop)
		})
	}
}

// Two test sets that have nothing in common: the weights must not know.
func TestTestSetIsOnlyLookedAt(t *testing.T) {
	net, train, test := series.make(t)
	other := net.Clone()
	_, otherTrain, _ := series.make(t)
	setosa, err := readIris(t).Pick(0, 1, 2)
	if err != nil {
		t.Fatal(err)
	}
	otherTest := newPass(t, net, setosa.Features(), setosa.Labels())

	h, _ := net.Train(train, test, 0.1, network.Rules{Epochs: 200}, nil)
	otherH, _ := other.Train(otherTrain, otherTest, 0.1, network.Rules{Epochs: 200}, nil)
	wantSameNetwork(t, other, net)
	for i := range h {
		if got, want := otherH[i], h[i]; got.MSE != want.MSE || got.Accuracy != want.Accuracy || got.TestMSE == want.TestMSE {
			t.Fatalf("epoch %d: got %v, want %v with another test MSE", i+1, got, want)
		}
	}
	wantClose(t, "x of the test set", otherTest.X, setosa.Features(), 0)
	wantClose(t, "y of the test set", otherTest.Y, setosa.Labels(), 0)
}

// Only the history is allocated, and it grows in a few large steps.
func TestTrainAllocatesTheHistory(t *testing.T) {
	net, x, y := part13()
	train, test := newPass(t, net, x, y), newPass(t, net, x, y)
	epochs := func(n int) float64 {
		return testing.AllocsPerRun(1, func() {
			net.Train(train, test, 0.1, network.Rules{Epochs: n, TargetMSE: 1e-9, Patience: 5, Tolerance: -1}, nil)
		})
	}
	if got := epochs(1000); got > 30 {
		t.Errorf("1000 epochs: got %v allocations, want at most 30", got)
	}
	if got := epochs(2000) - epochs(1000); got > 10 {
		t.Errorf("1000 epochs more: got %v allocations more, want at most 10", got)
	}
	if got, want := binary.Size(network.Record{}), 32; got != want {
		t.Errorf("bytes of a record: got %d, want %d", got, want)
	}
}

func TestPredictedAndLabelled(t *testing.T) {
	for _, test := range []struct {
		name string
		row  []float64
		want int
	}{
		{"first", []float64{.9, .1, .2}, 0},
		{"middle", []float64{.1, .9, .2}, 1},
		{"last", []float64{.1, .2, .9}, 2},
		{"of equals the first", []float64{.1, .7, .7}, 1},
		{"all equal", []float64{.5, .5, .5}, 0},
		{"one output", []float64{0}, 0},
		{"all below 0", []float64{-3, -2, -5}, 1},
	} {
		p := &network.Pass{
			OutputLayerOutputs: matrix.Matrix{make([]float64, len(test.row)), test.row},
			Y:                  matrix.Matrix{test.row, make([]float64, len(test.row))},
		}
		if got := p.Predicted(1); got != test.want {
			t.Errorf("%s: Predicted: got %d, want %d", test.name, got, test.want)
		}
		if got := p.Labelled(0); got != test.want {
			t.Errorf("%s: Labelled: got %d, want %d", test.name, got, test.want)
		}
	}
}

func TestAccuracy(t *testing.T) {
	for _, test := range []struct {
		name       string
		outputs, y matrix.Matrix
		want       float64
	}{
		{"all right", matrix.Matrix{{.1, .9}, {.6, .5}}, matrix.Matrix{{0, 1}, {1, 0}}, 1},
		{"all wrong", matrix.Matrix{{.1, .9}, {.6, .5}}, matrix.Matrix{{1, 0}, {0, 1}}, 0},
		{"one of three", matrix.Matrix{{.1, .9}, {.6, .5}, {.6, .5}}, matrix.Matrix{{0, 1}, {0, 1}, {0, 1}}, 1. / 3},
		{"of equals the first", matrix.Matrix{{.5, .5}, {.5, .5}}, matrix.Matrix{{1, 0}, {1, 0}}, 1},
		{"the last column", matrix.Matrix{{.1, .2, .3}}, matrix.Matrix{{0, 0, 1}}, 1},
	} {
		p := &network.Pass{OutputLayerOutputs: test.outputs, Y: test.y}
		if got := p.Accuracy(); got != test.want {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}

func TestAccuracyBeforeFeedforwardPanics(t *testing.T) {
	net, x, y := part13()
	p := newPass(t, net, x, y)
	if got := panicText(func() { p.Accuracy() }); got == "" {
		t.Error("got no panic")
	}
	net.Feedforward(p)
	if got := panicText(func() { p.Accuracy() }); got != "" {
		t.Errorf("after Feedforward: got panic %q, want none", got)
	}
}
