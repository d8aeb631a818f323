package training

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"backprop/data"
	"backprop/data/testkit"
	"backprop/iris"
	"backprop/matrix/numpy"
	"backprop/network"
	"backprop/network/walkthrough"
	"backprop/network/walkthrough/plot"
)

// A setup is a training by package network alone, to compare the command with.
type setup struct {
	data            string // CSV, not the name of a file
	seed, splitSeed uint32
	hidden, test    int
	rate            float64
	rules           network.Rules
	weights         *network.Network // to go on from, or nil
}

// seriesSetup is the series' training.
func seriesSetup(epochs int) setup {
	return setup{
		data: data.Iris, seed: 10, splitSeed: 4, hidden: 2, test: 20, rate: 0.1,
		rules: network.Rules{Epochs: epochs, Tolerance: 0.001},
	}
}

// train trains. The passes hold what the final weights make of the flowers.
func (s setup) train(t *testing.T) *training {
	t.Helper()
	table, err := iris.Options{NeedsSpecies: true, Scaled: true}.Read(strings.NewReader(s.data)) // of any size
	if err != nil {
		t.Fatal(err)
	}
	train, test, err := table.Flowers.Split(s.test, numpy.NewRandom(s.splitSeed))
	if err != nil {
		t.Fatal(err)
	}
	trained := &training{rate: s.rate, net: network.New(4, s.hidden, 3, numpy.NewRandom(s.seed))}
	if s.weights != nil {
		trained.net = s.weights.Clone()
	}
	if trained.trainPass, err = trained.net.NewPass(train.Features(), train.Labels()); err != nil {
		t.Fatal(err)
	}
	if trained.testPass, err = trained.net.NewPass(test.Features(), test.Labels()); err != nil {
		t.Fatal(err)
	}
	trained.history, trained.stop = trained.net.Train(trained.trainPass, trained.testPass, s.rate, s.rules, nil)
	trained.net.Feedforward(trained.trainPass)
	trained.net.Feedforward(trained.testPass)
	return trained
}

// lastLine returns what train has to print last.
func (tr *training) lastLine() string {
	correct := 0
	for i := range tr.testPass.Y {
		if tr.testPass.Predicted(i) == tr.testPass.Labelled(i) {
			correct++
		}
	}
	flowers := tr.testPass.Y.Rows()
	epochs := fmt.Sprintf("%d epochs", len(tr.history))
	if len(tr.history) == 1 {
		epochs = "1 epoch"
	}
	return fmt.Sprintf("test accuracy %.2f (%d of %d) after %s", float64(correct)/float64(flowers), correct, flowers, epochs)
}

// sameHistory reports whether a and b are equal to the last bit; NaN is NaN.
func sameHistory(a, b network.History) bool {
	same := func(x, y float64) bool { return x == y || math.IsNaN(x) && math.IsNaN(y) }
	return slices.EqualFunc(a, b, func(x, y network.Record) bool {
		return same(x.MSE, y.MSE) && x.Accuracy == y.Accuracy && same(x.TestMSE, y.TestMSE) && x.TestAccuracy == y.TestAccuracy
	})
}

// loadNet reads the file that -save wrote.
func loadNet(t *testing.T, name string) *network.Network {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	n, err := network.Load(file)
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(name), err)
	}
	return n
}

// The series' training, with all its files.
func TestTrainDefaults(t *testing.T) {
	folder := t.TempDir()
	save, picture, history := filepath.Join(folder, "w.json"), filepath.Join(folder, "p.svg"), filepath.Join(folder, "h.csv")
	out := mustRun(t, "", "train", "-save", save, "-plot", picture, "-history", history)
	testkit.Screen(t, out)

	want := seriesSetup(10000).train(t)
	if got := readHistory(t, history)[0.1]; !sameHistory(got, want.history) {
		t.Errorf("-history: got %d epochs that differ from the %d of network.Train, want the same to the last bit", len(got), len(want.history))
	}
	if got := loadNet(t, save); !reflect.DeepEqual(got, want.net) {
		t.Errorf("-save: got %v, want %v", got, want.net)
	}
	var b bytes.Buffer
	if err := plot.Write(&b, []plot.Curve{{History: want.history}}); err != nil {
		t.Fatal(err)
	}
	if got := testkit.ReadFile(t, picture); got != b.String() {
		t.Errorf("-plot: got %d bytes that differ from plot.Write's %d, want the same", len(got), b.Len())
	}
	if got, want := testkit.Files(t, folder), []string{"h.csv", "p.svg", "w.json"}; !slices.Equal(got, want) {
		t.Errorf("got the files %v, want %v", got, want)
	}
	if want := "\nStopped at epoch 10000: all epochs are done.\n"; !strings.Contains(out, want) {
		t.Errorf("got\n%s\nwant in it %s", out, want)
	}
	if got, want := lastLine(out), "test accuracy 0.95 (19 of 20) after 10000 epochs"; got != want {
		t.Errorf("last line: got %q, want %q", got, want)
	}
}

