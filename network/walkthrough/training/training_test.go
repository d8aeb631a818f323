package training

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"backprop/data"
	"backprop/data/testkit"
	"backprop/iris"
	"backprop/matrix"
	"backprop/matrix/numpy"
	"backprop/network"
)

// runCommandLine runs one of the commands as the program does.
func runCommandLine(stdin io.Reader, args ...string) testkit.Result {
	var out, stderr bytes.Buffer
	code := program(args, stdin, &out, &stderr)
	return testkit.Result{Code: code, Out: out.String(), Err: stderr.String()}
}

// mustRun is runCommandLine for a command that has to succeed, with nothing on
// standard error. It returns the output.
func mustRun(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	r := runCommandLine(strings.NewReader(stdin), args...)
	if r.Code != 0 || r.Err != "" {
		t.Fatalf("backprop %.200q: got exit code %d and %q on standard error, want 0 and nothing", args, r.Code, r.Err)
	}
	return r.Out
}

// checkRefused runs a command that has to be refused: with that exit code and
// one line that has want in it, and no output.
func checkRefused(t *testing.T, stdin io.Reader, code int, want string, args ...string) {
	t.Helper()
	r := runCommandLine(stdin, args...)
	if r.Code != code {
		t.Errorf("backprop %.200q: got exit code %d, want %d", args, r.Code, code)
	}
	if !strings.HasPrefix(r.Err, "backprop: ") || strings.Index(r.Err, "\n") != len(r.Err)-1 {
		t.Errorf("backprop %.200q: got %q on standard error, want one line that begins with backprop", args, r.Err)
	}
	if !strings.Contains(r.Err, want) {
		t.Errorf("backprop %.200q: got %q on standard error, want %q in it", args, r.Err, want)
	}
	if r.Out != "" {
		t.Errorf("backprop %.200q: got the output %q, want none", args, r.Out)
	}
}

// lastLine returns the last line of text.
func lastLine(text string) string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	return lines[len(lines)-1]
}

// rowOf returns the fields of the first line whose first field is the given
// one.
func rowOf(text, first string) []string {
	for _, line := range strings.Split(text, "\n") {
		if fields := strings.Fields(line); len(fields) > 0 && fields[0] == first {
			return fields
		}
	}
	return nil
}

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

// run trains. The passes hold what the final weights make of the flowers.
func (s setup) run(t *testing.T) *training {
	t.Helper()
	flowers, err := iris.Read(strings.NewReader(s.data))
	if err != nil {
		t.Fatal(err)
	}
	train, test, err := flowers.Split(s.test, numpy.NewRandom(s.splitSeed))
	if err != nil {
		t.Fatal(err)
	}
	trained := &training{rate: s.rate, net: network.New(4, s.hidden, 3, numpy.NewRandom(s.seed))}
	if s.weights != nil {
		trained.net = s.weights.Clone()
	}
	if trained.train, err = trained.net.NewPass(train.Features(), train.Labels()); err != nil {
		t.Fatal(err)
	}
	if trained.test, err = trained.net.NewPass(test.Features(), test.Labels()); err != nil {
		t.Fatal(err)
	}
	trained.history, trained.stop = trained.net.Train(trained.train, trained.test, s.rate, s.rules, nil)
	trained.net.Feedforward(trained.train)
	trained.net.Feedforward(trained.test)
	return trained
}

// lastLine returns what train has to print last.
func (tr *training) lastLine() string {
	correct := 0
	for i := range tr.test.Y {
		if tr.test.Predicted(i) == tr.test.Labelled(i) {
			correct++
		}
	}
	flowers := tr.test.Y.Rows()
	epochs := fmt.Sprintf("%d epochs", len(tr.history))
	if len(tr.history) == 1 {
		epochs = "1 epoch"
	}
	return fmt.Sprintf("test accuracy %.2f (%d of %d) after %s", float64(correct)/float64(flowers), correct, flowers, epochs)
}

