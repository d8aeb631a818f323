package page

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"backprop/data/testkit"
	"backprop/iris"
	"backprop/matrix"
	"backprop/network"
	"backprop/network/walkthrough"
	"backprop/network/walkthrough/command"
	"backprop/network/walkthrough/notebooktest"
)

func TestMain(m *testing.M) { testkit.Main(m, program) }

// program is this package's part of the program, as a process of its own or within the tests.
func program(args []string, in io.Reader, out, err io.Writer) int {
	commands := []command.Command{
		{Name: "serve", Run: Serve(testNotebook)},
		{Name: "page", Run: Write(testNotebook)},
	}
	return command.Program{Commands: commands}.Run(args, in, out, err)
}

// run runs one of the commands within the test.
func run(stdin string, args ...string) testkit.Result {
	var out, stderr bytes.Buffer
	code := program(args, strings.NewReader(stdin), &out, &stderr)
	return testkit.Result{Code: code, Out: out.String(), Err: stderr.String()}
}

// checkRefused runs a command that has to be refused: with that exit code and one line that
// has want in it, and no output.
func checkRefused(t *testing.T, code int, want string, args ...string) {
	t.Helper()
	r := run("", args...)
	if r.Code != code || r.Out != "" || !strings.Contains(r.Err, want) {
		t.Errorf("backprop %.200q: got %+v, want code %d, no output and %q", args, r, code, want)
	}
	if !strings.HasPrefix(r.Err, "backprop: ") || strings.Index(r.Err, "\n") != len(r.Err)-1 {
		t.Errorf("backprop %.200q: got %q, want one line that begins with backprop", args, r.Err)
	}
}

// A drawWeights makes the network that a notebook begins with.
type drawWeights = func(inputs, hidden, outputs int) *network.Network

// testNotebook computes what main's notebook computes.
func testNotebook(all iris.Flowers, rows []int, hidden int, learningRate float64, draw drawWeights) (*walkthrough.Results, error) {
	results, err := notebooktest.Notebook(all, rows, hidden, learningRate, draw)
	return (*walkthrough.Results)(results), err
}

// allFlowers returns the series' flowers.
func allFlowers(t testing.TB) iris.Flowers {
	t.Helper()
	all, err := walkthrough.Data("").Read(nil, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// testStart is the start of the pages of the series' flowers.
func testStart(t testing.TB) start {
	t.Helper()
	return newStart(walkthrough.Settings{}, allFlowers(t))
}

// stepOf computes the step that a URL's query asks for.
func stepOf(t *testing.T, text string) *walkthrough.Step {
	t.Helper()
	return computeStep(t, allFlowers(t), mustParse(t, text).Settings)
}

// computeStep computes the step that the settings ask for.
func computeStep(t *testing.T, flowers iris.Flowers, s walkthrough.Settings) *walkthrough.Step {
	t.Helper()
	step, err := walkthrough.Compute(testNotebook, flowers, s, func(float64) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	return step
}

// nanWeights are finite weights with which the very first outputs are NaN: the hidden layer's
// inputs are ∞ − ∞.
func nanWeights() *network.Network {
	return &network.Network{
		Weights1: matrix.Matrix{{1e308, -1e308}, {1e308, -1e308}, {-1e308, 1e308}, {1e308, -1e308}},
		Weights2: matrix.Matrix{{1, -1, 1}, {1, 1, -1}},
	}
}

// quantityOf returns the quantity of that name.
func quantityOf(t *testing.T, s *walkthrough.Step, name string) *walkthrough.Quantity {
	t.Helper()
	for _, q := range s.Quantities {
		if q.Name == name {
			return q
		}
	}
	t.Fatalf("there is no %s", name)
	return nil
}
