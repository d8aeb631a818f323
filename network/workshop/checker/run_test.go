package checker

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// A project is a copy of this one, for a learner to work in.
type project struct {
	t       *testing.T
	root    string
	program string
	text    string   // of exercises.go
	env     []string // more of the environment
}

// newProject copies the project's files: what git would clone, without tests, and
// with the exercises as at the start.
func newProject(t *testing.T) *project {
	t.Helper()
	skipProcesses(t)
	if testing.Short() {
		t.Skip("builds the exercises again and again")
	}
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("there is no go command to build them with")
	}
	t.Parallel()                                    // most of it is building
	root := filepath.Join(t.TempDir(), "a project") // with a space in its name
	err := filepath.WalkDir("../../..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel("../../..", path)
		if err != nil {
			return err
		}
		to := filepath.Join(root, name)
		switch {
		case entry.IsDir() && strings.HasPrefix(entry.Name(), ".") && name != ".", entry.IsDir() && entry.Name() == "testdata":
			return fs.SkipDir
		case entry.IsDir():
			return os.MkdirAll(to, 0o777)
		case strings.HasSuffix(name, "_test.go") || !entry.Type().IsRegular():
			return nil
		case entry.Name() == "go.mod" || entry.Name() == "start.txt" || filepath.Ext(name) == ".go" || strings.HasPrefix(name, "data") || strings.HasPrefix(name, filepath.Join("network", "walkthrough")):
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			return os.WriteFile(to, text, 0o666)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	p := &project{t: t, root: root, program: filepath.Join(t.TempDir(), "backprop.exe"), text: startText}
	p.env = []string{"GOPROXY=off", "GOMODCACHE=" + t.TempDir()} // as without a network
	p.save()
	cmd := exec.Command("go", "build", "-buildvcs=false", "-o", p.program, ".")
	cmd.Dir = p.root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return p
}

func (p *project) exercises() string { return filepath.Join(p.root, "network", "workshop", file) }

func (p *project) save() {
	p.t.Helper()
	if err := os.WriteFile(p.exercises(), []byte(p.text), 0o666); err != nil {
		p.t.Fatal(err)
	}
}

// write fills in an exercise and saves.
func (p *project) write(name, body string) {
	p.t.Helper()
	p.text = filled(p.t, p.text, name, body)
	p.save()
}

// workshop runs the built program.
func (p *project) workshop(args ...string) (code int, stdout, stderr string) {
	p.t.Helper()
	return p.in(p.root, args...)
}

func (p *project) in(folder string, args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	cmd := exec.Command(p.program, append([]string{"workshop"}, args...)...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), p.env...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	cmd.Run()
	return cmd.ProcessState.ExitCode(), out.String(), errs.String()
}

// says runs the workshop and looks for the texts, whatever the line breaks.
func (p *project) says(wants ...string) string {
	p.t.Helper()
	code, out, stderr := p.workshop()
	if code != 0 || stderr != "" {
		p.t.Fatalf("got exit code %d and %q, want 0 and nothing", code, stderr)
	}
	testScreen(p.t, out)
	flat := strings.Join(strings.Fields(out), " ")
	for _, want := range wants {
		if !strings.Contains(flat, strings.Join(strings.Fields(want), " ")) {
			p.t.Errorf("got\n%s\nwant %q in it", out, want)
		}
	}
	return out
}

// slips are a mistake in each exercise, as a learner would write it, with its name.
var slips = []struct{ exercise, body, mistake string }{
	{"Dot", `{
	z := matrix.New(x.Rows(), y.Cols())
	for i := range z {
		for j := range z[i] {
			for k := range y {
				z[i][j] = x[i][k] * y[k][j]
			}
		}
	}
	return z
}`, "the last product only: = instead of +="},
	{"Transpose", `{
	return x
}`, "not transposed"},
	{"Sigmoid", `{
	return 1/1 + math.Exp(-z)
}`, "missing parentheses: 1/1 + exp(-z)"},
	{"HiddenLayer", `{
	z := matrix.New(x.Rows(), weights1.Rows())
	z.Dot(x, Transpose(weights1))
	return z, z
}`, "weights_1 transposed"},
	{"OutputLayer", `{
	z := Dot(hiddenLayerOutputs, weights2)
	return z, z
}`, "no sigmoid"},
	{"Labels", `{
	y := matrix.New(len(species), 3)
	for i, s := range species {
		y[i][s] = float64(s)
	}
	return y
}`, "not one-hot: the number of the species instead of a 1"},
	{"MSE", `{
	sum := 0.0
	for i := range y {
		for j := range y[i] {
			sum += (outputLayerOutputs[i][j] - y[i][j]) * (outputLayerOutputs[i][j] - y[i][j])
		}
	}
	return float64(1/(2*y.Rows()*y.Cols())) * sum
}`, allZeros + ", perhaps of an integer division"},
	{"OutputLayerError", `{
	outputLayerOutputs.Sub(outputLayerOutputs, y)
	return outputLayerOutputs
}`, "outputLayerOutputs changed in place"},
	{"OutputLayerDelta", `{
	z := matrix.New(outputLayerError.Rows(), outputLayerError.Cols())
	for i := range z {
		for j := range z[i] {
			s := Sigmoid(outputLayerOutputs[i][j])
			z[i][j] = outputLayerError[i][j] * s * (1 - s)
		}
	}
	return z
}`, "the sigmoid is applied again inside the slope"},
	{"HiddenLayerError", `{
	return Dot(outputLayerDelta, weights2)
}`, "weights_2 not transposed"},
	{"HiddenLayerDelta", `{
	slope := matrix.New(hiddenLayerOutputs.Rows(), hiddenLayerOutputs.Cols())
	slope.Apply(func(out float64) float64 { return out * (1 - out) }, hiddenLayerInputs)
	slope.Hadamard(hiddenLayerError, slope)
	return slope
}`, "slope of the layer's input instead of its output"},
	{"Weights2Update", `{
	z := Dot(Transpose(hiddenLayerInputs), outputLayerDelta)
	z.Scale(1/float64(y.Rows()*y.Cols()), z)
	return z
}`, "inputs where outputs belong"},
	{"Weights1Update", `{
	z := Dot(Transpose(x), hiddenLayerDelta)
	z.Scale(1/float64(y.Rows()), z)
	return z
}`, "N is the number of flowers instead of elements"},
	{"Descend", `{
	z := matrix.New(weights.Rows(), weights.Cols())
	z.Sub(weights, update)
	return z
}`, "learning rate forgotten"},
	{"Step", `{
	hi, ho := HiddenLayer(x, weights1)
	oi, oo := OutputLayer(ho, weights2)
	oe := OutputLayerError(oo, y)
	od := OutputLayerDelta(oi, oo, oe)
	weights2 = Descend(weights2, Weights2Update(hi, ho, y, oe, od), learningRate)
	he := HiddenLayerError(oe, od, weights2)
	hd := HiddenLayerDelta(hi, ho, he)
	return Descend(weights1, Weights1Update(x, y, he, hd), learningRate), weights2
}`, "weights_2 updated before the hidden error used them"},
	{"Train", `{
	for i := 0; i < epochs; i++ {
		newWeights1, newWeights2 = Step(x, y, weights1, weights2, learningRate)
	}
	return newWeights1, newWeights2
}`, "the result of a single step"},
}

// A whole workshop: someone fills in the exercises one by one, each first with a
// mistake and then right, and runs the program each time.
func TestWholeRun(t *testing.T) {
	p := newProject(t)
	for i, slip := range slips {
		e := exercises[i]
		if e.name != slip.exercise {
			t.Fatalf("slip %d: got %s, want %s", i+1, slip.exercise, e.name)
		}
		if i == 0 || i == 9 {
			p.says(fmt.Sprintf("%d of 16 done. Exercise %d, %s", i, i+1, e.name), "is next", fmt.Sprintf("> %d %s not begun", i+1, e.name), "network/workshop/exercises.go:")
		}
		p.write(e.name, slip.body)
		wants := []string{
			fmt.Sprintf("%d of 16 done. Exercise %d, %s", i, i+1, e.name), "is wrong", fmt.Sprintf("> %d %s wrong", i+1, e.name),
			"The mistake: " + slip.mistake + ".", "To read again: part ",
		}
		for j := 0; j < i; j++ {
			wants = append(wants, fmt.Sprintf("%d %s done", j+1, exercises[j].name)) // those that are right by now
		}
		p.says(wants...)
		p.write(e.name, solvedBody(e.name))
	}
	begin := time.Now()
	out := p.says("All 16 are done", "130 flowers", "epoch MSE accuracy MSE accuracy")
	t.Logf("%v with building the exercises", time.Since(begin))
	rows := regexp.MustCompile(`(?m)^ +(\d+)  (0\.\d{8}) +([01]\.\d{3})  (0\.\d{8}) +([01]\.\d{3})$`).FindAllStringSubmatch(out, -1)
	// The MSE and accuracy that part 14's training has at these epochs: NumPy's
	// history is of before the step of an epoch, so 10 steps are epoch 11.
	if len(rows) != 5 {
		t.Fatalf("got\n%s\nwant a table of 5 rows", out)
	}
	for _, row := range rows {
		if row[2] != row[4] || row[3] != row[5] {
			t.Errorf("epoch %s: got %s and %s, want the same as ours, %s and %s", row[1], row[2], row[3], row[4], row[5])
		}
	}
	if rows[0][2] != "0.13910518" { // the README's, and reference.json's, before the first step
		t.Errorf("before the first step: got the MSE %s, want 0.13910518", rows[0][2])
	}

	// Both signs turned are right, whatever each would be alone.
	right := p.text
	p.write("OutputLayerError", "{\n\tz := matrix.New(y.Rows(), y.Cols())\n\tz.Sub(y, outputLayerOutputs)\n\treturn z\n}")
	p.write("Descend", "{\n\tz := matrix.New(weights.Rows(), weights.Cols())\n\tz.Scale(-learningRate, update)\n\tz.Sub(weights, z)\n\treturn z\n}")
	p.says("All 16 are done", "You turned the sign in 8 (OutputLayerError) and 14 (Descend). That is right, too")
	p.text = right

	// One bug, in the middle of what is done, is one failure; what calls it waits.
	p.write("OutputLayerDelta", slips[8].body)
	out = p.says("12 of 16 done. Exercise 9, OutputLayerDelta", "11 HiddenLayerDelta waits for 9", "15 Step waits for 9", "16 Train waits for 9", "The mistake: "+slips[8].mistake)
	if n := strings.Count(out, "wrong"); n != 2 { // in the list, and below it
		t.Errorf("got %q %d times, want one exercise that is:\n%s", "wrong", n, out)
	}
}

// From a fresh copy to the first message in one command; what does not compile,
// the compiler says.
func TestGoRun(t *testing.T) {
	p := newProject(t)
	run := func() string {
		cmd := exec.Command("go", "run", ".", "workshop")
		cmd.Dir = p.root
		cmd.Env = append(os.Environ(), p.env...)
		out, _ := cmd.CombinedOutput()
		return string(out)
	}
	readme, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, shown, _ := strings.Cut(strings.ReplaceAll(string(readme), "\r\n", "\n"), "\n$ go run . workshop\n")
	shown, _, _ = strings.Cut(shown, "```")
	out := run()
	for _, part := range strings.Split(shown, "…\n") { // lines of … stand for what is left out
		if !strings.Contains(out, part) || len(part) < 20 {
			t.Errorf("got\n%s\nwant what README.md shows:\n%s", out, part)
		}
	}
	p.write("Dot", "{\n\treturn y + \"no\"\n}")
	if out := run(); !regexp.MustCompile(`workshop[/\\]exercises\.go:\d+:\d+: `).MatchString(out) {
		t.Errorf("got\n%s\nwant the compiler's message", out)
	}
}

// What goes wrong in an exercise is shown with its line, and what it prints.
func TestWhereItIs(t *testing.T) {
	p := newProject(t)
	p.text = solved(t, p.text)
	tests := []struct {
		name, body, marked string
		wants              []string
	}{
		{"panic of package matrix", "{\n\tz := matrix.New(5, 2)\n\tz.Dot(x, Transpose(weights1)) // HERE\n\treturn z, z\n}", "HERE",
			[]string{"It panicked: matrix: Dot: (5×4)·(2×4): inner sizes 4 and 2 differ.", "z.Dot(x, Transpose(weights1)) // HERE"}},
		{"panic in what it calls", "{\n\tz := own(x, Transpose(weights1)) // HERE\n\treturn z, z\n}", "HERE",
			[]string{"It panicked: runtime error: index out of range [2] with length 2", "The mistake: weights_1 transposed."}},
		{"endless loop", "{\n\tz := x\n\tfor i := 0; i >= 0; i = (i + 1) % 5 {\n\t\tz = Transpose(z) // HERE\n\t}\n\treturn z, z\n}", "HERE", []string{"It was still running after 0.6 seconds", "15 Step waits for 4"}},
		{"recursion", "{\n\treturn HiddenLayer(x, weights1) // HERE\n}", "HERE", []string{"It calls itself without end"}},
		{"panic of a goroutine", "{\n\tgo func() {\n\t\tpanic(x) // HERE\n\t}()\n\tselect {}\n}", "HERE", []string{"It ended the whole program"}},
		{"spaces", "{\n        z := x[7] // HERE\n        return x, matrix.Matrix{z}\n}", "HERE", []string{"index out of range [7] with length 5.", "Does a loop run over another matrix's rows or columns"}},
		{"no receiver", "{\n\tvar z matrix.Matrix\n\tz.Dot(x, weights1) // HERE\n\treturn z, z\n}", "HERE", []string{"the receiver is (0×0).", "z := matrix.New(rows, cols) comes first."}},
		{"many prints", "{\n\tfor i := 0; i < 1000; i++ {\n\t\tfmt.Println(\"line\", i)\n\t}\n\tvar none []int\n\tfmt.Println(none[i0]) // HERE\n\treturn x, x\n}", "HERE",
			[]string{"It printed: line 0 line 1 line 2 line 3 line 4 line 5 line 6 line 7 line 8 line 9 … and 990 more lines"}},
		{"many prints, then the end of the program", "{\n\tfor i := 0; i < 100000; i++ {\n\t\tfmt.Println(\"line\", i)\n\t}\n\tgo func() {\n\t\tpanic(1) // HERE\n\t}()\n\tselect {}\n}", "HERE",
			[]string{"line 9 … and 99990 more lines", "It ended the whole program, so it was stopped: 1."}},
		{"nothing", "{\n\tfmt.Println(\"x is\", x.Rows())\n\treturn nil, x\n}", "",
			[]string{"hidden_layer_inputs is nil, expected a 5×2 matrix.", "It printed: x is 5"}},
		{"a row too short", "{\n\tz := Dot(x, weights1)\n\tz[2] = z[2][:1]\n\treturn z, z\n}", "",
			[]string{"hidden_layer_inputs is no matrix (row 0 has 2 numbers, row 2 has 1), expected a 5×2 matrix."}},
		{"a number", "{\n\ta, b := right(x, weights1)\n\ta[3][1] = 7\n\treturn a, b\n}", "",
			[]string{"hidden_layer_inputs[3][1] is 7 expected ", "go run . explain hidden_layer_inputs 3 1 -flowers 1,51,101,52,149"}},
	}
	// All of them are in one function, so that it is built once.
	cases := "{\n\tswitch os.Getenv(\"CASE\") {\n"
	for _, test := range tests {
		cases += "\tcase \"" + test.name + "\":" + strings.Trim(strings.ReplaceAll(test.body, "HERE", "HERE "+test.name+"."), "{}") + "\n"
	}
	p.text = strings.Replace(p.text, "\t\"math\"\n", "\t\"math\"\n\t\"os\"\n", 1)
	p.write("HiddenLayer", cases+"\t}\n\tpanic(\"no such case\")\n}")
	p.text += `
var i0 = 0

func right(x, w matrix.Matrix) (a, b matrix.Matrix) {
	a = Dot(x, w)
	b = matrix.New(a.Rows(), a.Cols())
	b.Apply(Sigmoid, a)
	return a, b
}

func own(x, y matrix.Matrix) matrix.Matrix {
	z := matrix.New(x.Rows(), y.Cols())
	for i := range z {
		for j := range z[i] {
			for k := range x[i] {
				z[i][j] += x[i][k] * y[k][j]
			}
		}
	}
	return z
}
`
	p.save()
	offline := p.env
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p.t, p.env = t, append(offline, "CASE="+test.name)
			out := p.says(append(test.wants, "Exercise 4, HiddenLayer (part 5), is wrong:")...)
			if test.marked != "" {
				line := 1 + strings.Count(p.text[:strings.Index(p.text, "HERE "+test.name+".")], "\n")
				if want := fmt.Sprintf("\n  network/workshop/exercises.go:%d\n", line); !strings.Contains(out, want) {
					t.Errorf("got\n%s\nwant %q", out, want)
				}
			}
			if strings.Contains(out, "goroutine ") {
				t.Errorf("got a stack trace:\n%s", out)
			}
		})
	}
}

