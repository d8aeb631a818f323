package network_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"backprop/data/testkit"
	"backprop/matrix"
	"backprop/matrix/numpy"
	"backprop/network"
)

// awkward are numbers that a careless writer or reader would change.
var awkward = network.Network{
	Weights1: matrix.Matrix{
		{0.1, 1. / 3, math.Copysign(0, -1)},
		{5e-324, math.MaxFloat64, -math.MaxFloat64},
		{0x1p-1022, 1 - 0x1p-53, 1 + 0x1p-52},
		{1e21, 1e-7, 123456789012345678},
	},
	Weights2: matrix.Matrix{{0, -5e-324}, {math.Pi, -2. / 3}, {1e23, 9007199254740993}},
}

// valid is a file with the weights of a 1-2-1 network.
const valid = `{"weights_1": [[1, 2]], "weights_2": [[3], [4.5]]}`

// save returns what Save writes, or ends the test.
func save(t testing.TB, net *network.Network) string {
	t.Helper()
	var b strings.Builder
	if err := net.Save(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// load returns what Load reads from text, or ends the test.
func load(t testing.TB, text string) *network.Network {
	t.Helper()
	net, err := network.Load(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return net
}

func TestSaveAndLoad(t *testing.T) {
	wantSameNetwork(t, load(t, save(t, &awkward)), &awkward)
	r := numpy.NewRandom(1)
	for _, inputs := range []int{1, 2, 4, 17} {
		for _, hidden := range []int{1, 2, 9, 100} {
			for _, outputs := range []int{1, 3, 10} {
				net := network.New(inputs, hidden, outputs, r)
				// every exponent, not only those near 0
				net.Weights1.Apply(func(w float64) float64 { return math.Ldexp(w, int(r.Uint32()%2000)-1000) }, net.Weights1)
				wantSameNetwork(t, load(t, save(t, net)), net)
			}
		}
	}
}

func TestSavedText(t *testing.T) {
	net := &network.Network{Weights1: matrix.Matrix{{1, 2}}, Weights2: matrix.Matrix{{3}, {4.5}}}
	text := save(t, net)
	if want := `{"weights_1":[[1,2]],"weights_2":[[3],[4.5]]}` + "\n"; text != want {
		t.Errorf("got %q, want %q", text, want)
	}

	text = save(t, &awkward)
	d := json.NewDecoder(strings.NewReader(text))
	var object map[string][][]float64
	if err := d.Decode(&object); err != nil {
		t.Fatal(err)
	}
	if err := d.Decode(new(any)); err != io.EOF {
		t.Errorf("after the object: got %v, want %v", err, io.EOF)
	}
	if len(object) != 2 || !sameBits(object["weights_1"], awkward.Weights1) || !sameBits(object["weights_2"], awkward.Weights2) {
		t.Errorf("got %v, want weights_1 and weights_2 and nothing else", object)
	}
}

func TestSaveErrors(t *testing.T) {
	two, three := matrix.Matrix{{1, 2}}, matrix.Matrix{{1, 2, 3}, {4, 5, 6}}
	for _, test := range []struct {
		name   string
		w1, w2 matrix.Matrix
		want   string
	}{
		{"NaN", matrix.Matrix{{1, math.NaN()}}, three, "weights_1: row 0, column 1 is NaN, expected a finite number"},
		{"+Inf", two, matrix.Matrix{{1, 2, 3}, {4, 5, math.Inf(1)}}, "weights_2: row 1, column 2 is +Inf, expected a finite number"},
		{"-Inf", matrix.Matrix{{math.Inf(-1), 2}}, three, "weights_1: row 0, column 0 is -Inf, expected a finite number"},
		{"ragged weights_1", matrix.Matrix{{1, 2}, {3}}, three, "weights_1: row 1 has length 1, expected 2 as in row 0"},
		{"ragged weights_2", two, matrix.Matrix{{1, 2}, {3, 4, 5}}, "weights_2: row 1 has length 3, expected 2 as in row 0"},
		{"do not fit", two, matrix.Matrix{{1, 2, 3}}, "weights_2 is 1×3, expected 2×3"},
		{"no weights_1", nil, three, "weights_1: matrix is empty (0×0), expected at least 1×1"},
		{"no weights_2", two, nil, "weights_2: matrix is empty (0×0), expected at least 1×1"},
		{"empty rows", matrix.Matrix{{}, {}}, three, "weights_1: matrix is empty (2×0), expected at least 1×1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var b bytes.Buffer
			err := (&network.Network{Weights1: test.w1, Weights2: test.w2}).Save(&b)
			if err == nil || err.Error() != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
			if b.Len() != 0 {
				t.Errorf("got %q written, want nothing", &b)
			}
		})
	}
}

// A fullDisk takes so many bytes and no more.
type fullDisk int

var errFull = errors.New("no space left")

func (d *fullDisk) Write(p []byte) (int, error) {
	n := min(len(p), int(*d))
	*d -= fullDisk(n)
	if n < len(p) {
		return n, errFull
	}
	return n, nil
}

func TestSaveToFullDisk(t *testing.T) {
	size := len(save(t, &awkward))
	for room := 0; room < size; room++ {
		disk := fullDisk(room)
		if err := awkward.Save(&disk); !errors.Is(err, errFull) {
			t.Errorf("room for %d of %d bytes: got %v, want %v", room, size, err, errFull)
		}
	}
	disk := fullDisk(size)
	if err := awkward.Save(&disk); err != nil {
		t.Errorf("room for all: got %v, want nil", err)
	}
}

// damaged are files that Load refuses, and what its error says among others.
var damaged = []struct{ name, text, want string }{
	{"empty", "", `found an empty file, expected {"weights_1": [[…], …], "weights_2": [[…], …]}`},
	{"only spaces", " \n\t", "found an empty file, expected {"},
	{"no JSON", "sepal_length,sepal_width\n", `found a file that begins with "sepal_length,sepal_w", expected {"weights_1": [[…], …], "weights_2": [[…], …]}`},
	{"byte 0", "\x00" + valid, `found a file that begins with "\x00{`},
	{"no closing bracket", `{"weights_1": [[1, 2], "weights_2": [[3], [4.5]]}`, "invalid character ':'"},
	{"comma at the end", `{"weights_1": [[1, 2,]], "weights_2": [[3], [4.5]]}`, "invalid character ']'"},
	{"single quotes", strings.ReplaceAll(valid, `"`, "'"), `invalid character '\''`},
	{"digit damaged", strings.Replace(valid, "4.5", "4.x", 1), "invalid character 'x'"},
	{"array", `[[[1, 2]], [[3], [4.5]]]`, "found a list […], expected {"},
	{"number", `1`, "found 1, expected {"},
	{"string", `"weights_1"`, `found the text "weights_1", expected {`},
	{"true", `true`, "found true, expected {"},
	{"weights_1 a number", `{"weights_1": 1, "weights_2": [[3], [4.5]]}`, "weights_1"},
	{"weights_1 a row", `{"weights_1": [1, 2], "weights_2": [[3], [4.5]]}`, "weights_1"},
	{"weights_2 a string", `{"weights_1": [[1, 2]], "weights_2": "[[3], [4.5]]"}`, "weights_2"},
	{"weights_2 an object", `{"weights_1": [[1, 2]], "weights_2": {"0": [3]}}`, "weights_2"},
	{"weights_2 three deep", `{"weights_1": [[1, 2]], "weights_2": [[[3]], [[4.5]]]}`, "weights_2"},
	{"a weight a string", `{"weights_1": [["1", 2]], "weights_2": [[3], [4.5]]}`, `weights_1: row 0, column 0: found the text "1", expected a finite number`},
	{"a weight true", `{"weights_1": [[1, true]], "weights_2": [[3], [4.5]]}`, "weights_1: row 0, column 1: found true, expected a finite number"},
	{"null", `null`, "found null, expected {"},
	{"weights_1 null", `{"weights_1": null, "weights_2": [[3], [4.5]]}`, "weights_1: found null, expected rows of numbers, [[…], …]"},
	{"weights_2 null", `{"weights_1": [[1, 2]], "weights_2": null}`, "weights_2: found null, expected rows of numbers, [[…], …]"},
	{"a row of weights_1 null", `{"weights_1": [null], "weights_2": [[3], [4.5]]}`, "weights_1: row 0: found null, expected a row of numbers, […]"},
	{"a row of weights_2 null", `{"weights_1": [[1, 2]], "weights_2": [[3], null]}`, "weights_2: row 1: found null, expected a row of numbers, […]"},
	{"a weight of weights_1 null", `{"weights_1": [[1, null]], "weights_2": [[3], [4.5]]}`, "weights_1: row 0, column 1: found null, expected a finite number"},
	{"a weight of weights_2 null", `{"weights_1": [[1, 2]], "weights_2": [[3], [null]]}`, "weights_2: row 1, column 0: found null, expected a finite number"},
	{"weights_1 missing", `{"weights_2": [[3], [4.5]]}`, `found no weights_1, expected {"weights_1": [[…], …], "weights_2": [[…], …]}`},
	{"weights_2 missing", `{"weights_1": [[1, 2]]}`, `found no weights_2, expected {`},
	{"both missing", `{}`, "found no weights_1, expected {"},
	{"other names", `{"w1": [[1, 2]], "w2": [[3], [4.5]]}`, `found the key "w1", expected {"weights_1": [[…], …], "weights_2": [[…], …]} and nothing else`},
	{"one more name", `{"weights_1": [[1, 2]], "weights_2": [[3], [4.5]], "biases": [[1, 2]]}`, `biases: this net has no biases, expected {"weights_1": [[…], …], "weights_2": [[…], …]} and nothing else`},
	{"one bias", `{"weights_1": [[1, 2]], "bias_1": [0.1, 0.2], "weights_2": [[3], [4.5]]}`, "bias_1: this net has no biases, expected {"},
	{"what step -json writes", `{"n": 9, "weights_1": [[1, 2]], "weights_2": [[3], [4.5]], "new_weights_2": [[3], [4.5]], "new_weights_1": [[1, 2]]}`,
		"found what step -json wrote, whose weights_1 are those from before the step: write its new_weights_1 and new_weights_2 into a file of their own, as weights_1 and weights_2"},
	{"one more name before them", `{"learning_rate": 0.1, "weights_1": [[1, 2]], "weights_2": [[3], [4.5]]}`, `found the key "learning_rate", expected {`},
	{"weights_1 empty", `{"weights_1": [], "weights_2": [[3], [4.5]]}`, "weights_1: matrix is empty (0×0), expected at least 1×1"},
	{"weights_1 an empty row", `{"weights_1": [[]], "weights_2": [[3], [4.5]]}`, "weights_1: matrix is empty (1×0), expected at least 1×1"},
	{"weights_2 empty rows", `{"weights_1": [[1, 2]], "weights_2": [[], []]}`, "weights_2: matrix is empty (2×0), expected at least 1×1"},
	{"weights_1 ragged", `{"weights_1": [[1, 2], [3]], "weights_2": [[3], [4.5]]}`, "weights_1: row 1 has length 1, expected 2 as in row 0"},
	{"weights_2 ragged", `{"weights_1": [[1, 2]], "weights_2": [[3], [4, 5]]}`, "weights_2: row 1 has length 2, expected 1 as in row 0"},
	{"too large", `{"weights_1": [[1, 1e999]], "weights_2": [[3], [4.5]]}`, "weights_1: row 0, column 1: found 1e999, expected a finite number"},
	{"too large below 0", `{"weights_1": [[1, 2]], "weights_2": [[3], [-1e999]]}`, "weights_2: row 1, column 0: found -1e999, expected a finite number"},
	{"NaN", `{"weights_1": [[1, NaN]], "weights_2": [[3], [4.5]]}`, "line 1, character 20: found NaN, expected a finite number: the training that wrote it went wrong, so train again with a lower learning rate"},
	{"Infinity", `{"weights_1": [[1, Infinity]], "weights_2": [[3], [4.5]]}`, "line 1, character 20: found Infinity, expected a finite number"},
	{"do not fit", `{"weights_1": [[1, 2]], "weights_2": [[3, 3], [4.5, 3], [6, 3], [7, 3]]}`, "weights_2 looks transposed: weights_1 is 1×2 and weights_2 is 4×2, expected a row of weights_2 for each column of weights_1"},
	{"do not fit in any way", `{"weights_1": [[1, 2]], "weights_2": [[3, 3, 3], [4.5, 3, 3], [6, 3, 3]]}`, "weights_2 is 3×3, expected 2×3"},
	{"weights_1 transposed", `{"weights_1": [[1, 2, 3, 4], [5, 6, 7, 8]], "weights_2": [[1, 2, 3], [4, 5, 6]]}`, "weights_1 looks transposed: weights_1 is 2×4 and weights_2 is 2×3, "},
	{"both transposed", `{"weights_1": [[1, 2, 3, 4], [5, 6, 7, 8]], "weights_2": [[1, 2], [3, 4], [5, 6]]}`, "both look transposed, or exchanged: weights_1 is 2×4 and weights_2 is 3×2, "},
	{"exchanged", `{"weights_1": [[1, 2, 3], [4, 5, 6]], "weights_2": [[1, 2], [3, 4], [5, 6], [7, 8]]}`, "both look transposed, or exchanged: weights_1 is 2×3 and weights_2 is 4×2, "},
	{"text after the object", valid + " x", "invalid character 'x' after top-level value"},
	{"another object after it", valid + valid, "invalid character '{' after top-level value"},
	{"a bracket after it", valid + "}", "invalid character '}' after top-level value"},
	{"a number after it", valid + "\n1", "invalid character '1' after top-level value"},
	{"a byte too long", valid + strings.Repeat(" ", 1<<20+1-len(valid)), "found more than 1048576 bytes, expected the weights of a small network"},
}

func TestLoadErrors(t *testing.T) {
	for _, test := range damaged {
		t.Run(test.name, func(t *testing.T) {
			net, err := network.Load(strings.NewReader(test.text))
			if net != nil || err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("got %v, %v, want nil, an error with %q", net, err, test.want)
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("got %q, want one line", err)
			}
			for _, word := range []string{"json:", "unmarshal", "float64", "Go "} {
				if strings.Contains(err.Error(), word) {
					t.Errorf("got %q, want no word about Go such as %s", err, word)
				}
			}
		})
	}
}

func TestLoadCutOff(t *testing.T) {
	for _, text := range []string{valid, strings.TrimSuffix(save(t, &awkward), "\n")} {
		load(t, text)
		for size := range []byte(text) {
			if net, err := network.Load(strings.NewReader(text[:size])); net != nil || err == nil {
				t.Errorf("the first %d of %d bytes: got %v, %v, want nil, an error", size, len(text), net, err)
			}
		}
	}
}

func TestLoadLargestFile(t *testing.T) {
	want := load(t, valid)
	spaces := strings.Repeat(" ", 1<<20-len(valid))
	wantSameNetwork(t, load(t, valid+spaces), want)
	wantSameNetwork(t, load(t, spaces+valid), want)
}

// Some editors and programs write a byte order mark before the text.
func TestLoadByteOrderMark(t *testing.T) {
	wantSameNetwork(t, load(t, "\ufeff"+valid), load(t, valid))
}

// An endless reader counts what is taken from it. It gives up after 4 MiB, lest
// a Load that wants all of it take the machine's memory.
type endless int

func (n *endless) Read(p []byte) (int, error) {
	if *n > 4<<20 {
		return 0, io.EOF
	}
	*n += endless(len(p))
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func TestLoadEndlessFile(t *testing.T) {
	var read endless
	_, err := network.Load(&read)
	if want := "found more than 1048576 bytes, expected the weights of a small network"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if read > 1<<20+1 {
		t.Errorf("read: got %d bytes, want at most %d", read, 1<<20+1)
	}
}

func TestLoadFromReaders(t *testing.T) {
	want := load(t, valid)
	errDisk := errors.New("disk on fire")
	for _, test := range []struct {
		name string
		r    io.Reader
		want error
	}{
		{"byte by byte", iotest.OneByteReader(strings.NewReader(valid)), nil},
		{"half of what is asked for", iotest.HalfReader(strings.NewReader(valid)), nil},
		{"end together with the data", iotest.DataErrReader(strings.NewReader(valid)), nil},
		{"error at once", iotest.ErrReader(errDisk), errDisk},
		{"error half way", io.MultiReader(strings.NewReader(valid[:20]), iotest.ErrReader(errDisk)), errDisk},
		{"error after a whole file", io.MultiReader(strings.NewReader(valid), iotest.ErrReader(errDisk)), errDisk},
		{"timeout", iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader(valid))), iotest.ErrTimeout},
	} {
		t.Run(test.name, func(t *testing.T) {
			net, err := network.Load(test.r)
			if !errors.Is(err, test.want) || (net == nil) != (test.want != nil) {
				t.Fatalf("got %v, %v, want error %v", net, err, test.want)
			}
			if net != nil {
				wantSameNetwork(t, net, want)
			}
		})
	}
}