// 150 epochs and 150 more are 300, to the last bit.
func TestTrainGoesOn(t *testing.T) {
	want := seriesSetup(300).train(t)
	folder := t.TempDir()
	half, history := filepath.Join(folder, "half.json"), filepath.Join(folder, "h.csv")
	first := mustRun(t, "", "train", "-epochs", "150", "-save", half, "-history", history)
	if got := readHistory(t, history)[0.1]; !sameHistory(got, want.history[:150]) {
		t.Errorf("first 150: got another history, want the first half")
	}
	if got, want := lastLine(first), " after 150 epochs"; !strings.HasSuffix(got, want) {
		t.Errorf("first 150: got the last line %q, want %q at its end", got, want)
	}
	second := mustRun(t, "", "train", "-epochs", "150", "-weights", half, "-save", half, "-history", history)
	if got := readHistory(t, history)[0.1]; !sameHistory(got, want.history[150:]) {
		t.Errorf("150 more: got another history, want the second half")
	}
	if got := loadNet(t, half); !reflect.DeepEqual(got, want.net) {
		t.Errorf("150 more: got the weights %v, want %v", got, want.net)
	}
	if want := "half.json\n"; !strings.Contains(second, want) {
		t.Errorf("150 more: got\n%s\nwant in it %s", second, want)
	}
}

// Every flag does to the training what the same setting does to network.Train.
func TestTrainFlags(t *testing.T) {
	saved := network.New(4, 3, 3, numpy.NewRandom(77))
	weights := saveNet(t, saved)
	lines := strings.SplitAfter(data.Iris, "\n")
	fewer := strings.Join(lines[:120], "")
	data := testkit.WriteFile(t, "fewer.csv", fewer)
	tests := []struct {
		name   string
		args   []string
		change func(*setup)
		stop   network.Stop
		want   string // a line of the settings; * is anything
	}{
		{"epochs", []string{"-epochs", "7"}, func(s *setup) { s.rules.Epochs = 7 }, network.EpochsDone, "stop           after 7 epochs"},
		{"one epoch", []string{"-epochs", "1"}, func(s *setup) { s.rules.Epochs = 1 }, network.EpochsDone, "stop           after 1 epoch"},
		// whose last update gets one more flower right, 8 instead of 7
		{"epochs, result after the last update", []string{"-epochs", "420"}, func(s *setup) { s.rules.Epochs = 420 }, network.EpochsDone, "stop           after 420 epochs"},
		{"rate", []string{"-rate", "0.75"}, func(s *setup) { s.rate = 0.75 }, network.EpochsDone, "learning rate  0.75"},
		{"hidden", []string{"-hidden", "5"}, func(s *setup) { s.hidden = 5 }, network.EpochsDone, "network        4-5-3, weights: random, np.random.seed(10)"},
		{"seed", []string{"-seed", "4294967295"}, func(s *setup) { s.seed = math.MaxUint32 }, network.EpochsDone, "network        4-2-3, weights: random, np.random.seed(4294967295)"},
		{"test", []string{"-test", "50"}, func(s *setup) { s.test = 50 }, network.EpochsDone, "Training (part 14): 100 flowers to learn from, 50 to test with"},
		{"largest test set", []string{"-test", "149"}, func(s *setup) { s.test = 149 }, network.EpochsDone, "Training (part 14): 1 flower to learn from, 149 to test with"},
		{"split-seed", []string{"-split-seed", "9"}, func(s *setup) { s.splitSeed = 9 }, network.EpochsDone, "data           built-in flowers, split with seed 9"},
		{"data", []string{"-data", data}, func(s *setup) { s.data = fewer }, network.EpochsDone, "data           " + walkthrough.Short(data) + ", split with seed 4"},
		{"weights", []string{"-weights", weights}, func(s *setup) { s.weights = saved }, network.EpochsDone, "network        4-3-3, weights: " + walkthrough.Short(weights)},
		{"weights and as many hidden nodes", []string{"-weights", weights, "-hidden", "3"}, func(s *setup) { s.weights = saved }, network.EpochsDone, "network        4-3-3, weights: " + walkthrough.Short(weights)},
		{"target-mse", []string{"-target-mse", "0.138"}, func(s *setup) { s.rules.TargetMSE = 0.138 }, network.TargetMet, "               or once the training MSE is at or below 0.138"},
		{"patience, plateau", []string{"-patience", "3", "-tolerance", "0.01", "-epochs", "400"}, func(s *setup) {
			s.rules = network.Rules{Epochs: 400, Patience: 3, Tolerance: 0.01}
		}, network.OnPlateau, "               has fallen by at most 0.01 of itself,"},
		{"tolerance is 0.001 unless said", []string{"-patience", "1", "-epochs", "400"}, func(s *setup) {
			s.rules = network.Rules{Epochs: 400, Patience: 1, Tolerance: 0.001}
		}, network.OnPlateau, "               or when the training MSE, over 1 epoch,"},
		{"patience, test rising", []string{"-patience", "20", "-tolerance", "0", "-epochs", "400", "-seed", "1", "-test", "100", "-split-seed", "1", "-rate", "3"}, func(s *setup) {
			s.rules = network.Rules{Epochs: 400, Patience: 20}
			s.seed, s.test, s.splitSeed, s.rate = 1, 100, 1, 3
		}, network.TestRising, "               or has fallen in each, while the test MSE has risen"},
	}
	unlike := seriesSetup(40).train(t).history
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := seriesSetup(40)
			test.change(&s)
			want := s.train(t)
			if want.stop != test.stop {
				t.Fatalf("network.Train: got the stop %q, want %q: this setting tests something else", want.stop, test.stop)
			}
			if sameHistory(want.history, unlike) {
				t.Fatal("network.Train: got the history of the defaults, want another: this setting tests nothing")
			}
			folder := t.TempDir()
			history, save := filepath.Join(folder, "h.csv"), filepath.Join(folder, "w.json")
			args := append([]string{"train", "-epochs", "40", "-history", history, "-save", save}, test.args...)
			out := mustRun(t, "", args...)

			if got := readHistory(t, history)[s.rate]; !sameHistory(got, want.history) {
				t.Errorf("history: got %d epochs that differ from network.Train's %d, want the same", len(got), len(want.history))
			}
			if got := loadNet(t, save); !reflect.DeepEqual(got, want.net) {
				t.Errorf("weights: got %v, want %v", got, want.net)
			}
			pattern := "(?m)^" + strings.ReplaceAll(regexp.QuoteMeta(test.want), `\*`, ".*") + "$"
			if !regexp.MustCompile(pattern).MatchString(out) {
				t.Errorf("got\n%s\nwant in it the line\n%s", out, test.want)
			}
			stopped := fmt.Sprintf("Stopped at epoch %d: %s.", len(want.history), test.stop)
			if !slices.Contains(strings.Split(out, "\n"), stopped) {
				t.Errorf("got\n%s\nwant in it the line\n%s", out, stopped)
			}
			if got, want := lastLine(out), want.lastLine(); got != want {
				t.Errorf("last line: got %q, want %q", got, want)
			}
		})
	}
}