// The number that explain shows for the place is the one that was expected.
func TestExplainHasTheNumber(t *testing.T) {
	p := newProject(t)
	p.text = solved(t, p.text)
	p.write("Weights2Update", "{\n\tz := matrix.New(2, 3)\n\tz[0][0] = 1\n\treturn z\n}")
	out := p.says("Exercise 12")
	match := regexp.MustCompile(`(?s)expected ([-0-9.e]+)\n.*\n  go run \. (explain [^\n]*)\n`).FindStringSubmatch(out)
	if match == nil {
		t.Fatalf("got\n%s\nwant an expected number and a command", out)
	}
	cmd := exec.Command(p.program, strings.Fields(match[2])...)
	shown, err := cmd.Output()
	if err != nil || !strings.Contains(string(shown), "= "+match[1][:8]) {
		t.Errorf("%s: got %v and\n%s\nwant %s in it", match[2], err, shown, match[1])
	}
}

func TestHintResetSolution(t *testing.T) {
	p := newProject(t)
	run := func(wantCode int, wants []string, args ...string) {
		t.Helper()
		code, out, stderr := p.workshop(args...)
		text := strings.Join(strings.Fields(out+stderr), " ")
		if code != wantCode {
			t.Errorf("%v: got exit code %d, want %d", args, code, wantCode)
		}
		if code != 0 && (strings.Count(stderr, "\n") != 1 || out != "") {
			t.Errorf("%v: got %q and %q, want one line on standard error", args, out, stderr)
		}
		testScreen(t, out)
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%v: got\n%s%s\nwant %q in it", args, out, stderr, want)
			}
		}
	}
	hints := exercises[0].hints
	run(0, []string{"Exercise 1, Dot: hint 1 of 3", hints[0]}, "-hint")
	run(0, []string{"hint 2 of 3", hints[1]}, "-hint")
	run(0, []string{"hint 3 of 3", hints[2], "That was the last hint."}, "-hint")
	run(0, []string{"hint 3 of 3", hints[2]}, "-hint")
	run(1, []string{"-solution 1: found Dot not begun, expected it done first"}, "-solution", "1")
	run(0, []string{"Exercise 1, Dot, is as at the start already."}, "-reset", "1")
	run(1, []string{"expected an exercise, 1 to 16"}, "-reset", "17")
	run(1, []string{"expected an exercise, 1 to 16"}, "-solution", "Dot")
	run(2, []string{"expected one at a time"}, "-hint", "-watch")
	run(1, []string{"expected an exercise, 1 to 16, or all"}, "-reset", "ALL")
	run(2, []string{"found \"17\", expected an exercise, 1 to 16"}, "17")
	run(2, []string{"found \"2\", expected one exercise"}, "1", "2")
	run(2, []string{"found \"2\", expected one exercise"}, "-reset", "1", "2")
	run(0, []string{"> 9 OutputLayerDelta not begun", "0 of 16 done. Exercise 9, OutputLayerDelta (part 9), is not begun:", "-hint 9"}, "9")
	run(0, []string{"Exercise 9, OutputLayerDelta: hint 1 of 3", exercises[8].hints[0]}, "-hint", "9")
	run(0, []string{"Exercise 9, OutputLayerDelta: hint 2 of 3"}, "-hint", "9")

	start := p.text
	p.write("Dot", slips[0].body)
	run(1, []string{"-solution 1: found Dot wrong"}, "-solution", "1")
	run(0, []string{"Exercise 1, Dot, is as at the start again. What you had is kept in network/workshop/kept_Dot_1.txt"}, "-reset", "1")
	if got, err := os.ReadFile(p.exercises()); err != nil || string(got) != start {
		t.Errorf("-reset: got %v and\n%s\nwant the file as it was at the start", err, got)
	}
	second := strings.Replace(slips[0].body, "= x[i][k]", "= 2 * x[i][k]", 1)
	p.text = start
	p.write("Dot", second)
	run(0, []string{"kept_Dot_2.txt"}, "-reset", "1")
	for name, body := range map[string]string{"kept_Dot_1.txt": slips[0].body, "kept_Dot_2.txt": second} {
		kept, err := os.ReadFile(filepath.Join(filepath.Dir(p.exercises()), name))
		if err != nil || !strings.HasSuffix(string(kept), "matrix.Matrix "+body+"\n") || !strings.HasPrefix(string(kept), "// Dot is exercise 1") {
			t.Errorf("%s: got %v and\n%s\nwant the comment and\n%s", name, err, kept, body)
		}
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(p.exercises()), "*.tmp")); err != nil || len(left) > 0 {
		t.Errorf("got the files %v, want none left", left)
	}
	p.text = start
	p.write("Dot", solvedBody("Dot"))
	run(0, []string{"Our Dot, exercise 1:", "func Dot(x, y matrix.Matrix) matrix.Matrix { z := matrix.New(x.Rows(), y.Cols()) for i"}, "-solution", "1")
	run(0, []string{"Exercise 2, Transpose: hint 1 of 3"}, "-hint")
	run(0, []string{"Exercise 1, Dot (part 4), is done:", "Your Dot is right. Ours: go run . workshop -solution 1"}, "1")
	p.text = start // who leaves some out is told of those that they do
	p.write("OutputLayerDelta", slips[8].body)
	run(0, []string{"Exercise 3, Sigmoid (part 2), is next:", "Your OutputLayerDelta calls it, so exercise 9 waits for it."})
	p.write("OutputLayerDelta", "{\n\treturn outputLayerError\n}")
	p.write("MSE", "{\n\treturn 1\n}")
	run(0, []string{"Exercise 7, MSE (part 6), is wrong:", "Also wrong: go run . workshop 9"})
	run(0, []string{"Exercise 9, OutputLayerDelta (part 9), is wrong:", "The mistake: slope missing.", "Also wrong: go run . workshop 7"}, "9")

	elsewhere := t.TempDir()
	for _, args := range [][]string{{"-hint"}, {"-reset", "1"}, {"-watch"}} {
		code, _, stderr := p.in(elsewhere, args...)
		if want := "found no go.mod of module backprop here or above"; code != 1 || !strings.Contains(stderr, want) || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%v elsewhere: got exit code %d and %q, want 1 and %q in one line", args, code, stderr, want)
		}
	}
	p.text = start
	p.write("Dot", solvedBody("Dot"))
	if code, out, _ := p.in(filepath.Dir(p.exercises())); code != 0 || !strings.Contains(out, "1 of 16 done") {
		t.Errorf("in a folder below: got exit code %d and\n%s\nwant the list", code, out)
	}
}