// Loaded weights lie as those of matrix.New do, each row after the one before,
// and are as good to train.
func TestLoadedLayout(t *testing.T) {
	net, x, y := part13()
	loaded := load(t, save(t, net))
	for name, m := range map[string]matrix.Matrix{"weights_1": loaded.Weights1, "weights_2": loaded.Weights2} {
		size := m.Rows() * m.Cols()
		if got := cap(m[0]); got != size {
			t.Errorf("%s: room from the first row on: got %d, want %d", name, got, size)
			continue
		}
		cells := m[0][:size]
		for i := range m {
			if &m[i][0] != &cells[i*m.Cols()] {
				t.Errorf("%s: row %d: got another place than after row %d", name, i, i-1)
			}
		}
	}
	p := newPass(t, loaded, x, y)
	if got := testing.AllocsPerRun(100, func() {
		loaded.Feedforward(p)
		loaded.Backpropagate(p)
		loaded.Descend(p, 0.1)
	}); got != 0 {
		t.Errorf("a step: got %v allocations, want 0", got)
	}
}

// A training that is saved and loaded half way ends with the same weights.
func TestTrainOnFromLoaded(t *testing.T) {
	net, x, y := part13()
	p := newPass(t, net, x, y)
	steps := func(n *network.Network) {
		for i := 0; i < 50; i++ {
			n.Feedforward(p)
			n.Backpropagate(p)
			n.Descend(p, 0.1)
		}
	}
	steps(net)
	loaded := load(t, save(t, net))
	steps(net)
	steps(loaded)
	wantSameNetwork(t, loaded, net)
}

