package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"

	"backprop/data"
	"backprop/data/testkit"
	"backprop/iris"
	"backprop/matrix"
	"backprop/matrix/numpy"
	"backprop/network"
	"backprop/network/walkthrough"
	"backprop/network/walkthrough/notebooktest"
	"backprop/network/workshop/diagnosis"
	"backprop/network/workshop/exercise"
)

func TestMain(m *testing.M) {
	testkit.Main(m, func([]string, io.Reader, io.Writer, io.Writer) int {
		main() // which ends the process itself
		return 0
	})
}

// backprop runs the program with the given arguments.
func backprop(stdin string, args ...string) (code int, stdout, stderr string) {
	var out, errors bytes.Buffer
	code = run(args, strings.NewReader(stdin), &out, &errors)
	return code, out.String(), errors.String()
}

// mustPrint runs the program and returns its output, and ends the test if
// anything goes wrong.
func mustPrint(t *testing.T, args ...string) string {
	t.Helper()
	code, stdout, stderr := backprop("", args...)
	if code != 0 || stderr != "" {
		t.Fatalf("backprop %v: got exit code %d and %q, want 0 and nothing", args, code, stderr)
	}
	return stdout
}

// mustStep returns the numbers that step -json prints.
func mustStep(t *testing.T, args ...string) (s testkit.Step) {
	t.Helper()
	if err := json.Unmarshal([]byte(mustPrint(t, append([]string{"step", "-json"}, args...)...)), &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// The last two lines are those of the series' notebook.
func TestStep(t *testing.T) {
	const want = "\nMSE before the step  0.138311268008\nMSE after the step   0.137974921697\n"
	for _, args := range [][]string{{}, {"step"}, {"-rate", "0.1"}, {"step", "-flowers", "1, 51, 101", "-seed=10"}} {
		if got := mustPrint(t, args...); !strings.HasSuffix(got, want) {
			t.Errorf("backprop %v: got …%q, want …%q", args, got[max(0, len(got)-100):], want)
		}
	}
}

// What step prints is true: each grid is the matrix of its name, each equation
// gives it, and the settings are those that were asked for.
func TestStepPrintsTheTruth(t *testing.T) {
	for _, test := range []struct {
		args  []string
		wants []string
	}{
		{nil, []string{"\nN = 9, ", "\nlearning_rate = 0.1\n", "\nnodes per layer: 4-2-3\n", "\nnp.random.seed(10), scale=0.5\n\n"}},
		{[]string{"-flowers", "0,149,75,51", "-hidden", "5", "-rate", "0.5", "-seed", "7", "-steps", "3"},
			[]string{"step 3\n", "\n  149           5.9            3           5.1          1.8  virginica\n", "\nN = 12, ", "\nlearning_rate = 0.5\n",
				"\nnodes per layer: 4-5-3\n", "\nnp.random.seed(7), scale=0.5\nand then moved by 2 gradient descent steps\n"}},
	} {
		text := mustPrint(t, append([]string{"step"}, test.args...)...)
		s := mustStep(t, test.args...)
		for _, want := range append(test.wants, "\nsigmoid(-2) = 0.11920292\nsigmoid( 0) = 0.50000000\nsigmoid( 2) = 0.88079708\n",
			fmt.Sprintf(", divided by 2N = %.12f\n", s.MSEBefore),
			fmt.Sprintf("\nMSE before the step  %.12f\nMSE after the step   %.12f\n", s.MSEBefore, s.MSEAfter)) {
			if !strings.Contains(text, want) {
				t.Errorf("step %v: got no %q in it", test.args, want)
			}
		}
		for name := range s.Matrices {
			testPrintedMatrix(t, text, name, s)
		}
		again := evaluate(t, "sigmoid(h · new_weights_2)", testkit.Step{Matrices: map[string][][]float64{
			"new_weights_2": s.Matrices["new_weights_2"],
			"h":             evaluate(t, "sigmoid(x · new_weights_1)", s),
		}})
		_, cell10, _ := strings.Cut(text, "--- cell 10")
		testGrid(t, cell10, "output_layer_outputs", again)
	}
}

// testPrintedMatrix checks the grid and the equation of the matrix in text.
func testPrintedMatrix(t *testing.T, text, name string, s testkit.Step) {
	want := s.Matrices[name]
	testGrid(t, text, name, want)
	_, equation, found := strings.Cut(text, "\n"+name+" = ")
	if given := name == "x" || name == "y" || strings.HasPrefix(name, "weights_") && !strings.ContainsAny(name, ".u"); given == found {
		t.Errorf("%s: got an equation: %v, want the contrary", name, found)
		return
	} else if given {
		return
	}
	equation, _, _ = strings.Cut(equation, "\n")
	got := evaluate(t, equation, s)
	for i := range want {
		for j := range want[i] {
			if math.Abs(got[i][j]-want[i][j]) > 1e-12 {
				t.Errorf("%s = %s: [%d][%d]: got %v, want %v", name, equation, i, j, got[i][j], want[i][j])
			}
		}
	}
}

// testGrid checks the first grid with the given name in text.
func testGrid(t *testing.T, text, name string, want matrix.Matrix) {
	_, rest, found := strings.Cut(text, fmt.Sprintf("\n%s  %d×%d\n", name, want.Rows(), want.Cols()))
	if !found {
		t.Errorf("got no %s  %d×%d", name, want.Rows(), want.Cols())
		return
	}
	for i, line := range strings.SplitN(rest, "\n", want.Rows()+1)[:want.Rows()] {
		var row []string
		for _, v := range want[i] {
			row = append(row, fmt.Sprintf("%.8f", v))
		}
		if got := strings.Fields(line); !reflect.DeepEqual(got, row) {
			t.Errorf("%s, row %d: got %v, want %v", name, i, got, row)
		}
	}
}

// evaluate computes what a printed equation says, without this project's own
// operations.
func evaluate(t *testing.T, equation string, s testkit.Step) matrix.Matrix {
	t.Helper()
	if inner, ok := strings.CutPrefix(equation, "sigmoid("); ok {
		return mapped(value(t, strings.TrimSuffix(inner, ")"), s), func(z float64) float64 { return 1 / (1 + math.Exp(-z)) })
	}
	if name, ok := strings.CutSuffix(equation, ", transposed"); ok {
		x := value(t, name, s)
		z := matrix.New(x.Cols(), x.Rows())
		for i := range x {
			for j := range x[i] {
				z[j][i] = x[i][j]
			}
		}
		return z
	}
	if name, ok := strings.CutSuffix(equation, "²"); ok {
		return mapped(value(t, name, s), func(v float64) float64 { return v * v })
	}
	if name, ok := strings.CutPrefix(equation, "∑ "); ok {
		sum := 0.0
		for _, row := range value(t, name, s) {
			for _, v := range row {
				sum += v
			}
		}
		return matrix.Matrix{{sum}}
	}
	if sum, ok := strings.CutSuffix(equation, " / 2N"); ok {
		return mapped(value(t, sum, s), func(v float64) float64 { return v / (2 * s.N) })
	}
	if product, ok := strings.CutSuffix(equation, " / N"); ok {
		return mapped(evaluate(t, product, s), func(v float64) float64 { return v / s.N })
	}
	if left, right, ok := strings.Cut(equation, " − learning_rate · "); ok {
		// the learning rate that is in the numbers, from one of them
		x, y, z := value(t, left, s), value(t, right, s), value(t, "new_"+left, s)
		rate := (x[0][0] - z[0][0]) / y[0][0]
		return combined(x, y, func(a, b float64) float64 { return a - rate*b })
	}
	if left, right, ok := strings.Cut(equation, " ∘ "); ok {
		return combined(value(t, left, s), value(t, right, s), func(a, b float64) float64 { return a * b })
	}
	if left, right, ok := strings.Cut(equation, " · "); ok {
		x, y := value(t, left, s), value(t, right, s)
		if x.Cols() != y.Rows() {
			t.Fatalf("%s: shapes do not fit", equation)
		}
		z := matrix.New(x.Rows(), y.Cols())
		for i := range z {
			for j := range z[i] {
				for k := range y {
					z[i][j] += x[i][k] * y[k][j]
				}
			}
		}
		return z
	}
	if left, right, ok := strings.Cut(equation, " − "); ok {
		return combined(value(t, left, s), value(t, right, s), func(a, b float64) float64 { return a - b })
	}
	t.Fatalf("cannot evaluate %q", equation)
	return nil
}

// value returns the matrix of a name, or of (1 − name), or of a product.
func value(t *testing.T, text string, s testkit.Step) matrix.Matrix {
	t.Helper()
	if name, ok := strings.CutPrefix(text, "(1 − "); ok {
		return mapped(value(t, strings.TrimSuffix(name, ")"), s), func(v float64) float64 { return 1 - v })
	}
	if strings.Contains(text, " · ") {
		return evaluate(t, text, s)
	}
	m, ok := s.Matrices[text]
	if !ok {
		t.Fatalf("got no matrix %q", text)
	}
	return m
}

func mapped(x matrix.Matrix, f func(float64) float64) matrix.Matrix {
	return combined(x, x, func(a, _ float64) float64 { return f(a) })
}

func combined(x, y matrix.Matrix, f func(a, b float64) float64) matrix.Matrix {
	z := matrix.New(x.Rows(), x.Cols())
	for i := range z {
		for j := range z[i] {
			z[i][j] = f(x[i][j], y[i][j])
		}
	}
	return z
}

func TestStepShowsTheCellsInOrder(t *testing.T) {
	got := mustPrint(t)
	for cell := 2; cell <= 10; cell++ {
		heading := fmt.Sprintf("\n--- cell %d: ", cell)
		_, rest, found := strings.Cut(got, heading)
		if !found {
			t.Fatalf("got no %q after the cell before it", heading)
		}
		got = rest
	}
}

func TestLinesFitTheTerminal(t *testing.T) {
	rows := make([]string, 150)
	for i := range rows {
		rows[i] = fmt.Sprint(i)
	}
	longNumbers := filepath.Join(t.TempDir(), "long.csv")
	row := "4.123456789012345,3.123456789012345,1.123456789012345,0.1234567890123456,setosa\n"
	if err := os.WriteFile(longNumbers, []byte(row), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{},
		{"-h"},
		{"step", "-h"},
		{"-hidden", "16", "-steps", "20"},
		{"-hidden", "1000", "-rate", "12345.678"},
		{"-rate", "1e300", "-steps", "3"},
		{"-flowers", strings.Join(rows, ",")},
		{"-seed", "4294967295", "-rate", "1e-300", "-steps", "1000"},
		{"-data", longNumbers, "-flowers", "0"},
		{"train", "-h"},
		{"train", "-epochs", "100", "-target-mse", "0.0123456789012", "-patience", "1000000", "-tolerance", "1.2345678901e-7"},
		{"train", "-epochs", "100", "-rate", "0.0012345678,1e-300,123456.789,1e300"},
		{"predict", "-h"}, {"explain", "-h"}, {"check", "-h"}, {"descend", "-h"},
		{"explain"}, {"explain", "-chain", "new_weights_1", "3", "1"}, {"explain", "new_weights_1[3][1]", "-rate", "1.23456789012345678e-5"}, {"check", "-hidden", "16", "-move", "1e-6"},
		{"workshop", "-h"},
		{"descend", "-rate", "1e300", "-start", "-1.23456789012e99", "-steps", "30"},
	} {
		t.Run(fmt.Sprintf("%.40q", args), func(t *testing.T) { testkit.Screen(t, mustPrint(t, args...)) })
	}
}

// The data file can come in each of its forms, from a file or standard input.
func TestData(t *testing.T) {
	want := mustPrint(t)
	if got := mustPrint(t, "-data", "data/iris.csv"); got != want {
		t.Errorf("-data data/iris.csv: got other output than with the built-in flowers")
	}
	code, got, stderr := backprop(data.Iris, "-data", "-")
	if code != 0 || stderr != "" || got != want {
		t.Errorf("-data -: got exit code %d, %q and output, want that of the built-in flowers", code, stderr)
	}
	_, noHeader, _ := strings.Cut(data.Iris, "\n")
	if code, got, _ = backprop(noHeader+"\n", "-data", "-"); code != 0 || got != want {
		t.Errorf("-data - without a header: got exit code %d and other output", code)
	}
}

func TestHelp(t *testing.T) {
	for _, args := range [][]string{{"-h"}, {"--help"}, {"help"}} {
		got := mustPrint(t, args...)
		for _, want := range []string{"part 13", "Commands:\n  step ", "Examples:\n  backprop step"} {
			if !strings.Contains(got, want) {
				t.Errorf("backprop %v: got %q, want %q in it", args, got, want)
			}
		}
	}
	got := mustPrint(t, "step", "-h")
	for _, want := range []string{"-data FILE", "-flowers ROWS", "(default 1,51,101)", "-hidden NODES", "(default 2)",
		"-rate RATE", "(default 0.1)", "-seed SEED", "(default 10)", "-steps STEPS", "(default 1)", "-json"} {
		if !strings.Contains(got, want) {
			t.Errorf("step -h: got %q, want %q in it", got, want)
		}
	}
}

func TestBadInput(t *testing.T) {
	folder := t.TempDir()
	badRow := filepath.Join(folder, "bad.csv")
	if err := os.WriteFile(badRow, []byte("5.1,3.5,1.4,0.2,Iris-setosa\n4.9,3.0,none,0.2,Iris-setosa\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	manyFlowers := filepath.Join(folder, "many.csv")
	if err := os.WriteFile(manyFlowers, bytes.Repeat([]byte("5.1,3.5,1.4,0.2,setosa\n"), 5001), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args []string
		code int
		want string // in the one line on standard error
	}{
		{[]string{"-data", filepath.Join(folder, "no.csv")}, 1, "no.csv"},
		{[]string{"-data", folder}, 1, folder},
		{[]string{"-data", badRow}, 1, "bad.csv: line 2, column 3 (petal_length): found \"none\", expected a finite length in cm, above 0"},
		{[]string{"-data", "-"}, 1, "standard input: no flowers, expected"},
		{[]string{"-flowers", "1,51,150"}, 1, "-flowers: built-in flowers: no row 150, expected one from 0 to 149"},
		{[]string{"-flowers", "-1"}, 1, "expected row numbers from 0"},
		{[]string{"-flowers", "one"}, 1, "\"one\" for flag -flowers: expected row numbers from 0"},
		{[]string{"-flowers", ""}, 1, "expected row numbers from 0"},
		{[]string{"-flowers", "1,,2"}, 1, "expected row numbers from 0"},
		{[]string{"-flowers", "99999999999999999999"}, 1, "expected row numbers from 0"},
		{[]string{"-hidden", "0"}, 1, "\"0\" for flag -hidden: expected a whole number from 1 to 1000"},
		{[]string{"-hidden", "-2"}, 1, "expected a whole number from 1 to 1000"},
		{[]string{"-hidden", "2.5"}, 1, "expected a whole number from 1 to 1000"},
		{[]string{"-hidden", "1000000000000000000000"}, 1, "expected a whole number from 1 to 1000"},
		{[]string{"-rate", "0"}, 1, "\"0\" for flag -rate: expected a finite number above 0"},
		{[]string{"-rate", "-0.1"}, 1, "expected a finite number above 0"},
		{[]string{"-rate", "NaN"}, 1, "expected a finite number above 0"},
		{[]string{"-rate", "Inf"}, 1, "expected a finite number above 0"},
		{[]string{"-rate", "1e999"}, 1, "expected a finite number above 0"},
		{[]string{"-rate", "fast"}, 1, "expected a finite number above 0"},
		{[]string{"-seed", "4294967296"}, 1, "\"4294967296\" for flag -seed: expected a whole number from 0 to 4294967295"},
		{[]string{"-seed", "-1"}, 1, "expected a whole number from 0 to 4294967295"},
		{[]string{"-steps", "0"}, 1, "expected a whole number from 1 to 1000000000"},
		{[]string{"check", "-move", "1"}, 1, "\"1\" for flag -move: expected a number from 1e-6 to 0.1"},
		{[]string{"train", "-save", "w", "-plot", "w"}, 2, "found the file w twice"},
		{[]string{"train", "-save", "w", "-plot", "./w"}, 2, "found the file ./w twice"},
		{[]string{"train", "-data", badRow, "-history", badRow}, 2, "bad.csv twice"},
		{[]string{"train", "-weights", badRow, "-plot", filepath.Join(folder, ".", "bad.csv")}, 2, "bad.csv twice"},
		{[]string{"train", "-data", manyFlowers, "-hidden", "1000"}, 1, "many.csv: found 5001 flowers and 1000 hidden nodes, expected at most 5000000 for the product of both"},
		{[]string{"workshop", "-reset", "0"}, 1, "\"0\" for flag -reset: expected an exercise, 1 to 16"},
		{[]string{"workshop", "-hint", "-solution", "1"}, 2, "found several flags, expected one at a time (see -h)"},
		{[]string{"workshop", "17"}, 2, "found \"17\", expected an exercise, 1 to 16"},
		{[]string{"stpe"}, 2, "no command \"stpe\", expected step, explain, check, train"},
		{[]string{"step", "3"}, 2, "found \"3\", expected nothing but flags (backprop step -h lists them)"},
		{[]string{"-hiden", "3"}, 2, "flag provided but not defined: -hiden"},
		{[]string{"-hidden"}, 2, "flag needs an argument: -hidden"},
		{[]string{"-json=perhaps"}, 2, "-json"},
	} {
		t.Run(strings.Join(test.args, " "), func(t *testing.T) {
			code, stdout, stderr := backprop("", test.args...)
			if code != test.code || stdout != "" || !strings.Contains(stderr, test.want) {
				t.Errorf("got exit code %d, output %q and %q, want %d, none and %q", code, stdout, stderr, test.code, test.want)
			}
			if !strings.HasPrefix(stderr, "backprop: ") || strings.Count(stderr, "\n") != 1 {
				t.Errorf("got %q, want one line that begins with backprop:", stderr)
			}
		})
	}
}

func TestInputThatBreaksOff(t *testing.T) {
	var stdout, stderr bytes.Buffer
	code := run([]string{"-data", "-"}, iotest.ErrReader(errors.New("the cable is out")), &stdout, &stderr)
	if want := "backprop: standard input: the cable is out\n"; code != 1 || stderr.String() != want {
		t.Errorf("got exit code %d and %q, want 1 and %q", code, stderr.String(), want)
	}
}

// endless counts the bytes that are taken from it. It ends after 64 MiB, so that a
// program that wants all of them does not take the machine's memory.
type endless int

func (n *endless) Read(b []byte) (int, error) {
	if *n > 64<<20 {
		return 0, io.EOF
	}
	*n += endless(len(b))
	for i := range b {
		b[i] = 'x'
	}
	return len(b), nil
}

func TestInputWithoutEnd(t *testing.T) {
	var stdin endless
	var stdout, stderr bytes.Buffer
	code := run([]string{"-data", "-"}, &stdin, &stdout, &stderr)
	if want := "backprop: standard input: found more than 16 MiB, expected a few flowers\n"; code != 1 || stdout.Len() != 0 || stderr.String() != want {
		t.Errorf("got exit code %d, %d bytes of output and %q, want 1, none and %q", code, stdout.Len(), stderr.String(), want)
	}
	if stdin > 17<<20 {
		t.Errorf("got %d bytes read, want hardly more than 16 MiB", stdin)
	}
}

// writerFunc is a standard output that fails in its own way.
type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

func TestOutputThatBreaksOff(t *testing.T) {
	for _, test := range []struct {
		name string
		err  error
		code int
		want string
	}{
		{"full disk", &os.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.ENOSPC}, 1, "backprop: write /dev/stdout: " + syscall.ENOSPC.Error() + "\n"},
		{"closed pipe", &os.PathError{Op: "write", Path: "|1", Err: syscall.EPIPE}, 0, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var stderr bytes.Buffer
			code := run(nil, nil, writerFunc(func([]byte) (int, error) { return 0, test.err }), &stderr)
			if code != test.code || stderr.String() != test.want {
				t.Errorf("got exit code %d and %q, want %d and %q", code, stderr.String(), test.code, test.want)
			}
		})
	}
}

// The program as a process of its own, in a folder of its own.
func TestProcess(t *testing.T) {
	want := mustPrint(t)
	for _, test := range []struct {
		name   string
		args   []string
		stdin  string
		code   int
		stdout string
		stderr string
	}{
		{"no command", nil, "", 0, want, ""},
		{"standard input", []string{"-data", "-"}, data.Iris, 0, want, ""},
		{"bad input", []string{"-data", "no\nsuch"}, "", 1, "", "backprop: open no\\nsuch: "},
		{"wrong usage", []string{"-x"}, "", 2, "", "backprop: flag provided but not defined: -x (backprop step -h lists the flags)\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			cmd := testkit.Program(t, test.args...)
			cmd.Dir, cmd.Stdin = t.TempDir(), strings.NewReader(test.stdin)
			got := testkit.Run(t, cmd)
			if got.Code != test.code {
				t.Errorf("got exit code %d, want %d", got.Code, test.code)
			}
			if got.Out != test.stdout {
				t.Errorf("got output %q, want %q", got.Out, test.stdout)
			}
			if !strings.HasPrefix(got.Err, test.stderr) || strings.Count(got.Err, "\n") > 1 {
				t.Errorf("got %q on standard error, want one line that begins with %q", got.Err, test.stderr)
			}
		})
	}
}

// Each example in the help can be run.
func TestHelpExamples(t *testing.T) {
	examples := regexp.MustCompile(`(?m)^  (?:backprop|go run \.) (.+)$`).FindAllStringSubmatch(mustPrint(t, "-h"), -1)
	if len(examples) < 2 {
		t.Fatalf("got %d examples, want two at least", len(examples))
	}
	for _, example := range examples {
		mustPrint(t, strings.Fields(example[1])...)
	}
}

// A process whose reader goes away after the first bytes ends quietly.
func TestClosedPipe(t *testing.T) {
	cmd := testkit.Program(t, "-hidden", "1000") // more than a pipe holds
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(stdout, make([]byte, 100)); err != nil {
		t.Fatal(err)
	}
	stdout.Close()
	cmd.Wait() // where there are signals, SIGPIPE ends it
	if stderr.Len() > 0 {
		t.Errorf("got %q on standard error, want nothing", stderr.String())
	}
}

// The notebook of package walkthrough's tests, which cannot import main's, computes the same.
func TestNotebookOfTheTests(t *testing.T) {
	all, err := iris.Read(strings.NewReader(data.Iris))
	if err != nil {
		t.Fatal(err)
	}
	random := func(inputs, hidden, outputs int) *network.Network {
		return network.New(inputs, hidden, outputs, numpy.NewRandom(7))
	}
	for _, rows := range [][]int{{1, 51, 101}, {0, 149, 75, 51}, {77}} {
		got, err := notebooktest.Notebook(all, rows, 5, 0.3, random)
		if err != nil {
			t.Fatal(err)
		}
		want, err := notebook(all, rows, 5, 0.3, random)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(walkthrough.Results(*got), *want) {
			t.Errorf("rows %v: got other results than main's notebook, want the same", rows)
		}
	}
	infinite := func(inputs, hidden, outputs int) *network.Network {
		net := network.New(inputs, hidden, outputs, numpy.NewRandom(7))
		net.Weights1[0][0] = math.Inf(1)
		return net
	}
	for _, test := range []struct {
		name string
		rows []int
		rate float64
		draw func(inputs, hidden, outputs int) *network.Network
	}{
		{"no such row", []int{150}, 0.1, random},
		{"an infinite weight", []int{1}, 0.1, infinite},
		{"infinite weights after the step", []int{1}, math.MaxFloat64, random},
	} {
		_, got := notebooktest.Notebook(all, test.rows, 2, test.rate, test.draw)
		_, want := notebook(all, test.rows, 2, test.rate, test.draw)
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: got %v, want main's error %v", test.name, got, want)
		}
	}
}