// -watch checks again at each save, shows what does not compile, and ends at an
// interrupt.
func TestWatch(t *testing.T) {
	p := newProject(t)
	cmd := exec.Command(p.program, "workshop", "-watch")
	cmd.Dir = p.root
	temp := t.TempDir()
	cmd.Env = append(os.Environ(), "TMPDIR="+temp, "TMP="+temp, "TEMP="+temp)
	var out watched
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	out.wait(t, "Exercise 1, Dot (part 4), is next:")
	p.write("Dot", slips[0].body)
	out.wait(t, "The mistake: "+slips[0].mistake)
	p.write("Dot", "{\n\treturn 1\n}")
	out.wait(t, "exercises.go:")
	p.write("Dot", solvedBody("Dot"))
	out.wait(t, "1 of 16 done. Exercise 2, Transpose")
	if runtime.GOOS == "windows" {
		return // a process cannot be sent an interrupt here
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("after an interrupt: got %v, want that it ends well", err)
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("after an interrupt: got %v left in the folder for temporary files, want nothing", left)
	}
}

// watched is a buffer that one can wait at.
type watched struct {
	mu   sync.Mutex
	b    bytes.Buffer
	seen int
}

func (w *watched) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.b.Write(b)
}

// wait waits until the text is there, behind what was waited for before, and the
// round has ended.
func (w *watched) wait(t *testing.T, want string) {
	t.Helper()
	for begin := time.Now(); time.Since(begin) < 30*time.Second; time.Sleep(20 * time.Millisecond) {
		w.mu.Lock()
		text := w.b.String()
		w.mu.Unlock()
		if at := strings.Index(text[w.seen:], want); at >= 0 {
			if end := strings.Index(text[w.seen+at:], "Ctrl-C to end.\n"); end >= 0 {
				w.seen += at + end
				return
			}
		}
	}
	t.Fatalf("got\n%s\nwithin 30 seconds, want %q", w.b.String(), want)
}

