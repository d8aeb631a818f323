package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"backprop/iris"
	"backprop/matrix"
)

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

// The last two lines are those of the series' notebook.
func TestStep(t *testing.T) {
	const want = "\nMSE before the step  0.138311268008\nMSE after the step   0.137974921697\n"
	for _, args := range [][]string{{}, {"step"}, {"-rate", "0.1"}, {"step", "-flowers", "1, 51, 101", "-seed=10"}} {
		if got := mustPrint(t, args...); !strings.HasSuffix(got, want) {
			t.Errorf("backprop %v: got …%q, want …%q", args, got[max(0, len(got)-100):], want)
		}
	}
}

func TestStepShowsTheCellsInOrder(t *testing.T) {
	got := mustPrint(t)
	for cell := 2; cell <= 10; cell++ {
		heading := fmt.Sprintf("\n--- cell %d: ", cell)
		_, rest, found := strings.Cut(got, heading)
		if !found {
			t.Fatalf("got no %q behind the cell before it", heading)
		}
		got = rest
	}
}

func TestLinesFitTheTerminal(t *testing.T) {
	rows := make([]string, 150)
	for i := range rows {
		rows[i] = fmt.Sprint(i)
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
	} {
		for i, line := range strings.Split(mustPrint(t, args...), "\n") {
			if width := utf8.RuneCountInString(line); width > 80 {
				t.Errorf("backprop %.40q: line %d: got %d characters, want at most 80: %s", args, i+1, width, line)
			}
			if strings.HasSuffix(line, " ") {
				t.Errorf("backprop %.40q: line %d: ends with a space: %q", args, i+1, line)
			}
		}
	}
}