func FuzzLoad(f *testing.F) {
	f.Add(valid)
	f.Add(save(f, &awkward))
	for _, test := range damaged {
		if len(test.text) < 1000 {
			f.Add(test.text)
		}
	}
	for size := range []byte(valid) {
		f.Add(valid[:size])
	}
	f.Fuzz(func(t *testing.T, text string) {
		net, err := network.Load(strings.NewReader(text))
		if (net == nil) == (err == nil) {
			t.Fatalf("got %v, %v, want a network or an error", net, err)
		}
		if err != nil {
			if err.Error() == "" {
				t.Error("got an error that says nothing")
			}
			return
		}
		if _, err := net.NewPass(matrix.New(2, net.Weights1.Rows()), matrix.New(2, net.Weights2.Cols())); err != nil {
			t.Fatalf("got a network with %v, want a valid one", err)
		}
		// Longer than the file was if it had numbers such as 1e20.
		if saved := save(t, net); len(saved) <= 1<<20 {
			wantSameNetwork(t, load(t, saved), net)
		}
	})
}

// NumPy reads the file in the one line that Save's comment shows, to the last
// bit. Except for -0: Python's json takes it for the whole number 0.
func TestNumPyReadsSavedWeights(t *testing.T) {
	python := testkit.Python(t)
	file := filepath.Join(t.TempDir(), "weights.json")
	if err := os.WriteFile(file, []byte(save(t, &awkward)), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		want matrix.Matrix
	}{
		{"weights_1", awkward.Weights1},
		{"weights_2", awkward.Weights2},
	} {
		r := testkit.Run(t, exec.Command(python, "-c", `
import json, sys
import numpy as np
weights = np.array(json.load(open(sys.argv[1]))[sys.argv[2]])
print(weights.dtype, *weights.shape, *(float(w).hex() for w in weights.flatten()))`, file, test.name))
		if r.Code != 0 {
			t.Fatalf("%s: got exit code %d and %s", test.name, r.Code, r.Err)
		}
		got := strings.Fields(r.Out)
		if want := []string{"float64", strconv.Itoa(test.want.Rows()), strconv.Itoa(test.want.Cols())}; len(got) < 3 || !slices.Equal(got[:3], want) {
			t.Fatalf("%s: got type and shape %v, want %v", test.name, got, want)
		}
		numbers := got[3:]
		if got, want := len(numbers), test.want.Rows()*test.want.Cols(); got != want {
			t.Fatalf("%s: got %d numbers, want %d", test.name, got, want)
		}
		for k, hex := range numbers {
			i, j := k/test.want.Cols(), k%test.want.Cols()
			got, err := strconv.ParseFloat(hex, 64)
			want := test.want[i][j]
			if want == 0 {
				want = 0 // and not -0
			}
			if err != nil || math.Float64bits(got) != math.Float64bits(want) {
				t.Errorf("%s[%d][%d]: got %s, want %x", test.name, i, j, hex, want)
			}
		}
	}
}