// What does not compile is shown with the line, and with what that means; each of
// the explanations is led to by something that people write.
func TestCompiler(t *testing.T) {
	p := newProject(t)
	explained := map[string]bool{}
	does := func(says string) {
		t.Helper()
		p.says("exercises.go does not compile yet", says)
		for _, m := range means {
			if strings.HasPrefix(strings.ReplaceAll(m.sentence, "`", ""), says) {
				explained[m.sentence] = true
			}
		}
	}
	for _, test := range []struct{ exercise, body, says string }{
		{"Dot", "{\n\tz := matrix.New(5, 2)\n\tfor i := range z {\n\t\tfor j := range z[i] {\n\t\t\tfor k := range y {\n\t\t\t\tz[i, j] += x[i, k] * y[k, j]\n\t\t\t}\n\t\t}\n\t}\n\treturn z\n}", "The number in row i and column j is z[i][j], with brackets"},
		{"Dot", "{\n\trow := []float64{}\n\tappend(row, 1)\n\treturn matrix.Matrix{row}\n}", "append returns the longer list: row = append(row, v)."},
		{"Dot", "{\n\trow := []float64{}\n\trow.append(1)\n\treturn matrix.Matrix{row}\n}", "append returns the longer list: row = append(row, v)."},
		{"Transpose", "{\n\tz := matrix.New(4, 5)\n\tz[0][0] == x[0][0]\n\treturn z\n}", "== compares two numbers; = alone sets one."},
		{"HiddenLayer", "{\n\tout := Dot(x, weights1)\n\tout[0][0] := Sigmoid(out[0][0])\n\treturn out, out\n}", ":= is for a new variable. A number of a matrix is set with"},
		{"Transpose", "{\n\tz := matrix.New(4, 5)\n\tfor i, j := range x {\n\t\tz[j][i] = x[i][j]\n\t}\n\treturn z\n}", "An index is a whole number. In for i, row := range x, i is"},
		{"Labels", "{\n\ty := matrix.New(5, 3)\n\ty[0][species] = 1\n\treturn y\n}", "An index is a whole number. In for i, row := range x, i is"},
		{"OutputLayerDelta", "{\n\tz := matrix.New(5, 3)\n\tz.Apply(func(o float64) float64 { o * (1 - o) }, outputLayerOutputs)\n\treturn z\n}", "This is computed, and then lost."},
		{"Sigmoid", "{\n\tz.Apply(math.Exp, z)\n\treturn z\n}", "This is one number, not a matrix."},
		{"Sigmoid", "{\n\treturn z[0]\n}", "This is one number, not a matrix."},
		{"OutputLayerError", "{\n\treturn MSE(outputLayerOutputs, y)\n}", "Compare with the line that begins with func: a matrix is returned"},
		{"OutputLayerDelta", "{\n\to := 0.5\n\tz := matrix.New(5, 3)\n\tz[0][0] = o (1 - o)\n\treturn z\n}", "Behind a number, a parenthesis needs an operator: o * (1 - o)."},
		{"Dot", "{\n\tz := [x.Rows()][y.Cols()]float64{}\n\treturn z\n}", "A matrix of zeros is made with matrix.New(rows, cols)."},
		{"Dot", "{\n\tz := matrix.Matrix(x.Rows(), y.Cols())\n\treturn z\n}", "A matrix of zeros is made with matrix.New(rows, cols)."},
		{"Dot", "{\n\tz := matrix.Zeros(5, 2)\n\treturn z\n}", "A matrix of zeros is made with matrix.New(rows, cols)."},
		{"Dot", "{\n\tz := New(5, 2)\n\treturn z\n}", "A matrix of zeros is made with matrix.New(rows, cols)."},
		{"Dot", "{\n\tz := y[:, 1]\n\treturn z\n}", "A whole row is z[i]."},
		{"Dot", "{\n\tz := matrix.New((x.Rows(), y.Cols()))\n\treturn z\n}", "No parentheses around several values:"},
		{"HiddenLayer", "{\n\ta := Dot(x, weights1)\n\treturn (a, a)\n}", "No parentheses around several values:"},
		{"Labels", "{\n\ty := matrix.New(5, 3)\n\ty[0] = {1, 0, 0}\n\treturn y\n}", "Lists are not written like that here."},
		{"HiddenLayer", "{\n\tf := lambda z: 1 / z\n\treturn x, x\n}", "A function without a name is"},
		{"Sigmoid", "{\n\treturn 1 if z > 0 else 0\n}", "There is no such expression in Go."},
		{"Sigmoid", "{\n\t\"\"\"docstring\"\"\"\n\treturn 0\n}", "A comment begins with //."},
		{"MSE", "{\n\tfloat64 n := 3\n\treturn n\n}", "A new variable is sum := 0.0, with no type, let or var in"},
		{"MSE", "{\n\tif y is nil and true {\n\t}\n\treturn 0\n}", "It is && for and, || for or, ! for not, == for is."},
		{"Transpose", "{\n\treturn [[r[i] for r in x] for i in range(4)]\n}", "There are no list comprehensions in Go:"},
		{"Weights1Update", "{\n\tu := Dot(Transpose(x), hiddenLayerDelta)\n\treturn\n}", "Behind return stands what you computed: return z."},
		{"HiddenLayerError", "{\n\treturn Dot(outputLayerDelta, weights2.Transpose())\n}", "An operation such as z.Dot(x, y) returns nothing"},
		{"HiddenLayer", "{\n\ta := Dot(x, weights1)\n\ta.Apply(Sigmoid(), a)\n\treturn a, a\n}", "Sigmoid takes one number and returns one."},
		{"OutputLayerDelta", "{\n\td := matrix.New(5, 3)\n\td.Sub(1, outputLayerOutputs)\n\treturn d\n}", "Go has no operators for matrices, only for numbers, and does"},
		{"OutputLayerDelta", "{\n\td := matrix.New(5, 3)\n\td.Apply(slope, outputLayerOutputs)\n\treturn d\n}\n\nfunc slope(o float64) { return o * (1 - o) }", "A function says what it takes and what it returns:"},
		{"OutputLayerDelta", "{\n\tslope := func(o float64) { return o * (1 - o) }\n\td := matrix.New(5, 3)\n\td.Apply(slope, outputLayerOutputs)\n\treturn d\n}", "A function says what it takes and what it returns:"},
		{"OutputLayerDelta", "{\n\td := matrix.New(5, 3)\n\td.Apply(func(o) { return o * (1 - o) }, outputLayerOutputs)\n\treturn d\n}", "A function says what it takes and what it returns:"},
		{"OutputLayerDelta", "{\n\tfunc slope(o float64) float64 {\n\t\treturn o * (1 - o)\n\t}\n\treturn nil\n}", "A function inside a function has no name of its own:"},
		{"Dot", "{\n\tz := matrix.New(5, 2)\n\tfor i := range z {\n\t\tz[i][0] = 1\n\t\t}\n\t}\n\treturn z\n}", "The function above has ended already:"},
		{"Weights2Update", "{\n\tu := Dot(Transpose(hiddenLayerOutputs), outputLayerDelta)\n\tn := y.Rows() * y.Cols()\n\tu.Scale(1/n, u)\n\treturn u\n}", "Whole numbers (int) and float64 do not mix in Go."},
		{"MSE", "{\n\tsum := 0.0\n\tfor i, row := range y {\n\t\tsum += row[0]\n\t}\n\treturn sum\n}", "Write _ for what you do not need:"},
		{"Train", "{\n\tfor epoch := range epochs {\n\t\tweights1, weights2 = Step(x, y, weights1, weights2, learningRate)\n\t}\n\treturn weights1, weights2\n}", "Write _ for what you do not need:"},
		{"HiddenLayer", "{\n\ta := Dot(x, weights_1)\n\treturn a, a\n}", "The series' names are written without _ here:"},
		{"MSE", "{\n\treturn float(3)\n}", "A whole number n as a float64 is float64(n)."},
		{"MSE", "{\n\treturn abs(3)\n}", "These are math.Abs, math.Pow and math.Sqrt."},
		{"Labels", "{\n\tfor i, s := enumerate(species) {\n\t}\n\treturn nil\n}", "It is for i, s := range species { … }:"},
		{"Labels", "{\n\ty := matrix.New(species, 3)\n\treturn y\n}", "This is no matrix but a plain list: how long it is says"},
		{"Labels", "{\n\ty := matrix.New(5, 3)\n\ty[0][0] = true\n\treturn y\n}", "What is true is written as the number 1 here,"},
		{"Labels", "{\n\ty := matrix.New(5, 3)\n\ty[0][0] = True\n\treturn y\n}", "What is true is written as the number 1 here,"},
		{"Sigmoid", "{\n\te = math.Exp(-z)\n\treturn e\n}", "There is nothing of that name here. A new variable begins"},
		{"MSE", "{\n\tsum := 0.0\n\tsum += y[0]\n\treturn sum\n}", "This is a whole row."},
		{"MSE", "{\n\tfmt.Println('here', y)\n\treturn 0\n}", "Text stands between two"},
		{"MSE", "{\n\treturn y[-1][0]\n}", "There is no counting from the end:"},
		{"MSE", "{\n\ts: float64 = 1\n\treturn s\n}", "A new variable is sum := 0.0, with no type, let or var in"},
		{"Dot", "{\n\tretrun x\n}", "Is the first word written right?"},
		{"Dot", "{\n\tz := matrix.New(x.Rows())\n\treturn z\n}", "Compare with what it takes:"},
		{"Dot", "{\n\tz := matrix.New()\n\treturn z\n}", "Compare with what it takes:"},
		{"Sigmoid", "{\n\treturn math.Exp()\n}", "Compare with what it takes:"},
		{"HiddenLayer", "{\n\ta := Dot(x, weights1)\n\ta.Apply(Sigmoid)\n\treturn a, a\n}", "Compare with what it takes:"},
		{"Dot", "{\n\tz := matrix.New(x.Rows, y.Cols)\n\treturn z\n}", "Rows and Cols are functions, so they are called:"},
		{"MSE", "{\n\tfmt.Println(\"y is \" y)\n\treturn 0\n}", "Here or just before, something is missing or too much: a"},
		{"Sigmoid", "{\n\tis := 1 / (1 + math.Exp(-z)\n\treturn is\n}", "Here or just before, something is missing or too much: a"},
		{"Dot", "{\n\tz := matrix.New(x.Rows(), y.Cols() // zeros if new else old, for each row in x\n\treturn z\n}", "Here or just before, something is missing or too much: a"},
		{"Sigmoid", "{\n\treturn 1 / (1 + math.Exp(−z))\n}", "This is the dash of a text. A minus is -."},
		{"Sigmoid", "{\n\treturn z > 0 ? 1 : 0\n}", "There is no ? in Go:"},
		{"Dot", "{\n\treturn None\n}", "What is not there is nil in Go."},
		{"Dot", "{\n\treturn 0\n}", "Compare with the line that begins with func: a matrix is returned"},
		{"Dot", "{\n\tfmt.Println(\"x: \" + x)\n\treturn x\n}", "fmt.Println(\"x is\", x) shows several things:"},
		{"Dot", "{\n\tfor i := 0.0; i < x.Rows(); i++ {\n\t}\n\treturn x\n}", "A loop counts in whole numbers:"},
		{"Labels", "{\n\tspecies.forEach((s, i) => { y[i][s] = 1 })\n\treturn nil\n}", "A function without a name is"},
		{"Transpose", "{\n\tz := matrix.New(4, 5)\n\tfor row := range x {\n\t\tz[0][0] = row[0]\n\t}\n\treturn z\n}", "for i := range x counts."},
		{"Labels", "{\n\ty := matrix.New(5, 3)\n\ty[species[0]] = 1\n\treturn y\n}", "This is a whole row."},
		{"Transpose", "{\n\tx[0] = x[0] * 2\n\treturn x\n}", "Go has no operators for matrices, only for numbers, and does"},
		{"Transpose", "{\n\tif x {\n\t}\n\treturn x\n}", "A condition compares, as in"},
		{"Labels", "{\n\tfor i := 0; i < species; i++ {\n\t}\n\treturn nil\n}", "This is no matrix but a plain list: how long it is says"},
		{"Transpose", "{\n\tconst n = x.Rows()\n\treturn x\n}", "const is for what is known beforehand."},
		{"Sigmoid", "{\n\treturn 0\n}\n\ndef f(z):\n\treturn z\n", "A function begins with func:"},
		{"MSE", "{\n\tfor i in range(y.Rows()) {\n\t}\n\treturn 0\n}", "Go counts with for i := 0; i < n; i++ { … }, or with for i"},
		{"MSE", "{\n\ti := 0\n\twhile i < len(y) {\n\t}\n\treturn 0\n}", "There is no while in Go: for i < n { … } is the same."},
		{"MSE", "{\n\tint sum = 0\n\treturn 0\n}", "A new variable is sum := 0.0, with no type, let or var in"},
		{"MSE", "{\n\tfloat64 sum = 0\n\treturn 0\n}", "A new variable is sum := 0.0, with no type, let or var in"},
		{"MSE", "{\n\tfor int i = 0; i < 3; i++ {\n\t}\n\treturn 0\n}", "A new variable is sum := 0.0, with no type, let or var in"},
		{"MSE", "{\n\tfor (i := 0; i < 3; i++) {\n\t}\n\treturn 0\n}", "No parentheses around it: for i := 0; i < n; i++ { … }."},
		{"MSE", "{\n\ti := 0\n\t++i\n\treturn 0\n}", "It is i++, with the ++ behind."},
		{"MSE", "{\n\tfor i := 0; i < 3; ++i {\n\t}\n\treturn 0\n}", "It is i++, with the ++ behind."},
		{"MSE", "{\n\t# my loop\n\treturn 0\n}", "A comment begins with //."},
		{"Labels", "{\n\ty := matrix.New(5, 3)\n\ty[0] = [1, 0, 0]\n\treturn y\n}", "Lists are not written like that here. Make a matrix with"},
		{"Labels", "{\n\tif species[0] = 0 {\n\t}\n\treturn nil\n}", "Two numbers are compared with ==; = alone sets a variable."},
		{"Labels", "{\n\tif species[0] == 0 {\n\t}\n\telse {\n\t}\n\treturn nil\n}", "It is } else { or } else if … {, on the same line as the"},
		{"Labels", "{\n\tif species[0] == 0 {\n\t} elif species[0] == 1 {\n\t}\n\treturn nil\n}", "It is } else { or } else if … {, on the same line as the"},
		{"MSE", "{\n\tfor i := 0; i < 3; i++:\n\t\tfmt.Println(i)\n\treturn 0\n}", "Go has { at the end of the line where Python has a colon,"},
		{"MSE", "{\n\tvar z := 0\n\treturn 0\n}", "A new variable is sum := 0.0, with no type, let or var in"},
		{"MSE", "{\n\tfor i := 0, i < 3, i++ {\n\t}\n\treturn 0\n}", "Semicolons separate the three parts: for i := 0; i < n; i++"},
		{"MSE", "{\n\treturn sum([0])\n}", "Lists are not written like that here. Make a matrix with"},
		{"MSE", "{\n\tz := y\n\treturn z[0, 1]\n}", "The number in row i and column j is z[i][j], with brackets"},
		{"MSE", "{\n\td := 0.5\n\treturn d ** 2\n}", "Go has no operator for powers: write d * d, or math.Pow(d,"},
		{"MSE", "{\n\td := 0.5\n\treturn d ^ 2\n}", "Go has no operator for powers: write d * d, or math.Pow(d,"},
		{"MSE", "{\n\treturn math.pow(2, 2)\n}", "What a package has for others begins with a capital letter:"},
		{"MSE", "{\n\treturn math.exp(2)\n}", "What a package has for others begins with a capital letter:"},
		{"MSE", "{\n\treturn math.Sigmoid(2)\n}", "There is nothing of that name here. A new variable begins"},
		{"MSE", "{\n\tn := y.Rows\n\treturn float64(n)\n}", "Rows and Cols are functions, so they are called: x.Rows(),"},
		{"MSE", "{\n\treturn float64(y.Rows * 2)\n}", "Rows and Cols are functions, so they are called: x.Rows(),"},
		{"MSE", "{\n\tfor i := 0; i < y.Rows; i++ {\n\t}\n\treturn 0\n}", "Rows and Cols are functions, so they are called: x.Rows(),"},
		{"MSE", "{\n\treturn float64(y.rows())\n}", "A matrix m has m.Rows() and m.Cols(), and z.Dot(x, y),"},
		{"MSE", "{\n\treturn float64(y.size())\n}", "A matrix m has m.Rows() and m.Cols(), and z.Dot(x, y),"},
		{"Labels", "{\n\ty := matrix.New(species.Rows(), 3)\n\treturn y\n}", "This is no matrix but a plain list: how long it is says"},
		{"HiddenLayer", "{\n\tz := Dot(x, weights1)\n\treturn z, Sigmoid(z)\n}", "Sigmoid takes one number and returns one. For each number"},
		{"HiddenLayer", "{\n\tz := Dot(x, weights1)\n\ta := z\n\ta.Apply(z, Sigmoid)\n\treturn z, a\n}", "The order is z.Apply(f, x) and z.Scale(s, x): the matrix"},
		{"HiddenLayer", "{\n\tz := Dot(x, weights1)\n\ta := Apply(Sigmoid, z)\n\treturn z, a\n}", "The operations of package matrix write into the matrix"},
		{"HiddenLayer", "{\n\tz := matrix.Dot(x, weights1)\n\treturn z, z\n}", "The operations of package matrix write into the matrix"},
		{"Weights2Update", "{\n\tu := Dot(hiddenLayerOutputs, y)\n\tu.Scale(u, 0.1)\n\treturn u\n}", "The order is z.Apply(f, x) and z.Scale(s, x): the matrix"},
		{"Step", "{\n\treturn Descend(learningRate, weights1), weights2\n}", "Compare with the line that begins with func and this name:"},
		{"Step", "{\n\treturn Descend(learningRate, weights1, weights2), weights2\n}", "Something of another kind is expected in this place."},
		{"HiddenLayerError", "{\n\treturn Dot(outputLayerDelta, weights2.T)\n}", "A matrix m has m.Rows() and m.Cols(), and z.Dot(x, y),"},
		{"Descend", "{\n\tw := matrix.New(2, 3)\n\tw.Add(weights, update)\n\treturn w\n}", "A matrix m has m.Rows() and m.Cols(), and z.Dot(x, y),"},
		{"Step", "{\n\treturn HiddenLayerError(OutputLayerError, y, weights2), weights2\n}", "This is the name of a function, not of a variable. Go tells"},
		{"Labels", "{\n\ty := matrix.New(5, 3)\n\tif species[0] == \"setosa\" {\n\t}\n\treturn y\n}", "A species is a number here: 0 is setosa, 1 versicolor, 2"},
		{"Train", "{\n\tfor epochs {\n\t}\n\treturn weights1, weights2\n}", "To do something n times: for i := 0; i < n; i++ { … }."},
		{"MSE", "{\n\tsum := 0.0\n\tfor _, r := range y {\n\t\tfor v := range r {\n\t\t\tsum += v\n\t\t}\n\t}\n\treturn sum\n}", "Whole numbers (int) and float64 do not mix in Go. Write"},
		{"HiddenLayer", "{\n\treturn numpy.dot(x, weights1)\n}", "eᵛ is math.Exp(v), in Go's package math. There is no NumPy"},
		{"HiddenLayerError", "{\n\treturn Dot(outputLayerDelta, weights2ᵀ)\n}", "There is nothing of that name here. A new variable begins"},
		{"Descend", "{\n\tw := new(matrix.Matrix)\n\treturn w\n}", "A matrix of zeros is made with matrix.New(rows, cols)."},
		{"MSE", "{\n\tsum = 0.0\n\treturn sum\n}", "There is nothing of that name here. A new variable begins"},
		{"MSE", "{\n\tlet sum = 0.0\n\treturn sum\n}", "A new variable is sum := 0.0, with no type, let or var in"},
		{"MSE", "{\n\tconst sum = 0.0\n\tsum += 1\n\treturn sum\n}", "This cannot be changed. Make a variable with := instead."},
		{"MSE", "{\n\tsum := 0.0;\n\treturn sum +\n}", "Here or just before, something is missing or too much: a"},
		{"MSE", "{\n\tfor i := 0; i < 3; i++ {\n\treturn 0\n}", "In the function above this one, a } is missing: each { has"},
		{"Dot", "{\n\tz := matrix.New(x.Rows(), y.Cols())\n\tfor i := range z {\n\t\tfor j := range z[i] {\n\t\t\tz[i][j] = 1\n\t}\n\treturn z\n}", "In the function above this one, a } is missing: each { has"},
		{"Sigmoid", "{\n\treturn 1 / (1 + math.Exp(-z)\n}", "Here or just before, something is missing or too much: a"},
		{"Sigmoid", "{\n\treturn 1 / (1 + math.Exp(-z)))\n}", "Here or just before, something is missing or too much: a"},
		{"Sigmoid", "{\n\treturn 1 / (1 + exp(-z))\n}", "eᵛ is math.Exp(v), in Go's package math. There is no NumPy"},
		{"Sigmoid", "{\n\treturn 1 / (1 + math.E ** -z)\n}", "Go has no operator for powers: write d * d, or math.Pow(d,"},
		{"Sigmoid", "{\n\treturn 1 / (1 + e^(-z))\n}", "eᵛ is math.Exp(v), in Go's package math. There is no NumPy"},
		{"Sigmoid", "{\n\treturn 1 / (1 + Math.exp(-z))\n}", "eᵛ is math.Exp(v), in Go's package math. There is no NumPy"},
		{"Sigmoid", "{\n\ts := 1 / (1 + math.Exp(-z))\n}", "The last line of the function has to be return with the"},
		{"Sigmoid", "{\n\tif z > 0 {\n\t\treturn 1\n\t}\n}", "The last line of the function has to be return with the"},
		{"Dot", "{\n\treturn [[0]]\n}", "Lists are not written like that here. Make a matrix with"},
		{"Dot", "{\n\treturn x @ y\n}", "Go does not know this character. The dot product is Dot(x,"},
		{"Dot", "{\n\treturn x * y\n}", "Go has no operators for matrices, only for numbers, and does"},
		{"Descend", "{\n\treturn weights - learningRate*update\n}", "Go has no operators for matrices, only for numbers, and does"},
		{"MSE", "{\n\tn := len(y) * len(y[0])\n\treturn 1 / (2 * n)\n}", "Whole numbers (int) and float64 do not mix in Go. Write"},
		{"MSE", "{\n\tn := len(y)\n\treturn 0.5 * n\n}", "Whole numbers (int) and float64 do not mix in Go. Write"},
		{"MSE", "{\n\tsum := 0\n\tfor i := range y {\n\t\tsum += y[i][0] * y[i][0]\n\t}\n\treturn sum\n}", "Whole numbers (int) and float64 do not mix in Go. Write"},
		{"Train", "{\n\tfor i := 0; i < epochs; i++ {\n\t\tweights1 = Step(x, y, weights1, weights2, learningRate)\n\t}\n\treturn weights1, weights2\n}", "The number of values does not fit. HiddenLayer,"},
		{"Train", "{\n\tfor i := 0; i < epochs; i++ {\n\t\tweights1, weights2 := Step(x, y, weights1, weights2, learningRate)\n\t}\n\treturn weights1, weights2\n}", "Go wants every variable to be used: use this one, or take"},
		{"Dot", "{\n\tsum := 0.0\n\treturn nil\n}", "Go wants every variable to be used"},
		{"MSE", "{\n\tsum := 0.0\n\tfor range y {\n\t\tsum := 1.0\n\t}\n\treturn sum\n}", "Go wants every variable to be used"},
		{"Dot", "{\n\tfmt.Println(x)\n}", "The last line of the function has to be return"},
		{"HiddenLayer", "{\n\tz := x.Dot(x, weights1)\n\treturn z, z\n}", "An operation such as z.Dot(x, y) returns nothing"},
		{"Sigmoid", "{\n\tz := 1 / (1 + math.Exp(-z))\n\tz := z\n\treturn z\n}", ":= makes a new variable"},
		{"MSE", "{\n\tsum := 0.0\n\treturn sum / (2 * y.Rows())\n}", "Whole numbers (int) and float64 do not mix"},
		{"MSE", "{\n\treturn y.Rows()\n}", "Whole numbers (int) and float64 do not mix"},
		{"OutputLayerError", "{\n\treturn outputLayerOutputs - y\n}", "Go has no operators for matrices"},
		{"HiddenLayer", "{\n\treturn x\n}", "The number of values does not fit"},
		{"HiddenLayer", "{\n\tz := Dot(x)\n\treturn z, z\n}", "Compare with the line that begins with func"},
		{"Sigmoid", "{\n\treturn 0\n}\n\nfunc Dot() {}", "This name is there twice"},
		{"Dot", "{\n\tfor i := range x\n\t{\n\t}\n\treturn x\n}", "Here or just before, something is missing"},
	} {
		p.text = startText
		p.write(test.exercise, test.body)
		does(test.says)
		if code, hint, _ := p.workshop("-hint"); code != 0 || !strings.Contains(hint, test.exercise+": hint ") && !strings.Contains(test.says, "twice") {
			t.Errorf("%s: -hint: got\n%s\nwant a hint for %s", test.body, hint, test.exercise)
		}
	}

	// outside of the functions
	p.text = strings.Replace(startText, "\t\"math\"\n", "\t\"math\"\n\t\"os\"\n", 1)
	p.save()
	does("An import that nothing uses has to go.")
	p.text = strings.Replace(strings.Replace(startText, "var _, _ = fmt.Println, math.Exp", "", 1), "\t\"math\"\n", "", 1)
	p.write("Sigmoid", "{\n\tfmt.Println(z)\n\treturn 1 / (1 + math.Exp(-z))\n}")
	does("It is no longer imported:")
	p.text = strings.Replace(startText, "package workshop\n", "package main\n", 1)
	p.save()
	does("The files in this folder begin with package workshop.")
	p.text = strings.Replace(startText, "\t\"math\"\n", "\t\"math\"\n\t\"numpy\"\n", 1)
	p.save()
	does("There are no other packages here:")
	p.text = ""
	p.save()
	does("The file does not begin with package workshop.")
	for _, m := range means {
		if !explained[m.sentence] {
			t.Errorf("nothing leads to %q", m.sentence)
		}
	}

	// What is not the learner's fault is not said to be.
	p.text = startText
	p.save()
	p.env = append(p.env, "GOFLAGS=-mod=nonsense")
	if code, out, stderr := p.workshop(); code != 1 || out != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, "nothing is wrong with exercises.go") {
		t.Errorf("no build: got %d, %q and %q, want 1 and one line", code, out, stderr)
	}
	p.env = p.env[:len(p.env)-1]

	// What runs before any function does.
	p.text = startText
	p.write("Dot", "{\n\treturn x\n}")
	p.text += "\nfunc init() { panic(\"too early\\nby far\") }\n"
	p.save()
	if code, out, stderr := p.workshop(); code != 1 || out != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, "no exercise could begin") || !strings.Contains(stderr, "too early") {
		t.Errorf("init: got %d, %q and %q, want 1 and one line", code, out, stderr)
	}

	// The first two are to be loops.
	p.text = startText
	p.write("Dot", "{\n\tz := matrix.New(x.Rows(), y.Cols())\n\tz.Dot(x, y)\n\treturn z\n}")
	p.says("Exercise 1, Dot (part 4), is wrong", "It is right, but it leaves the work to package matrix.")

	// A function that is gone, or another one, is put back.
	from, to := parse(startText).span("Transpose")
	body := func(text, name, body string) string { return filled(t, text, name, body) }
	for name, text := range map[string]string{
		"gone":             startText[:from] + startText[to:],
		"renamed":          strings.Replace(body(startText, "HiddenLayerError", "{\n\treturn Transpose(weights2)\n}"), "func Transpose(", "func Transposed(", 1),
		"other parameters": strings.Replace(startText, "func Transpose(x matrix.Matrix) matrix.Matrix", "func Transpose(x, y matrix.Matrix) matrix.Matrix", 1),
	} {
		p.text = text
		p.save()
		p.says("Exercise 2, Transpose, is no longer there, or it has other parameters", "go run . workshop -reset 2")
		if code, _, stderr := p.workshop("-reset", "2"); code != 0 {
			t.Fatalf("%s: -reset: got %d and %s", name, code, stderr)
		}
		p.says("0 of 16 done. Exercise ", " is next:")
	}
}