// The data file can come in each of its forms, from a file or standard input.
func TestData(t *testing.T) {
	want := mustPrint(t)
	if got := mustPrint(t, "-data", "data/iris.csv"); got != want {
		t.Errorf("-data data/iris.csv: got other output than with the built-in flowers")
	}
	code, got, stderr := backprop(irisCSV, "-data", "-")
	if code != 0 || stderr != "" || got != want {
		t.Errorf("-data -: got exit code %d, %q and output, want that of the built-in flowers", code, stderr)
	}
	_, noHeader, _ := strings.Cut(irisCSV, "\n")
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
		{[]string{"stpe"}, 2, "no command \"stpe\", expected step"},
		{[]string{"step", "3"}, 2, "found \"3\" behind the flags, expected nothing"},
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

// The same as a real process: its reader goes away after the first bytes.
func TestClosedPipe(t *testing.T) {
	program := filepath.Join(t.TempDir(), "backprop.exe")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	cmd := exec.Command(program, "-hidden", "1000") // more than a pipe holds
	cmd.Dir = t.TempDir()                           // the data is built in: it runs anywhere
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

// --- against NumPy

// answers are what data/reference.py prints.
type answers struct {
	Passes []struct {
		Request struct {
			Flowers       []int
			Hidden, Steps int
			Seed          uint32
			Rate          float64
		}
		Answer map[string]any
	}
	Random []struct {
		Request struct{ Seed uint32 }
		Answer  struct {
			UInt32 []struct {
				Index int
				Word  uint32
			}
			Float64      []float64
			Normal       []float64
			Permutations [][]int
		}
	}
	Splits []struct {
		Request struct {
			Rows     int
			TestSize int `json:"test_size"`
			Seed     uint32
		}
		Answer struct{ Train, Test []int }
	}
}

// numPy asks data/reference.py, live.
func numPy(t *testing.T, requests any) (a answers) {
	t.Helper()
	python := os.Getenv("PYTHON")
	if python == "" {
		python = "python3"
	}
	if out, err := exec.Command(python, "-c", "import numpy").CombinedOutput(); err != nil {
		if os.Getenv("BACKPROP_NO_SKIP") != "" {
			t.Fatalf("%s has no NumPy: %v\n%s", python, err, out)
		}
		t.Skipf("needs %s with NumPy ($PYTHON names another): %v", python, err)
	}
	in, err := json.Marshal(requests)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, "data/reference.py", "--answer")
	cmd.Stdin = bytes.NewReader(in)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, &a); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestReference(t *testing.T) {
	file, err := os.ReadFile("data/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	var a answers
	if err := json.Unmarshal(file, &a); err != nil {
		t.Fatal(err)
	}
	testAnswers(t, a)
}

// Other settings than in reference.json, computed by NumPy while the test runs.
func TestNumPyLive(t *testing.T) {
	type request map[string]any
	r := matrix.NewRandom(20)
	var passes, random, splits []request
	for i := 0; i < 20; i++ {
		seed := r.Uint32()
		steps, rate := []int{1, 1, 5, 1000}[i%4], math.Exp(3*r.Normal())
		if steps > 1 {
			rate = 0.05 * float64(1+i) // a larger one jumps about, and doubles each rounding with each step
		}
		passes = append(passes, request{
			"flowers": r.Permutation(150)[:1+i*i%37],
			"hidden":  1 + i%7,
			"rate":    rate,
			"seed":    seed,
			"steps":   steps,
		})
		random = append(random, request{"seed": seed})
		splits = append(splits, request{"rows": 2 + 10*i, "test_size": 1 + 3*i, "seed": seed})
	}
	testAnswers(t, numPy(t, map[string]any{"passes": passes, "random": random, "splits": splits}))
}

func testAnswers(t *testing.T, a answers) {
	if len(a.Passes) == 0 || len(a.Random) == 0 || len(a.Splits) == 0 {
		t.Fatal("got no answers to compare with")
	}
	for _, want := range a.Passes {
		r := want.Request
		t.Run(fmt.Sprintf("pass/%d-flowers,hidden=%d,rate=%.4g,seed=%d,steps=%d", len(r.Flowers), r.Hidden, r.Rate, r.Seed, r.Steps), func(t *testing.T) {
			out := mustPrint(t, "step", "-json", "-flowers", strings.Trim(strings.ReplaceAll(fmt.Sprint(r.Flowers), " ", ","), "[]"),
				"-hidden", fmt.Sprint(r.Hidden), "-rate", fmt.Sprint(r.Rate), "-seed", fmt.Sprint(r.Seed), "-steps", fmt.Sprint(r.Steps))
			var got map[string]any
			if err := json.Unmarshal([]byte(out), &got); err != nil {
				t.Fatal(err)
			}
			tolerance := 1e-14
			if r.Steps > 1 {
				tolerance = 1e-10
			}
			testEqual(t, got, want.Answer, tolerance)
		})
	}
	for _, want := range a.Random {
		t.Run(fmt.Sprintf("random/seed=%d", want.Request.Seed), func(t *testing.T) { testRandom(t, want.Request.Seed, want.Answer) })
	}
	for _, want := range a.Splits {
		r := want.Request
		t.Run(fmt.Sprintf("split/%d-of-%d,seed=%d", r.TestSize, r.Rows, r.Seed), func(t *testing.T) {
			flowers := make(iris.Flowers, r.Rows)
			for i := range flowers {
				flowers[i].SepalLength = float64(i)
			}
			train, test, err := flowers.Split(r.TestSize, matrix.NewRandom(r.Seed))
			if err != nil {
				t.Fatal(err)
			}
			if got := rowsOf(train); !reflect.DeepEqual(got, want.Answer.Train) {
				t.Errorf("training set: got %v, want %v", got, want.Answer.Train)
			}
			if got := rowsOf(test); !reflect.DeepEqual(got, want.Answer.Test) {
				t.Errorf("test set: got %v, want %v", got, want.Answer.Test)
			}
		})
	}
}

// rowsOf returns the row numbers that testAnswers wrote into the flowers.
func rowsOf(flowers iris.Flowers) []int {
	rows := make([]int, len(flowers))
	for i, f := range flowers {
		rows[i] = int(f.SepalLength)
	}
	return rows
}

// testEqual compares what -json printed with NumPy's numbers, each matrix
// within tolerance of its largest element.
func testEqual(t *testing.T, got, want map[string]any, tolerance float64) {
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s: got it, want no such name", name)
		}
	}
	for name := range want {
		w, g := elements(want[name]), elements(got[name])
		if fmt.Sprint(shapeOf(got[name])) != fmt.Sprint(shapeOf(want[name])) {
			t.Errorf("%s: got shape %v, want %v", name, shapeOf(got[name]), shapeOf(want[name]))
			continue
		}
		largest := 0.0
		for _, v := range w {
			largest = max(largest, math.Abs(v))
		}
		for i := range w {
			if !(math.Abs(g[i]-w[i]) <= tolerance*largest) {
				t.Errorf("%s, element %d: got %v, want %v", name, i, g[i], w[i])
			}
		}
	}
}