// For each number that is wrong, the workshop says how to ask explain for the one that it
// expects, but for those of the sigmoid and of the MSE.
func TestExplainShowsWhatTheWorkshopExpects(t *testing.T) {
	all, err := iris.Read(strings.NewReader(data.Iris))
	if err != nil {
		t.Fatal(err)
	}
	five := exercise.Five(all)
	diagnoser := diagnosis.New(all)
	var without []string
	for _, e := range exercise.All() {
		for i, m := range e.Want(five) {
			for at := range m.Rows() * m.Cols() {
				row, col := at/m.Cols(), at%m.Cols()
				got := slices.Clone(e.Want(five))
				got[i] = m.Clone()
				got[i][row][col] += 0.125
				call := exercise.Trial{Answer: got}
				fault := diagnoser.Of(e, &exercise.Report{Trials: []exercise.Trial{call}})
				if fault == nil || fault.Want == "" {
					t.Fatalf("%s: got %+v, want that a number is wrong", e.Name, fault)
				}
				if fault.Ask == "" {
					without = append(without, e.Name)
					continue
				}
				shown := mustPrint(t, append([]string{"explain"}, strings.Fields(fault.Ask)...)...)
				var number float64
				_, after, _ := strings.Cut(shown, " = ")
				if _, err := fmt.Sscan(after, &number); err != nil || fmt.Sprintf("%.8g", number) != fault.Want {
					t.Errorf("explain %s: got\n%s\nwant the %s of %s first", fault.Ask, shown, fault.Want, fault.Cell)
				}
			}
		}
	}
	without = slices.Compact(without)
	if want := []string{"Sigmoid", "MSE"}; !slices.Equal(without, want) {
		t.Errorf("got no command for a number of %v, want none only for %v", without, want)
	}
}