// Right code is right, however it is put together; and who leaves the work of the first
// two to package matrix in a roundabout way is told so, too.
func TestOwnWays(t *testing.T) {
	p := newProject(t)
	full := solved(t, startText)
	for name, test := range map[string]struct{ text, says string }{
		"variables with functions": {
			strings.Replace(full, "func Dot(x, y matrix.Matrix) matrix.Matrix {", "var Dot = func(x, y matrix.Matrix) matrix.Matrix {", 1),
			"All 16 are done",
		},
		"an own method of that name": {
			filled(t, full, "Dot", "{\n\treturn own(x).Dot(own(y))\n}") + "\ntype own matrix.Matrix\n\nfunc (x own) Dot(y own) matrix.Matrix { return dots(matrix.Matrix(x), matrix.Matrix(y)) }\n\nfunc dots(x, y matrix.Matrix) matrix.Matrix " + solvedBody("Dot") + "\n",
			"All 16 are done",
		},
		"a helper that leaves it to package matrix": {
			filled(t, full, "Dot", "{\n\treturn helper(x, y)\n}") + "\nfunc helper(x, y matrix.Matrix) matrix.Matrix {\n\tz := matrix.New(x.Rows(), y.Cols())\n\tz.Dot(x, y)\n\treturn z\n}\n",
			"Exercise 1, Dot (part 4), is wrong: z[i][j] = Σₖ x[i][k]·y[k][j] 5×4 · 4×2 = 5×2 It is right, but it leaves the work to package matrix.",
		},
		"signs turned, and one between them left out": {
			filled(t, filled(t, filled(t, full, "OutputLayerError", "{\n\tz := matrix.New(y.Rows(), y.Cols())\n\tz.Sub(y, outputLayerOutputs)\n\treturn z\n}"), "Weights1Update", "{\n\treturn nil\n}"),
				"Descend", "{\n\tz := matrix.New(weights.Rows(), weights.Cols())\n\tz.Scale(-learningRate, update)\n\tz.Sub(weights, z)\n\treturn z\n}"),
			"The sign is turned in 8 (OutputLayerError) and 14 (Descend). Two turned signs are right, too, such as y − out in OutputLayerError and weights + … in Descend, exercise 14. 11 of 16 done. Exercise 13, Weights1Update (part 12), is next:",
		},
		"a training with named results": {
			filled(t, full, "Train", "{\n\tfor i := 0; i < epochs; i++ {\n\t\tnewWeights1, newWeights2 = Step(x, y, weights1, weights2, learningRate)\n\t\tweights1, weights2 = newWeights1, newWeights2\n\t}\n\treturn\n}"),
			"All 16 are done",
		},
		"a wrong exercise called through a variable": {
			filled(t, filled(t, full, "Descend", "{\n\treturn weights\n}"), "Step", strings.ReplaceAll(solvedBody("Step"), "Descend(", "down(")) + "\nvar down = Descend\n",
			"13 of 16 done. Exercise 14, Descend",
		},
	} {
		p.text = test.text
		p.save()
		if out := p.says(test.says); strings.Contains(out, "They should be the same, and are not") {
			t.Errorf("%s: got\n%s\nwant the same training as ours", name, out)
		}
	}
}