// elements returns the numbers of a number or matrix that came as JSON.
func elements(v any) (list []float64) {
	switch v := v.(type) {
	case float64:
		return []float64{v}
	case []any:
		for _, each := range v {
			list = append(list, elements(each)...)
		}
	}
	return list
}

// shapeOf returns the shape of a number or matrix that came as JSON.
func shapeOf(v any) []int {
	list, ok := v.([]any)
	if !ok {
		return nil
	}
	return append([]int{len(list)}, shapeOf(list[0])...)
}

func testRandom(t *testing.T, seed uint32, want struct {
	UInt32 []struct {
		Index int
		Word  uint32
	}
	Float64      []float64
	Normal       []float64
	Permutations [][]int
}) {
	words, floats, normals := matrix.NewRandom(seed), matrix.NewRandom(seed), matrix.NewRandom(seed)
	drawn := 0
	for _, w := range want.UInt32 {
		for ; drawn < w.Index; drawn++ {
			words.Uint32()
		}
		if got := words.Uint32(); got != w.Word {
			t.Errorf("Uint32 %d: got %d, want %d", w.Index, got, w.Word)
		}
		drawn++
	}
	for i, w := range want.Float64 {
		if got := floats.Float64(); got != w {
			t.Errorf("Float64 %d: got %v, want %v", i, got, w)
		}
	}
	for i, w := range want.Normal {
		lastPlace := math.Nextafter(math.Abs(w), math.Inf(1)) - math.Abs(w)
		if got := normals.Normal(); math.Abs(got-w) > 2*lastPlace {
			t.Errorf("Normal %d: got %v, want %v", i, got, w)
		}
	}
	for _, w := range want.Permutations {
		if got := matrix.NewRandom(seed).Permutation(len(w)); !reflect.DeepEqual(got, w) {
			t.Errorf("Permutation: got %v, want %v", got, w)
		}
	}
}

// --- the house

// The study path must stay as small as the README says.
func TestStudyPathIsSmall(t *testing.T) {
	total := 0
	var sizes []string
	for _, part := range []string{"main.go", "iris", "matrix", "network"} {
		files := []string{part}
		if part != "main.go" {
			var err error
			if files, err = filepath.Glob(part + "/*.go"); err != nil {
				t.Fatal(err)
			}
		}
		lines := 0
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			n, longest := codeLines(t, file)
			if n > 200 {
				t.Errorf("%s: got %d lines of code, want at most 200", file, n)
			}
			if longest > 50 {
				t.Errorf("%s: got a function of %d lines, want at most 50", file, longest)
			}
			lines += n
		}
		sizes = append(sizes, fmt.Sprintf("`%s` %d", part, lines))
		total += lines
	}
	if total >= 900 {
		t.Errorf("got %d lines of code, want less than 900: %v", total, sizes)
	}
	want := fmt.Sprintf("%d lines of code (%s)", total, strings.Join(sizes, ", "))
	if !strings.Contains(readme(t), want) {
		t.Errorf("README.md: got another size of the study path, want %q", want)
	}
}

// codeLines counts the lines of a Go file that are neither blank nor only
// comment, and those of its longest function. No file here has /* */ comments.
func codeLines(t *testing.T, file string) (lines, longest int) {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	begin := 0
	for _, line := range strings.Split(string(text), "\n") {
		trimmed := strings.TrimSpace(line)
		if trimmed == "" || strings.HasPrefix(trimmed, "//") {
			continue
		}
		lines++
		if strings.HasPrefix(line, "func ") {
			begin = lines
		}
		if line == "}" && begin > 0 {
			longest, begin = max(longest, lines-begin+1), 0
		}
	}
	return lines, longest
}

func TestModuleHasNoRequirements(t *testing.T) {
	got, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if want := "module backprop\n\ngo 1.22\n"; string(got) != want {
		t.Errorf("go.mod: got %q, want %q", got, want)
	}
}