// readHistory reads the file that -history wrote, by its rates.
func readHistory(t *testing.T, name string) map[float64]network.History {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(name), err)
	}
	header := []string{"rate", "epoch", "training_mse", "training_accuracy", "test_mse", "test_accuracy"}
	if len(records) == 0 || !slices.Equal(records[0], header) {
		t.Fatalf("%s: got the header %v, want %v", filepath.Base(name), records[:min(1, len(records))], header)
	}
	histories := map[float64]network.History{}
	for i, record := range records[1:] {
		var v [6]float64
		for j := range v {
			if v[j], err = strconv.ParseFloat(record[j], 64); err != nil {
				t.Fatalf("%s: row %d: %v", filepath.Base(name), i+1, err)
			}
		}
		h := histories[v[0]]
		if want := strconv.Itoa(len(h) + 1); record[1] != want {
			t.Fatalf("%s: row %d: got epoch %s, want %s", filepath.Base(name), i+1, record[1], want)
		}
		histories[v[0]] = append(h, network.Record{MSE: v[2], Accuracy: v[3], TestMSE: v[4], TestAccuracy: v[5]})
	}
	return histories
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

// saveNet writes the weights into a file and returns its name.
func saveNet(t *testing.T, n *network.Network) string {
	t.Helper()
	var b bytes.Buffer
	if err := n.Save(&b); err != nil {
		t.Fatal(err)
	}
	return writeText(t, "weights.json", b.String())
}

// writeText writes a file into a new folder and returns its name.
func writeText(t *testing.T, name, text string) string {
	t.Helper()
	name = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}