// What the text of a function shows is said, where it can be the reason.
func TestClues(t *testing.T) {
	p := newProject(t)
	loops := func(body string) string {
		return "{\n\tz := matrix.New(y.Rows(), y.Cols())\n\tfor i := range z {\n\t\tfor j := range z[i] {\n\t\t\t" + body + "\n\t\t}\n\t}\n\treturn z\n}"
	}
	all := []string{
		"In Go, a whole number divided by", "A new matrix is full of zeros, and zero times anything", "1 - out needs parentheses",
		"With := in a loop, you make a new z; = sets the one outside.", "An operation writes into the matrix before its dot",
		"you make a new row", // which is only counted with
	}
	for _, test := range []struct {
		body, of string
		says     []string
	}{
		{loops("z[i][j] *= outputLayerOutputs[i][j] - y[i][j]"), "", all[1:2:2]},
		{loops("z[i][j] = float64(1/2) * (outputLayerOutputs[i][j] - y[i][j])"), ", perhaps of an integer division", all[:1:1]},
		{loops("z := outputLayerOutputs[i][j] - y[i][j]\n\t\t\t_ = z"), "", all[3:4:4]},
		{"{\n\tz, d := matrix.New(y.Rows(), y.Cols()), matrix.New(y.Rows(), y.Cols())\n\td.Sub(outputLayerOutputs, y)\n\treturn z\n}", "", all[4:5:5]},
		{loops("d := outputLayerOutputs[i][j] - y[i][j]\n\t\t\tz[i][j] = d * 1 - d"), ", perhaps of missing parentheses", all[2:3:3]},
		{loops("d := outputLayerOutputs[i][j] - y[i][j] // rows/cols\n\t\t\tz[i][j] *= d / float64(y.Rows())"), "", all[1:2:2]},
		{"{\n\tz := matrix.New(y.Rows(), y.Cols())\n\tfor row := 0; row < 5; row++ {\n\t\tz[row][0] *= outputLayerOutputs[row][0]\n\t}\n\tfor row := 0; row < 5; row++ {\n\t\tz[row][1] *= 2\n\t}\n\treturn z\n}", "", all[1:2:2]},
		{loops("n := y.Rows() * (y.Cols() + 1)\n\t\t\tz[i][j] = float64(y.Rows()/n) * outputLayerOutputs[i][j]"), ", perhaps of an integer division", all[:1:1]},
	} {
		p.text = startText
		p.write("OutputLayerError", test.body)
		out := strings.Join(strings.Fields(p.says(append(test.says, "The mistake: every number is 0"+test.of+".")...)), " ")
		for _, clue := range all {
			if strings.Contains(out, clue) != strings.Contains(strings.Join(test.says, "|"), clue) {
				t.Errorf("%s: got\n%s\nwant %q, and no others", test.body, out, test.says)
			}
		}
	}

	p.text = solved(t, startText)
	p.write("Weights2Update", "{\n\tz := Dot(Transpose(hiddenLayerOutputs), outputLayerDelta)\n\tfor _, row := range z {\n\t\tfor _, v := range row {\n\t\t\tv /= float64(y.Rows() * y.Cols())\n\t\t}\n\t}\n\treturn z\n}")
	p.says("The mistake: N missing.", "v is a copy: setting it changes nothing else.")
	p.text = solved(t, startText)
	p.write("MSE", "{\n\tsum := 0.0\n\tfor i := range y {\n\t\tfor j, v := range y[i] {\n\t\t\tv -= outputLayerOutputs[i][j]\n\t\t\tsum += v * v\n\t\t}\n\t}\n\tprintln(y)\n\treturn sum\n}")
	if out := p.says("The mistake: N and the factor ½ missing.", "(print shows where a matrix is in the memory. Its numbers: fmt.Println.)"); strings.Contains(out, "is a copy") {
		t.Errorf("got\n%s\nwant nothing of a copy: it is used", out)
	}
	p.text = solved(t, startText)
	p.write("HiddenLayerError", "{\n\treturn nil\n\treturn Dot(outputLayerDelta, Transpose(weights2))\n}")
	p.says("hidden_layer_error is nil, expected a 5×2 matrix.", "returns, so what stands behind it is never done. Is it the return of the start?")
	p.text = solved(t, startText)
	p.write("HiddenLayer", "{\n\tfor range x {\n\t\thiddenLayerInputs := Dot(x, weights1)\n\t\thiddenLayerOutputs = hiddenLayerInputs\n\t}\n\treturn\n}")
	p.says("hidden_layer_inputs is nil, expected a 5×2 matrix. (A result that has a name is nil at first.")
	p.text = solved(t, startText)
	p.write("Labels", "{\n\ty := matrix.New(len(species), 3)\n\tfor i, s := range species {\n\t\ty[i][s-1] = 1\n\t}\n\treturn y\n}")
	p.says("index out of range [-1]. Rows, columns and species count from 0")
	p.write("Labels", "{\n\treturn matrix.New(0, 3)\n}")
	p.says("A size is 0. Has the matrix that it comes from been made already?")
}