// Imports go one way, and only to the standard library and this module.
func TestImports(t *testing.T) {
	allowed := map[string][]string{
		"matrix":              {},
		"iris":                {"matrix"},
		"network":             {"matrix"},
		"network/walkthrough": {"iris", "matrix", "network"},
		".":                   {"iris", "matrix", "network", "network/walkthrough"},
	}
	imported := regexp.MustCompile(`(?m)^(?:import |\s)\s*(?:[\w.]+ )?"([\w./-]+)"$`)
	for folder, own := range allowed {
		files, err := filepath.Glob(folder + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: got no files, %v", folder, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, match := range imported.FindAllStringSubmatch(string(text), -1) {
				path, isOwn := strings.CutPrefix(match[1], "backprop/")
				if strings.Contains(match[1], ".") || isOwn && !contains(own, path) {
					t.Errorf("%s: imports %s", file, match[1])
				}
			}
		}
	}
}

func contains(list []string, s string) bool {
	for _, each := range list {
		if each == s {
			return true
		}
	}
	return false
}

// --- the README

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n")
}

// Every output in the README is what the program prints. A line of … stands
// for lines left out.
func TestREADMEOutputs(t *testing.T) {
	blocks := regexp.MustCompile("(?ms)^```console\n(.*?)^```$").FindAllStringSubmatch(readme(t), -1)
	shown := 0
	for _, block := range blocks {
		for _, part := range strings.Split("\n"+block[1], "\n$ ")[1:] {
			command, want, _ := strings.Cut(part, "\n")
			args, isRun := strings.CutPrefix(command+" ", "go run . ")
			if !isRun {
				continue // go test and go run ./try have tests of their own
			}
			shown++
			got := mustPrint(t, strings.Fields(args)...)
			if pattern := outputPattern(want); !pattern.MatchString(got) {
				t.Errorf("README.md: $ %s: got\n%s\nwant\n%s", command, got, want)
			}
		}
	}
	if shown == 0 {
		t.Error("README.md: got no output of go run ., want one at least")
	}
}

// outputPattern returns a pattern for the output that the README shows.
func outputPattern(shown string) *regexp.Regexp {
	quoted := regexp.QuoteMeta(strings.TrimRight(shown, "\n"))
	return regexp.MustCompile(`^` + strings.ReplaceAll(quoted, "\n…\n", `\n(?s:.*)\n`) + `\n?$`)
}

// The README's go test lists each package that has tests.
func TestREADMEListsThePackages(t *testing.T) {
	var packages []string
	err := filepath.WalkDir(".", func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		if path != "." && strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata" {
			return filepath.SkipDir
		}
		if tests, _ := filepath.Glob(filepath.Join(path, "*_test.go")); len(tests) > 0 {
			packages = append(packages, strings.TrimSuffix("backprop/"+filepath.ToSlash(path), "/."))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	_, block, _ := strings.Cut(readme(t), "\n$ go test ./...\n")
	block, _, _ = strings.Cut(block, "```")
	got := regexp.MustCompile(`(?m)^ok  \t([\w/]+)\t[\d.]+s$`).FindAllStringSubmatch(block, -1)
	if len(got) != strings.Count(block, "\n") {
		t.Errorf("README.md: got lines that go test does not print: %q", block)
	}
	var listed []string
	for _, match := range got {
		listed = append(listed, match[1])
	}
	if !reflect.DeepEqual(listed, packages) {
		t.Errorf("README.md: got %v, want %v", listed, packages)
	}
}

// The README's program is put where the README says, without touching this
// folder, and run as the README says.
func TestREADMEProgram(t *testing.T) {
	text := readme(t)
	program := regexp.MustCompile("(?ms)^```go\n(package main.*?)^```$").FindStringSubmatch(text)
	output := regexp.MustCompile("(?ms)^\\$ go run ./try\n(.*?)^```$").FindStringSubmatch(text)
	if program == nil || output == nil {
		t.Fatal("README.md: got no program with its output")
	}
	folder := t.TempDir()
	file := filepath.Join(folder, "main.go")
	if err := os.WriteFile(file, []byte(program[1]), 0o666); err != nil {
		t.Fatal(err)
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{filepath.Join(here, "try", "main.go"): file}})
	if err != nil {
		t.Fatal(err)
	}
	overlayFile := filepath.Join(folder, "overlay.json")
	if err := os.WriteFile(overlayFile, overlay, 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "run", "-overlay", overlayFile, "./try")
	cmd.Env = append(os.Environ(), "GOARCH="+runtime.GOARCH)
	got, err := cmd.CombinedOutput()
	if err != nil || string(got) != output[1] {
		t.Errorf("got %v and\n%s\nwant\n%s", err, got, output[1])
	}
}