// readText reads a file.
func readText(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// filesIn returns the names of the files in a folder.
func filesIn(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// The series' run, from its settings to its last line.
func TestTrainDefaults(t *testing.T) {
	folder := t.TempDir()
	save, plot, history := filepath.Join(folder, "w.json"), filepath.Join(folder, "p.svg"), filepath.Join(folder, "h.csv")
	out := mustRun(t, "", "train", "-save", save, "-plot", plot, "-history", history)
	want := seriesSetup(10000).run(t)
	testkit.Screen(t, out)

	h := readHistory(t, history)[0.1]
	if !sameHistory(h, want.history) {
		t.Fatalf("-history: got %d epochs that differ from the %d of network.Train, want the same to the last bit", len(h), len(want.history))
	}
	if got := loadNet(t, save); !reflect.DeepEqual(got, want.net) {
		t.Errorf("-save: got %v, want %v", got, want.net)
	}
	var b bytes.Buffer
	if err := WritePlot(&b, []Curve{{History: want.history}}); err != nil {
		t.Fatal(err)
	}
	if got := readText(t, plot); got != b.String() {
		t.Errorf("-plot: got %d bytes that differ from WritePlot's %d, want the same", len(got), b.Len())
	}
	if got, want := filesIn(t, folder), []string{"h.csv", "p.svg", "w.json"}; !slices.Equal(got, want) {
		t.Errorf("got the files %v, want %v", got, want)
	}

	settings := `Training (part 14): 130 flowers to learn from, 20 to test with

data           built-in flowers, split with seed 4
network        4-2-3, weights: random, np.random.seed(10)
learning rate  0.1
stop           after 10000 epochs

`
	if !strings.HasPrefix(out, settings) {
		t.Errorf("got the beginning\n%swant\n%s", out[:min(len(out), len(settings))], settings)
	}

	var epochs []string
	_, table, _ := strings.Cut(out, "\n  epoch ")
	table, _, _ = strings.Cut(table, "\n\n")
	for _, line := range strings.Split(table, "\n")[1:] {
		fields := strings.Fields(line)
		epochs = append(epochs, fields[0])
		epoch, err := strconv.Atoi(fields[0])
		if err != nil || epoch < 1 || epoch > len(h) {
			t.Fatalf("table: got the row %q, want an epoch in front", line)
		}
		r := h[epoch-1]
		want := []string{fields[0], fmt.Sprintf("%.8f", r.MSE), fmt.Sprintf("%.3f", r.Accuracy), fmt.Sprintf("%.8f", r.TestMSE), fmt.Sprintf("%.3f", r.TestAccuracy)}
		if !slices.Equal(fields, want) {
			t.Errorf("table: got %v, want %v", fields, want)
		}
	}
	if got, want := strings.Join(epochs, " "), "1 2 5 10 20 50 100 200 500 1000 2000 5000 10000"; got != want {
		t.Errorf("table: got the epochs %s, want %s", got, want)
	}

	b.Reset()
	if err := WriteSketch(&b, want.history); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out, "\n\n"+b.String()+"\nStopped at epoch 10000: all epochs are done.\n") {
		t.Errorf("got\n%s\nwant in it the sketch\n%s\nand why it stopped", out, b.String())
	}

	var counts [3][3]int
	for i := range want.test.Y {
		counts[want.test.Labelled(i)][want.test.Predicted(i)]++
	}
	_, confusion, _ := strings.Cut(out, "\nThe test set:")
	if got, want := strings.Fields(strings.Split(confusion, "\n")[1]), []string{"setosa", "versicolor", "virginica"}; !slices.Equal(got, want) {
		t.Errorf("confusion matrix: got the columns %v, want %v", got, want)
	}
	wantSums, correct := []int{9, 4, 7}, 0
	for i, species := range []string{"setosa", "versicolor", "virginica"} {
		got, want := rowOf(strings.SplitN(confusion, "\n", 3)[2], species), []string{species}
		sum := 0
		for j, count := range counts[i] {
			want = append(want, strconv.Itoa(count))
			sum += count
			if i == j {
				correct += count
			}
		}
		if !slices.Equal(got, want) || sum != wantSums[i] {
			t.Errorf("confusion matrix: got the row %v with the sum %d, want %v with %d", got, sum, want, wantSums[i])
		}
	}
	if correct != 19 {
		t.Errorf("confusion matrix: got %d on its diagonal, want 19", correct)
	}
	if got, want := lastLine(out), "test accuracy 0.95 (19 of 20) after 10000 epochs"; got != want {
		t.Errorf("last line: got %q, want %q", got, want)
	}
}

// 150 epochs and 150 more are 300, to the last bit.
func TestTrainGoesOn(t *testing.T) {
	want := seriesSetup(300).run(t)
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
	data := writeText(t, "fewer.csv", fewer)
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
		{"data", []string{"-data", data}, func(s *setup) { s.data = fewer }, network.EpochsDone, "data           " + short(data) + ", split with seed 4"},
		{"weights", []string{"-weights", weights}, func(s *setup) { s.weights = saved }, network.EpochsDone, "network        4-3-3, weights: " + short(weights)},
		{"weights and as many hidden nodes", []string{"-weights", weights, "-hidden", "3"}, func(s *setup) { s.weights = saved }, network.EpochsDone, "network        4-3-3, weights: " + short(weights)},
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
	unlike := seriesSetup(40).run(t).history
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := seriesSetup(40)
			test.change(&s)
			want := s.run(t)
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

// The rules that are off are not among the settings.
func TestTrainSettingsAreThoseGiven(t *testing.T) {
	out := mustRun(t, "", "train", "-epochs", "3")
	for _, not := range []string{" or once ", " or when "} {
		if strings.Contains(out, not) {
			t.Errorf("got\n%s\nwant no %q in it", out, not)
		}
	}
	out = mustRun(t, "", "train", "-epochs", "1000", "-target-mse", "0.00001", "-patience", "1000", "-tolerance", "0.00123")
	testkit.Screen(t, out)
}

// The flowers may come from standard input.
func TestTrainDataFromStandardInput(t *testing.T) {
	got := mustRun(t, data.Iris, "train", "-epochs", "50", "-data", "-")
	want := strings.Replace(mustRun(t, "", "train", "-epochs", "50"), "built-in flowers", "standard input", 1)
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestShownEpochs(t *testing.T) {
	tests := []struct {
		last int
		want []int
	}{
		{1, []int{1}},
		{2, []int{1, 2}},
		{3, []int{1, 2, 3}},
		{5, []int{1, 2, 5}},
		{9, []int{1, 2, 5, 9}},
		{10, []int{1, 2, 5, 10}},
		{11, []int{1, 2, 5, 10, 11}},
		{100, []int{1, 2, 5, 10, 20, 50, 100}},
		{1145, []int{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 1145}},
	}
	for _, test := range tests {
		if got := shownEpochs(test.last); !slices.Equal(got, test.want) {
			t.Errorf("shownEpochs(%d): got %v, want %v", test.last, got, test.want)
		}
	}
}

// Each species that is taken for another one stands in its own row and in the
// other one's column.
func TestWriteConfusion(t *testing.T) {
	y := matrix.Matrix{{1, 0, 0}, {1, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 1, 0}, {0, 0, 1}}
	p := &network.Pass{Y: y, OutputLayerOutputs: matrix.Matrix{
		{.9, .1, .1}, {.1, .9, .1}, {.1, .8, .1}, {.1, .1, .9}, {.1, .9, .1}, {.9, .1, .1},
	}}
	var b bytes.Buffer
	writeConfusion(&b, p)
	want := `
The test set: each species, and what the net says it is
              setosa  versicolor  virginica
      setosa       1           2          0
  versicolor       0           1          1
   virginica       1           0          0
`
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// noReader fails the test if anything reads from it.
type noReader struct{ t *testing.T }

func (r noReader) Read([]byte) (int, error) {
	r.t.Error("got as far as reading the flowers, want the files checked before")
	return 0, io.ErrUnexpectedEOF
}

// A result that cannot be written is refused before there is one, and the other
// files are not touched.
func TestTrainChecksFilesFirst(t *testing.T) {
	for _, bad := range []string{"-save", "-plot", "-history"} {
		for _, place := range []string{"missing folder", "folder"} {
			t.Run(bad+" "+place, func(t *testing.T) {
				folder := t.TempDir()
				target := folder
				if place == "missing folder" {
					target = filepath.Join(folder, "missing", "file")
				}
				args := []string{"train", "-epochs", "1", "-data", "-"}
				for _, flag := range []string{"-save", "-plot", "-history"} {
					if flag == bad {
						args = append(args, flag, target)
					} else {
						args = append(args, flag, filepath.Join(folder, flag[1:]))
					}
				}
				checkRefused(t, noReader{t}, 1, target, args...)
				if got := filesIn(t, folder); len(got) != 0 {
					t.Errorf("got the files %v, want none", got)
				}
			})
		}
	}
}

func TestTrainRefuses(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "missing")
	three := saveNet(t, network.New(4, 3, 3, numpy.NewRandom(1)))
	five := saveNet(t, network.New(5, 2, 3, numpy.NewRandom(1)))
	two := saveNet(t, network.New(4, 2, 2, numpy.NewRandom(1)))
	wide := saveNet(t, network.New(4, 1001, 3, numpy.NewRandom(1)))
	damaged := writeText(t, "damaged.json", `{"weights_1": [[1, 2`)
	infinite := writeText(t, "infinite.json", `{"weights_1": [[1],[1],[1],[1e999]], "weights_2": [[1,1,1]]}`)
	badData := writeText(t, "bad.csv", "5.1,3.5,1.4,0.2,setosa\n5.1,3.5,x,0.2,setosa\n")
	tests := []struct {
		name string
		args []string
		code int
		want string
	}{
		{"epochs 0", []string{"-epochs", "0"}, 1, `invalid value "0" for flag -epochs: expected a whole number from 1 to 1000000000`},
		{"epochs fraction", []string{"-epochs", "1.5"}, 1, `invalid value "1.5" for flag -epochs: expected a whole number from 1 to 1000000000`},
		{"epochs too many", []string{"-epochs", "1000000001"}, 1, `invalid value "1000000001" for flag -epochs`},
		{"epochs huge", []string{"-epochs", "99999999999999999999"}, 1, `for flag -epochs: expected a whole number`},
		{"rate 0", []string{"-rate", "0"}, 1, `invalid value "0" for flag -rate: expected a finite number above 0`},
		{"rate below 0", []string{"-rate", "-1"}, 1, `invalid value "-1" for flag -rate: expected a finite number above 0`},
		{"rate NaN", []string{"-rate", "NaN"}, 1, `invalid value "NaN" for flag -rate: expected a finite number above 0`},
		{"rate infinite", []string{"-rate", "Inf"}, 1, `invalid value "Inf" for flag -rate: expected a finite number above 0`},
		{"rate too large", []string{"-rate", "1e999"}, 1, `invalid value "1e999" for flag -rate: expected a finite number above 0`},
		{"rate in Go's hexadecimal", []string{"-rate", "0x1p2"}, 1, `invalid value "0x1p2" for flag -rate`},
		{"rate empty", []string{"-rate", ""}, 1, `invalid value "" for flag -rate: expected a finite number above 0`},
		{"second rate empty", []string{"-rate", "1,"}, 1, `invalid value "1," for flag -rate: expected a finite number above 0`},
		{"second rate bad", []string{"-rate", "1,x"}, 1, `invalid value "1,x" for flag -rate: expected a finite number above 0`},
		{"nine rates", []string{"-rate", "1,2,3,4,5,6,7,8,9"}, 1, `for flag -rate: expected at most 8 rates`},
		{"hidden 0", []string{"-hidden", "0"}, 1, `invalid value "0" for flag -hidden: expected a whole number from 1 to 1000`},
		{"hidden too many", []string{"-hidden", "1001"}, 1, `invalid value "1001" for flag -hidden`},
		{"seed below 0", []string{"-seed", "-1"}, 1, `invalid value "-1" for flag -seed: expected a whole number from 0 to 4294967295`},
		{"seed too large", []string{"-seed", "4294967296"}, 1, `invalid value "4294967296" for flag -seed`},
		{"split-seed", []string{"-split-seed", "x"}, 1, `invalid value "x" for flag -split-seed: expected a whole number from 0 to 4294967295`},
		{"test 0", []string{"-test", "0"}, 1, `invalid value "0" for flag -test: expected a whole number from 1`},
		{"test takes all", []string{"-test", "150"}, 1, `-test: built-in flowers: cannot split 150 flowers with a test set of 150, expected 1 to 149`},
		{"target-mse below 0", []string{"-target-mse", "-0.1"}, 1, `invalid value "-0.1" for flag -target-mse: expected a finite number, 0 or more`},
		{"target-mse NaN", []string{"-target-mse", "NaN"}, 1, `for flag -target-mse: expected a finite number, 0 or more`},
		{"patience", []string{"-patience", "-1"}, 1, `invalid value "-1" for flag -patience: expected a whole number from 0 to 1000000000`},
		{"tolerance", []string{"-tolerance", "-1"}, 1, `invalid value "-1" for flag -tolerance: expected a finite number, 0 or more`},
		{"unknown flag", []string{"-epoch", "1"}, 2, `-epoch (backprop train -h lists`},
		{"word behind", []string{"fast"}, 2, `found "fast"`},
		{"save with two rates", []string{"-save", missing, "-rate", "0.1,1"}, 2, `found -save with several rates, expected one rate`},
		{"data missing", []string{"-data", missing}, 1, missing},
		{"data bad", []string{"-data", badData}, 1, badData + `: line 2, column 3 (petal_length): found "x"`},
		{"weights missing", []string{"-weights", missing}, 1, missing},
		{"weights damaged", []string{"-weights", damaged}, 1, damaged + ": "},
		{"weights infinite", []string{"-weights", infinite}, 1, infinite + ": "},
		{"weights for 5 inputs", []string{"-weights", five}, 1, five + ": found a 5-2-3 network, expected 4 inputs, 1 to 1000 hidden nodes and 3 outputs"},
		{"weights for 2 outputs", []string{"-weights", two}, 1, two + ": found a 4-2-2 network, expected 4 inputs"},
		{"weights with too many nodes", []string{"-weights", wide}, 1, wide + ": found a 4-1001-3 network, expected 4 inputs"},
		{"weights and other nodes", []string{"-weights", three, "-hidden", "2"}, 1, three + ": found a 4-3-3 network, expected 2 hidden nodes, as -hidden says"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			args := append([]string{"train", "-epochs", "1"}, test.args...)
			checkRefused(t, strings.NewReader(""), test.code, test.want, args...)
		})
	}
	if _, err := os.Stat(missing); err == nil {
		t.Error("got a file from a call that was refused, want none")
	}
}

// Weights that an update made infinite are not saved: the old file stays, and
// the error comes after the result.
func TestTrainDoesNotSaveInfinity(t *testing.T) {
	// The outputs are 0.5 and the hidden layer's gradients large, so that one
	// update with an absurd rate is more than a number can hold.
	weights := saveNet(t, &network.Network{
		Weights1: matrix.Matrix{{0.01, 0.01}, {0.01, 0.01}, {0.01, 0.01}, {0.01, 0.01}},
		Weights2: matrix.Matrix{{100, 100, 100}, {-100, -100, -100}},
	})
	folder := t.TempDir()
	save, history := filepath.Join(folder, "w.json"), filepath.Join(folder, "h.csv")
	if err := os.WriteFile(save, []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	r := runCommandLine(strings.NewReader(""), "train", "-weights", weights, "-rate", "1e308", "-epochs", "1", "-save", save, "-history", history)
	if r.Code != 1 || strings.Count(r.Err, "\n") != 1 || !strings.Contains(r.Err, save+": weights_1: ") {
		t.Errorf("got exit code %d and %q on standard error, want 1 and a line about %s: weights_1", r.Code, r.Err, save)
	}
	if got, want := lastLine(r.Out), " after 1 epoch"; !strings.HasSuffix(got, want) {
		t.Errorf("got the last line %q, want %q at its end", got, want)
	}
	if got := readText(t, save); got != "old" {
		t.Errorf("got %q in the file, want old", got)
	}
	if got := readHistory(t, history)[1e308]; len(got) != 1 {
		t.Errorf("-history: got %d epochs, want 1, whatever -save says", len(got))
	}
	if got, want := filesIn(t, folder), []string{"h.csv", "w.json"}; !slices.Equal(got, want) {
		t.Errorf("got the files %v, want %v", got, want)
	}
}

func TestTrainStopsAtNaN(t *testing.T) {
	out := mustRun(t, "", "train", "-weights", saveNet(t, nanWeights()), "-epochs", "5")
	testkit.Screen(t, out[strings.Index(out, "stop "):]) // the name of the file may be longer
	if want := "\nStopped at epoch 1: the MSE is not a number.\n"; !strings.Contains(out, want) {
		t.Errorf("got\n%s\nwant in it %s", out, want)
	}
	if got, want := lastLine(out), " after 1 epoch"; !strings.HasSuffix(got, want) {
		t.Errorf("got the last line %q, want %q at its end", got, want)
	}
}

// The help names every flag with its default.
func TestTrainHelp(t *testing.T) {
	out := mustRun(t, "", "train", "-h")
	for _, want := range []string{
		"-data FILE", "-epochs EPOCHS", "(default 10000)", "-hidden NODES", "(default 2)", "-history FILE", "-patience EPOCHS",
		"-plot FILE", "-rate RATE", "(default 0.1)", "-save FILE", "-seed SEED", "(default 10)", "-split-seed SEED", "(default 4)",
		"-target-mse MSE", "-test FLOWERS", "(default 20)", "-tolerance SHARE", "(default 0.001)", "-weights FILE",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("got the help\n%s\nwant in it %s", out, want)
		}
	}
}

// brokenAfter is a writer that fails after so many bytes.
type brokenAfter struct{ left int }

func (w *brokenAfter) Write(b []byte) (int, error) {
	if w.left -= len(b); w.left < 0 {
		return 0, errors.New("disk full")
	}
	return len(b), nil
}

func TestWriteHistoryReportsErrors(t *testing.T) {
	trained := seriesSetup(200).run(t)
	for _, room := range []int{0, 10, 5000} {
		if err := writeHistory(&brokenAfter{room}, []*training{trained}); err == nil || err.Error() != "disk full" {
			t.Errorf("room for %d bytes: got the error %v, want disk full", room, err)
		}
	}
}

// Only a terminal gets to see how far the training is.
func TestProgress(t *testing.T) {
	history := make(network.History, 64)
	history[63] = network.Record{MSE: 0.1234567, Accuracy: 0.5}
	long := time.Now().Add(-time.Hour)

	file, err := os.Create(filepath.Join(t.TempDir(), "file"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	reader, pipe, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	defer pipe.Close()
	for name, stderr := range map[string]io.Writer{"buffer": new(bytes.Buffer), "file": file, "pipe": pipe} {
		if p := newProgress(stderr, 128); p.w != nil {
			t.Errorf("%s: got it shown, want nothing", name)
		}
	}
	p := &progress{epochs: 128, begin: long, shown: long}
	p.show(history) // with nobody to watch
	p.clear()

	var b bytes.Buffer
	for _, test := range []struct {
		name    string
		history network.History
		shown   time.Time // before
		want    string    // a pattern
	}{
		{"after an hour", history, long, `^\r\x1b\[Kepoch 64 of 128, MSE 0\.123457, accuracy 0\.500, 1h0m\d+s left$`},
		{"shown just now", history, time.Now().Add(time.Hour), `^$`},
		{"another epoch", history[:63], long, `^$`},
	} {
		b.Reset()
		p := &progress{w: &b, epochs: 128, begin: long, shown: test.shown}
		p.show(test.history)
		if got := b.String(); !regexp.MustCompile(test.want).MatchString(got) {
			t.Errorf("%s: got %q, want %s", test.name, got, test.want)
		}
	}
}