// The flowers may come from standard input.
func TestTrainDataFromStandardInput(t *testing.T) {
	got := mustRun(t, data.Iris, "train", "-epochs", "50", "-data", "-")
	want := strings.Replace(mustRun(t, "", "train", "-epochs", "50"), "built-in flowers", "standard input", 1)
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestTrainStopsAtNaN(t *testing.T) {
	out := mustRun(t, "", "train", "-weights", saveNet(t, nanWeights()), "-epochs", "5")
	testkit.Screen(t, out[strings.Index(out, "stop "):]) // the name of the file may be longer
	if want := "\nStopped at epoch 1: the MSE is not a number.\n"; !strings.Contains(out, want) {
		t.Errorf("got\n%s\nwant in it %s", out, want)
	}
	if got, want := lastLine(out), "no test accuracy after 1 epoch: the outputs are not numbers"; got != want {
		t.Errorf("got the last line %q, want %q", got, want)
	}
	if got, want := rowOf(out, "1"), []string{"1", "NaN", "–", "NaN", "–"}; !slices.Equal(got, want) {
		t.Errorf("got the row %v, want %v: no accuracy of what is not a number", got, want)
	}
	if strings.Contains(out, "The test set: each species") {
		t.Errorf("got\n%s\nwant no confusion table of what is not a number", out)
	}

	save := testkit.WriteFile(t, "w.json", "old")
	r := run(nil, "train", "-weights", saveNet(t, nanWeights()), "-epochs", "5", "-save", save)
	if want := "backprop: " + save + ": not written: the MSE is not a number\n"; r.Code != 1 || r.Err != want || lastLine(r.Out) != lastLine(out) {
		t.Errorf("-save: got exit code %d, %q and the last line %q, want 1, %q and %q", r.Code, r.Err, lastLine(r.Out), want, lastLine(out))
	}
	if got := testkit.ReadFile(t, save); got != "old" {
		t.Errorf("-save: got %q in the file, want old", got)
	}
}