// An interrupt while the exercises are built leaves nothing behind.
func TestInterruptedBuild(t *testing.T) {
	p := newProject(t)
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot be sent an interrupt here")
	}
	temp := t.TempDir()
	for wait := 10 * time.Millisecond; wait < 400*time.Millisecond; wait *= 2 {
		cmd := exec.Command(p.program, "workshop")
		cmd.Dir = p.root
		cmd.Env = append(os.Environ(), "TMPDIR="+temp, "GOTMPDIR=", "GOCACHE="+t.TempDir()) // so that it takes its time
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(wait)
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		cmd.Wait()
		if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
			t.Errorf("after %v: got %v left in the folder for temporary files, want nothing (%s)", wait, left, stderr.String())
		}
		if strings.Count(stderr.String(), "\n") > 1 {
			t.Errorf("after %v: got %q, want one line at most", wait, stderr.String())
		}
	}
}

// Whatever has become of the file, -reset gets it back, and keeps what was there.
func TestResetBrokenFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, file)
	read := func(name string) string {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	body := func(text, name, body string) string { return filled(t, text, name, body) }
	full := solved(t, startText)
	windows := strings.ReplaceAll(full, "\n", "\r\n")
	for _, test := range []struct {
		name, exercise, text, want string
		kept                       string // what the kept file has, and no more
	}{
		{"right", "MSE", full, body(full, "MSE", "{\n\treturn 0\n}"), ""},
		{"a brace missing", "Sigmoid", body(full, "Sigmoid", "{\n\tif z > 0 {\n\treturn 1\n}"), body(full, "Sigmoid", "{\n\treturn 0\n}"), "\tif z > 0 {\n\treturn 1\n}\n"},
		{"a brace too many", "Sigmoid", body(full, "Sigmoid", "{\n\treturn 1\n}\n}"), body(full, "Sigmoid", "{\n\treturn 0\n}"), "\treturn 1\n}\n}\n"},
		{"no func", "Sigmoid", strings.Replace(full, "func Sigmoid(", "def Sigmoid(", 1), body(full, "Sigmoid", "{\n\treturn 0\n}"), "\n}\n"},
		{"all braces missing", "Sigmoid", body(full, "Sigmoid", "{\n\treturn 1\n"), body(full, "Sigmoid", "{\n\treturn 0\n}"), "\treturn 1\n"},
		{"the next one's comment gone", "Sigmoid", strings.Replace(body(full, "Sigmoid", "{\n\treturn (\n}"), "// HiddenLayer is exercise 4", "// 4", 1), strings.Replace(body(full, "Sigmoid", "{\n\treturn 0\n}"), "// HiddenLayer is exercise 4", "// 4", 1), ""},
		{"a helper below", "Sigmoid", strings.Replace(body(full, "Sigmoid", "{\n\treturn (\n}"), "// HiddenLayer is", "// own halves.\nfunc own(v float64) float64 { return v / 2 }\n\nvar rate = 0.1\n\n// HiddenLayer is", 1),
			strings.Replace(body(full, "Sigmoid", "{\n\treturn 0\n}"), "// HiddenLayer is", "// own halves.\nfunc own(v float64) float64 { return v / 2 }\n\nvar rate = 0.1\n\n// HiddenLayer is", 1), ""},
		{"the last", "Train", strings.TrimRight(body(full, "Train", "{\n\tfor (\n"), "\n"), body(full, "Train", "{\n\treturn nil, nil\n}"), "\tfor (\n"},
		{"Windows", "MSE", windows, strings.ReplaceAll(body(full, "MSE", "{\n\treturn 0\n}"), "\n", "\r\n"), "\treturn sum / float64(2*n)\r\n}\n"},
		{"Windows, everything", "", windows, strings.ReplaceAll(startText, "\n", "\r\n"), windows + "\n"},
		{"everything", "", "no Go at all", startText, "no Go at all\n"},
		{"the exercise is all there is", "Dot", "package workshop\n", "package workshop\n\n" + startText[start1("Dot"):end1("Dot")] + "\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := os.WriteFile(path, []byte(test.text), 0o666); err != nil {
				t.Fatal(err)
			}
			changed, kept, err := reset(dir, test.exercise)
			if err != nil || !changed {
				t.Fatalf("got %v, %v", changed, err)
			}
			if got := read(file); strings.TrimSpace(got) != strings.TrimSpace(test.want) && squeezed(got) != squeezed(test.want) {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
			if kept != "" && !strings.HasSuffix(read(filepath.Base(kept)), test.kept) {
				t.Errorf("kept: got\n%q\nwant at its end\n%q", read(filepath.Base(kept)), test.kept)
			}
			if changed, _, err := reset(dir, test.exercise); changed || err != nil {
				t.Errorf("once more: got %v, %v, want no change", changed, err)
			}
		})
	}
	for _, test := range []struct{ name, text, says string }{
		{"twice", full + "\nfunc Dot() {}\n", "found func Dot twice, expected it once"},
		{"a variable", strings.Replace(full, "func Dot(x, y matrix.Matrix) matrix.Matrix {", "var Dot = func(x, y matrix.Matrix) matrix.Matrix {", 1), "found Dot as a variable"},
		{"no comment, and no Go", strings.Replace(full, "// Dot is exercise 1", "// (", 1) + "\n}\n", "the comment above Dot is gone"},
		{"UTF-16", "p\x00a\x00c\x00", "found bytes that are no text in UTF-8"},
		{"Latin-1", full + "// \xfc\n", "found bytes that are no text in UTF-8"},
	} {
		if err := os.WriteFile(path, []byte(test.text), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, _, err := reset(dir, "Dot"); err == nil || !strings.Contains(err.Error(), test.says) || read(file) != test.text {
			t.Errorf("%s: got %v, want %q, and the file as it was", test.name, err, test.says)
		}
		if changed, _, err := reset(dir, ""); err != nil || !changed || read(file) != startText {
			t.Errorf("%s: -reset all: got %v, %v, want the file as at the start", test.name, changed, err)
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, _, err := reset(dir, "Dot"); err == nil || !strings.Contains(err.Error(), "-reset all writes them anew") {
		t.Errorf("no file: got %v, want what to do", err)
	}
	if _, kept, err := reset(dir, ""); err != nil || kept != "" || read(file) != startText {
		t.Errorf("no file: got %q, %v, want it written", kept, err)
	}
	if err := os.Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	if err := save(path, "new"); err == nil || read(file) != startText {
		t.Errorf("read-only: got %v, want an error and the file as it was", err)
	}
}

func start1(name string) int { from, _ := parse(startText).span(name); return from }
func end1(name string) int   { _, to := parse(startText).span(name); return to }

func squeezed(text string) string { return strings.Join(strings.Fields(text), " ") }
