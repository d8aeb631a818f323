package checker

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"backprop/data/testkit"
	"backprop/network/walkthrough"
)

// program is the command workshop alone.
func program(args []string, in io.Reader, out, err io.Writer) int {
	return walkthrough.Run([]walkthrough.Command{{Name: "workshop", Run: Run}}, nil, args, in, out, err)
}

// A project is a copy of this one, for a learner to work in.
type project struct {
	t    *testing.T
	root string
	text string // of exercises.go
}

// newProject copies the project, with the exercises as at the start.
func newProject(t *testing.T) *project {
	t.Helper()
	testkit.Processes(t) // go build
	p := &project{t: t, root: testkit.Project(t)}
	p.save(startText)
	t.Cleanup(func() {
		for _, kept := range []string{"hint.txt", "kept_*.txt"} {
			paths, _ := filepath.Glob(filepath.Join(p.folder(), kept)) // the pattern is a good one
			for _, path := range paths {
				os.Remove(path)
			}
		}
	})
	return p
}

func (p *project) folder() string { return filepath.Join(p.root, filepath.FromSlash(folder)) }

func (p *project) save(text string) {
	p.t.Helper()
	p.text = text
	if err := os.WriteFile(filepath.Join(p.folder(), file), []byte(text), 0o666); err != nil {
		p.t.Fatal(err)
	}
}

// workshop runs the command in a folder of the project.
func (p *project) workshop(args ...string) testkit.Result {
	p.t.Helper()
	return p.workshopIn(p.root, args...)
}

func (p *project) workshopIn(folder string, args ...string) testkit.Result {
	p.t.Helper()
	here, err := os.Getwd()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.Chdir(folder); err != nil {
		p.t.Fatal(err)
	}
	defer os.Chdir(here)
	var out, stderr bytes.Buffer
	code := program(append([]string{"workshop"}, args...), nil, &out, &stderr)
	return testkit.Result{Code: code, Out: out.String(), Err: stderr.String()}
}

// mustSay runs the command, which has to succeed, and looks for the texts.
func (p *project) mustSay(args []string, wants ...string) string {
	p.t.Helper()
	r := p.workshop(args...)
	if r.Code != 0 || r.Err != "" {
		p.t.Fatalf("workshop %v: got exit code %d and %q, want 0 and nothing", args, r.Code, r.Err)
	}
	testSays(p.t, r.Out, wants...)
	return r.Out
}

// testSays looks for the texts in a screen, whatever the line breaks.
func testSays(t *testing.T, screen string, wants ...string) {
	t.Helper()
	testScreen(t, screen)
	for _, want := range wants {
		if !strings.Contains(squeezed(screen), squeezed(want)) {
			t.Errorf("got\n%s\nwant %q in it", screen, want)
		}
	}
}

func squeezed(text string) string { return strings.Join(strings.Fields(text), " ") }

// A learner has written what is in exercises.go.
type learner struct {
	name  string
	text  string
	asked int // the exercise that they ask about, or 0
	says  []string
	lacks []string
}

// with returns the text with the function of that name replaced by another.
func with(t *testing.T, text, name, body string) string {
	t.Helper()
	return filled(t, text, name, body)
}

// buildLearners builds one program, which is the child of each of the learners: the
// one whose number is in CASE.
func buildLearners(t *testing.T, learners []learner) (program string) {
	t.Helper()
	p := newProject(t)
	child := testkit.Text(t, folder+"/checker/child/main.go")
	_, functions, _ := strings.Cut(child, "checker.Functions{\n")
	functions, _, _ = strings.Cut(functions, "}")
	var imports, cases strings.Builder
	for i, l := range learners {
		dir := fmt.Sprintf("case%d/%s", i, folder)
		p.write(dir+"/"+file, l.text)
		fmt.Fprintf(&imports, "\tcase%d \"backprop/%s\"\n", i, dir)
		fmt.Fprintf(&cases, "\t\"%d\": {\n%s},\n", i, strings.ReplaceAll(functions, "workshop.", fmt.Sprintf("case%d.", i)))
	}
	p.write("learners/main.go", "package main\n\nimport (\n\t\"os\"\n\n"+imports.String()+"\t\"backprop/network/workshop/checker\"\n)\n\n"+
		"var cases = map[string]checker.Functions{\n"+cases.String()+"}\n\n"+
		"func main() { os.Exit(checker.Child(os.Args[1:], os.Stdout, cases[os.Getenv(\"CASE\")])) }\n")
	program = filepath.Join(t.TempDir(), "learners.exe")
	cmd := exec.Command("go", "build", "-o", program, "./learners")
	cmd.Dir = p.root
	if r := testkit.Run(t, cmd); r.Code != 0 {
		t.Fatalf("go build: %s", r.Err)
	}
	return program
}

// write writes a file into a folder that is there until the test is over.
func (p *project) write(name, text string) {
	p.t.Helper()
	top, _, _ := strings.Cut(name, "/")
	p.t.Cleanup(func() { os.RemoveAll(filepath.Join(p.root, top)) })
	path := filepath.Join(p.root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		p.t.Fatal(err)
	}
}

// What learners are told, whose files are built all at once.
func TestLearners(t *testing.T) {
	groups := []struct {
		name     string
		learners []learner
	}{
		{"one by one", oneByOne(t)}, {"where it is", whereItIs(t)}, {"own ways", ownWays(t)}, {"clues", clues(t)},
	}
	var all []learner
	for _, g := range groups {
		all = append(all, g.learners...)
	}
	program := buildLearners(t, all)
	number := 0
	for _, g := range groups {
		t.Run(g.name, func(t *testing.T) {
			for _, l := range g.learners {
				l.test(t, program, number)
				number++
			}
		})
	}
}

// test checks what a learner is told, who is in the program under that number.
func (l learner) test(t *testing.T, program string, number int) {
	t.Run(l.name, func(t *testing.T) {
		t.Setenv("CASE", fmt.Sprint(number))
		c := &checker{dir: t.TempDir(), source: parse(l.text), program: program, asked: l.asked, results: make([]result, len(exercises)+1)}
		if err := c.runAll(context.Background()); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := c.show(&b); err != nil {
			t.Fatal(err)
		}
		wants := l.says
		if at := strings.Index(l.text, "// HERE"); at >= 0 {
			wants = append(wants, fmt.Sprintf("%s/%s:%d", folder, file, 1+strings.Count(l.text[:at], "\n")))
		}
		testSays(t, b.String(), wants...)
		for _, text := range append(l.lacks, "goroutine ") {
			if strings.Contains(squeezed(b.String()), text) {
				t.Errorf("got\n%s\nwant no %q in it", b.String(), text)
			}
		}
	})
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

// Someone fills in the exercises one by one, each first with a mistake, and is told
// which it is.
func oneByOne(t *testing.T) []learner {
	var learners []learner
	text := startText
	for i, slip := range slips {
		e := exercises[i]
		if e.name != slip.exercise {
			t.Fatalf("slip %d: got %s, want %s", i+1, slip.exercise, e.name)
		}
		says := []string{
			fmt.Sprintf("%d of 16 done. Exercise %d, %s", i, i+1, e.name), "is wrong", fmt.Sprintf("> %d %s wrong", i+1, e.name),
			"The mistake: " + slip.mistake + ".", "To read again: part ",
		}
		for j := range i {
			says = append(says, fmt.Sprintf("%d %s done", j+1, exercises[j].name)) // those that are right by now
		}
		learners = append(learners, learner{name: e.name, text: with(t, text, e.name, slip.body), says: says})
		text = with(t, text, e.name, solvedBody(e.name))
	}
	// One bug, in the middle of what is done, is one failure; what calls it waits.
	learners = append(learners, learner{
		name: "in the middle", text: with(t, text, "OutputLayerDelta", slips[8].body),
		says: []string{"12 of 16 done. Exercise 9, OutputLayerDelta (part 9), is wrong:", "11 HiddenLayerDelta waits for 9", "15 Step waits for 9",
			"16 Train waits for 9", "The mistake: " + slips[8].mistake},
		lacks: []string{"Also wrong"},
	})
	return learners
}

// What goes wrong in an exercise is shown with its line, and what it prints.
func whereItIs(t *testing.T) []learner {
	full := solved(t, startText) + `
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
	var learners []learner
	for _, test := range []struct {
		name, body string
		says       []string
	}{
		{"panic of package matrix", "{\n\tz := matrix.New(5, 2)\n\tz.Dot(x, Transpose(weights1)) // HERE\n\treturn z, z\n}",
			[]string{"It panicked: matrix: Dot: (5×4)·(2×4): inner sizes 4 and 2 differ.", "z.Dot(x, Transpose(weights1)) // HERE"}},
		{"panic in what it calls", "{\n\tz := own(x, Transpose(weights1)) // HERE\n\treturn z, z\n}",
			[]string{"It panicked: runtime error: index out of range [2] with length 2", "The mistake: weights_1 transposed."}},
		{"endless loop", "{\n\tz := x\n\tfor i := 0; i >= 0; i = (i + 1) % 5 {\n\t\tz = Transpose(z) // HERE\n\t}\n\treturn z, z\n}",
			[]string{"It was still running after 0.5 seconds of processor time", "15 Step waits for 4"}},
		{"recursion", "{\n\treturn HiddenLayer(x, weights1) // HERE\n}", []string{"It calls itself without end"}},
		{"slow recursion", "{\n\tfor i := 0; i < 10000; i++ {\n\t\tright(x, weights1)\n\t}\n\treturn HiddenLayer(x, weights1) // HERE\n}", []string{"It calls itself without end"}},
		{"deadlock", "{\n\tdone := make(chan bool)\n\tdone <- true // HERE\n\treturn x, x\n}", []string{"It waits for something that never happens"}},
		{"panic of a goroutine", "{\n\tgo func() {\n\t\tpanic(x) // HERE\n\t}()\n\tselect {}\n}", []string{"It ended the whole program"}},
		{"spaces", "{\n        z := x[7] // HERE\n        return x, matrix.Matrix{z}\n}", []string{"index out of range [7] with length 5.", "Does a loop run over another matrix's rows or columns"}},
		{"an empty operand", "{\n\tvar in, out matrix.Matrix\n\tin.Dot(x, out) // HERE\n\treturn in, out\n}",
			[]string{"It panicked: matrix: Dot: (5×4)·(0×0): inner sizes 4 and 0 differ. 0×0 is a matrix that is still empty. Compute it before you use it."}},
		{"many prints", "{\n\tfor i := 0; i < 1000; i++ {\n\t\tfmt.Println(\"line\", i)\n\t}\n\tvar none []int\n\tfmt.Println(none[i0]) // HERE\n\treturn x, x\n}",
			[]string{"It printed: line 0 line 1 line 2 line 3 line 4 line 5 line 6 line 7 line 8 line 9 … and 990 more lines"}},
		{"many prints, then the end of the program", "{\n\tfor i := 0; i < 100000; i++ {\n\t\tfmt.Println(\"line\", i)\n\t}\n\tgo func() {\n\t\tpanic(1) // HERE\n\t}()\n\tselect {}\n}",
			[]string{"line 9 … and 99990 more lines", "It ended the whole program, so it was stopped: 1."}},
		{"nothing", "{\n\tfmt.Println(\"x is\", x.Rows())\n\treturn nil, x\n}",
			[]string{"hidden_layer_inputs is nil, expected a 5×2 matrix.", "It printed: x is 5"}},
		{"a row too short", "{\n\tz := Dot(x, weights1)\n\tz[2] = z[2][:1]\n\treturn z, z\n}",
			[]string{"hidden_layer_inputs is no matrix (row 0 has 2 numbers, row 2 has 1), expected a 5×2 matrix."}},
		{"a number", "{\n\ta, b := right(x, weights1)\n\ta[3][1] = 7\n\treturn a, b\n}",
			[]string{"hidden_layer_inputs[3][1] is 7 expected ", "go run . explain hidden_layer_inputs 3 1 -flowers 1,51,101,52,149"}},
	} {
		learners = append(learners, learner{name: test.name, text: with(t, full, "HiddenLayer", test.body), says: append(test.says, "Exercise 4, HiddenLayer (part 5), is wrong:")})
	}
	return learners
}

// Right code is right, however it is put together, and whichever exercises are left
// out. Somebody who leaves the work of the first two to package matrix is told so.
func ownWays(t *testing.T) []learner {
	full := solved(t, startText)
	const yMinusOut = "{\n\tz := matrix.New(y.Rows(), y.Cols())\n\tz.Sub(y, outputLayerOutputs)\n\treturn z\n}"
	const plusUpdate = "{\n\tz := matrix.New(weights.Rows(), weights.Cols())\n\tz.Scale(-learningRate, update)\n\tz.Sub(weights, z)\n\treturn z\n}"
	const leftToMatrix = "{\n\tvar z matrix.Matrix\n\tz.Dot(x, y)\n\treturn z\n}"
	without := func(name string) string { return with(t, startText, name, solvedBody(name)) }
	notOurs := []string{"They should be the same, and are not"}
	return []learner{
		{name: "variables with functions", lacks: notOurs, says: []string{"All 16 are done"},
			text: strings.Replace(full, "func Dot(x, y matrix.Matrix) matrix.Matrix {", "var Dot = func(x, y matrix.Matrix) matrix.Matrix {", 1)},
		{name: "an own method of that name", lacks: notOurs, says: []string{"All 16 are done"},
			text: with(t, full, "Dot", "{\n\treturn own(x).Dot(own(y))\n}") + "\ntype own matrix.Matrix\n\nfunc (x own) Dot(y own) matrix.Matrix { return dots(matrix.Matrix(x), matrix.Matrix(y)) }\n\nfunc dots(x, y matrix.Matrix) matrix.Matrix " + solvedBody("Dot") + "\n"},
		{name: "left to package matrix", says: []string{"Exercise 1, Dot (part 4), is wrong", "It is right, but it leaves the work to package matrix."},
			text: with(t, startText, "Dot", leftToMatrix)},
		{name: "a helper that leaves it to package matrix",
			says: []string{"Exercise 1, Dot (part 4), is wrong: c[i][j] = Σₖ x[i][k]·y[k][j] 5×4 · 4×2 = 5×2 It is right, but it leaves the work to package matrix."},
			text: with(t, full, "Dot", "{\n\treturn helper(x, y)\n}") + "\nfunc helper(x, y matrix.Matrix) matrix.Matrix " + leftToMatrix + "\n"},
		{name: "both signs turned", lacks: notOurs, says: []string{"All 16 are done", "You turned the sign in 8 (OutputLayerError) and 14 (Descend). That is right, too"},
			text: with(t, with(t, full, "OutputLayerError", yMinusOut), "Descend", plusUpdate)},
		{name: "both signs turned, and one between them left out",
			says: []string{"The sign is turned in 8 (OutputLayerError) and 14 (Descend). Two turned signs are right, too, such as y − out in OutputLayerError and weights + … in Descend, exercise 14. 11 of 16 done. Exercise 13, Weights1Update (part 12), is next:"},
			text: with(t, with(t, with(t, full, "OutputLayerError", yMinusOut), "Weights1Update", "{\n\treturn nil\n}"), "Descend", plusUpdate)},
		{name: "results that have names, or begin empty", lacks: notOurs, says: []string{"All 16 are done"},
			text: with(t, with(t, with(t, full, "Train", "{\n\tfor i := 0; i < epochs; i++ {\n\t\tnewWeights1, newWeights2 = Step(x, y, weights1, weights2, learningRate)\n\t\tweights1, weights2 = newWeights1, newWeights2\n\t}\n\treturn\n}"),
				"HiddenLayer", "{\n\tvar z matrix.Matrix\n\tz.Dot(x, weights1)\n\tout := z.Clone()\n\tout.Apply(Sigmoid, out)\n\treturn z, out\n}"),
				"OutputLayerDelta", "{\n\tdelta := new(matrix.Matrix)\n\tdelta.Apply(func(out float64) float64 { return out * (1 - out) }, outputLayerOutputs)\n\tdelta.Hadamard(outputLayerError, *delta)\n\treturn *delta\n}")},
		{name: "a wrong exercise called through a variable", says: []string{"13 of 16 done. Exercise 14, Descend"},
			text: with(t, with(t, full, "Descend", "{\n\treturn weights\n}"), "Step", strings.ReplaceAll(solvedBody("Step"), "Descend(", "down(")) + "\nvar down = Descend\n"},
		{name: "the first one, asked for", asked: 1, says: []string{"Exercise 1, Dot (part 4), is done:", "Your Dot is right. Ours: go run . workshop -solution 1"},
			text: without("Dot")},
		{name: "one that is not begun, asked for", asked: 9, says: []string{"> 9 OutputLayerDelta not begun", "1 of 16 done. Exercise 9, OutputLayerDelta (part 9), is not begun:", "-hint 9"},
			text: without("Dot")},
		{name: "one that calls what is left out", says: []string{"Exercise 3, Sigmoid (part 2), is next:", "Your OutputLayerDelta calls it, so exercise 9 waits for it."},
			text: with(t, startText, "OutputLayerDelta", slips[8].body)},
		{name: "two that are wrong", says: []string{"Exercise 7, MSE (part 6), is wrong:", "Also wrong: go run . workshop 9"},
			text: with(t, with(t, startText, "OutputLayerDelta", "{\n\treturn outputLayerError\n}"), "MSE", "{\n\treturn 1\n}")},
		{name: "two that are wrong, the second one asked for", asked: 9, says: []string{"Exercise 9, OutputLayerDelta (part 9), is wrong:", "The mistake: slope missing.", "Also wrong: go run . workshop 7"},
			text: with(t, with(t, startText, "OutputLayerDelta", "{\n\treturn outputLayerError\n}"), "MSE", "{\n\treturn 1\n}")},
	}
}

// loops is an exercise 8 with the statement in its loops.
func loops(statement string) string {
	return "{\n\tz := matrix.New(y.Rows(), y.Cols())\n\tfor i := range z {\n\t\tfor j := range z[i] {\n\t\t\t" + statement + "\n\t\t}\n\t}\n\treturn z\n}"
}

// What the text of a function shows is said, where it can be the reason.
func TestClues(t *testing.T) {
	const (
		division    = "In Go, a whole number divided by"
		zeros       = "A new matrix is full of zeros, and zero times anything"
		parentheses = "1 - out needs parentheses"
		defined     = "With := in a loop, you make a new z; = sets the one outside."
		receiver    = "An operation writes into the matrix before its dot"
		newRow      = "you make a new row"
	)
	for _, test := range []struct{ body, of, clue string }{
		{loops("z[i][j] *= outputLayerOutputs[i][j] - y[i][j]"), "", zeros},
		{loops("z[i][j] = float64(1/2) * (outputLayerOutputs[i][j] - y[i][j])"), ", perhaps of an integer division", division},
		{loops("z := outputLayerOutputs[i][j] - y[i][j]\n\t\t\t_ = z"), "", defined},
		{"{\n\tz, d := matrix.New(y.Rows(), y.Cols()), matrix.New(y.Rows(), y.Cols())\n\td.Sub(outputLayerOutputs, y)\n\treturn z\n}", "", receiver},
		{loops("d := outputLayerOutputs[i][j] - y[i][j]\n\t\t\tz[i][j] = d * 1 - d"), ", perhaps of missing parentheses", parentheses},
		{loops("d := outputLayerOutputs[i][j] - y[i][j] // rows/cols\n\t\t\tz[i][j] *= d / float64(y.Rows())"), "", zeros},
		{"{\n\tz := matrix.New(y.Rows(), y.Cols())\n\tfor row := 0; row < 5; row++ {\n\t\tz[row][0] *= outputLayerOutputs[row][0]\n\t}\n\tfor row := 0; row < 5; row++ {\n\t\tz[row][1] *= 2\n\t}\n\treturn z\n}", "", zeros},
		{loops("n := y.Rows() * (y.Cols() + 1)\n\t\t\tz[i][j] = float64(y.Rows()/n) * outputLayerOutputs[i][j]"), ", perhaps of an integer division", division},
	} {
		as, why := parse(with(t, startText, "OutputLayerError", test.body)).clues("OutputLayerError")
		if want := allZeros + test.of; as != want {
			t.Errorf("%s: got %q, want %q", test.body, as, want)
		}
		for _, clue := range []string{division, zeros, parentheses, defined, receiver, newRow} { // the last is only counted with
			if strings.Contains(why, clue) != (clue == test.clue) {
				t.Errorf("%s: got %q, want %q and no others", test.body, why, test.clue)
			}
		}
	}
}

// What the text of a function shows comes with what is wrong.
func clues(t *testing.T) []learner {
	full := solved(t, startText)
	return []learner{
		{name: "zeros", text: with(t, startText, "OutputLayerError", loops("z[i][j] = float64(1/2) * (outputLayerOutputs[i][j] - y[i][j])")),
			says: []string{"The mistake: every number is 0, perhaps of an integer division.", "In Go, a whole number divided by"}},
		{name: "a copy that is set", text: with(t, full, "Weights2Update", "{\n\tz := Dot(Transpose(hiddenLayerOutputs), outputLayerDelta)\n\tfor _, row := range z {\n\t\tfor _, v := range row {\n\t\t\tv /= float64(y.Rows() * y.Cols())\n\t\t}\n\t}\n\treturn z\n}"),
			says: []string{"The mistake: N missing.", "v is a copy: setting it changes nothing else."}},
		{name: "a copy that is used", text: with(t, full, "MSE", "{\n\tsum := 0.0\n\tfor i := range y {\n\t\tfor j, v := range y[i] {\n\t\t\tv -= outputLayerOutputs[i][j]\n\t\t\tsum += v * v\n\t\t}\n\t}\n\tprintln(y)\n\treturn sum\n}"),
			says: []string{"The mistake: N and the factor ½ missing.", "(print shows where a matrix is in the memory. Its numbers: fmt.Println.)"}, lacks: []string{"is a copy"}},
		{name: "the return of the start", text: with(t, full, "HiddenLayerError", "{\n\treturn nil\n\treturn Dot(outputLayerDelta, Transpose(weights2))\n}"),
			says: []string{"hidden_layer_error is nil, expected a 5×2 matrix.", "returns, so what stands behind it is never done. Is it the return of the start?"}},
		{name: "a result defined once more", text: with(t, full, "HiddenLayer", "{\n\tfor range x {\n\t\thiddenLayerInputs := Dot(x, weights1)\n\t\thiddenLayerOutputs = hiddenLayerInputs\n\t}\n\treturn\n}"),
			says: []string{"hidden_layer_inputs is nil, expected a 5×2 matrix. nil is a matrix that is still empty.", "(A result that has a name is nil at first."}},
		{name: "counted from 1", text: with(t, full, "Labels", "{\n\ty := matrix.New(len(species), 3)\n\tfor i, s := range species {\n\t\ty[i][s-1] = 1\n\t}\n\treturn y\n}"),
			says: []string{"index out of range [-1]. Rows, columns and species count from 0"}},
		{name: "no rows", text: with(t, full, "Labels", "{\n\treturn matrix.New(0, 3)\n}"),
			says: []string{"A size is 0. Has the matrix that it comes from been computed already?"}},
	}
}

// The command in a copy of the project, with everything that a save leads to.
func TestWorkshop(t *testing.T) {
	p := newProject(t)
	start := p.mustSay(nil, "0 of 16 done. Exercise 1, Dot", "is next", "> 1 Dot not begun")
	_, shown, _ := strings.Cut(testkit.Text(t, "README.md"), "\n$ go run . workshop\n")
	shown, _, _ = strings.Cut(shown, "```")
	for _, part := range strings.Split(shown, "…\n") { // lines of … stand for what is left out
		if !strings.Contains(start, part) || len(part) < 20 {
			t.Errorf("got\n%s\nwant what README.md shows:\n%s", start, part)
		}
	}

	p.save(with(t, startText, "Dot", "{\n\treturn y + \"no\"\n}"))
	out := p.mustSay(nil, "exercises.go does not compile yet (exercise 1, Dot)")
	if !regexp.MustCompile(`workshop[/\\]exercises\.go:\d+:\d+: `).MatchString(out) {
		t.Errorf("got\n%s\nwant the compiler's message", out)
	}
	p.mustSay([]string{"-hint"}, "Exercise 1, Dot: hint 1 of 3", exercises[0].hints[0])

	p.save(solved(t, startText))
	out = p.mustSay(nil, "All 16 are done", "130 flowers", "epoch MSE accuracy MSE accuracy")
	rows := regexp.MustCompile(`(?m)^ +(\d+)  (0\.\d{8}) +([01]\.\d{3})  (0\.\d{8}) +([01]\.\d{3})$`).FindAllStringSubmatch(out, -1)
	if len(rows) != 5 {
		t.Fatalf("got\n%s\nwant a table of 5 rows", out)
	}
	for _, row := range rows {
		if row[2] != row[4] || row[3] != row[5] {
			t.Errorf("epoch %s: got %s and %s, want the same as ours, %s and %s", row[1], row[2], row[3], row[4], row[5])
		}
	}
	history := testkit.Reference(t).Trainings[0].Answer.History
	if want := fmt.Sprintf("%.8f", history[0].MSE); rows[0][2] != want {
		t.Errorf("before the first step: got the MSE %s, want NumPy's %s", rows[0][2], want)
	}
	p.mustSay([]string{"-solution", "1"}, "Our Dot, exercise 1:", "func Dot(x, y matrix.Matrix) matrix.Matrix { c := matrix.New(x.Rows(), y.Cols()) for i")
}

// A mistake in the command line, an exercise that is not done, a folder that is
// elsewhere: one line says so.
func TestRefuses(t *testing.T) {
	p := newProject(t)
	elsewhere := t.TempDir()
	for _, test := range []struct {
		folder string
		args   string
		code   int
		want   string
	}{
		{p.root, "-reset 17", 1, "expected an exercise, 1 to 16"},
		{p.root, "-solution Dot", 1, "expected an exercise, 1 to 16"},
		{p.root, "-hint -watch", 2, "expected one at a time"},
		{p.root, "-reset ALL", 1, "expected an exercise, 1 to 16, or all"},
		{p.root, "17", 2, "found \"17\", expected an exercise, 1 to 16"},
		{p.root, "1 2", 2, "found \"2\", expected one exercise"},
		{p.root, "-reset 1 2", 2, "found \"2\", expected one exercise"},
		{elsewhere, "-hint", 1, "found no go.mod of module backprop here or above"},
		{elsewhere, "-reset 1", 1, "found no go.mod of module backprop here or above"},
		{elsewhere, "-watch", 1, "found no go.mod of module backprop here or above"},
		{p.root, "-solution 1", 1, "-solution 1: found Dot not begun, expected it done first"},
	} {
		r := p.workshopIn(test.folder, strings.Fields(test.args)...)
		if r.Code != test.code || r.Out != "" || strings.Count(r.Err, "\n") != 1 || !strings.Contains(r.Err, test.want) {
			t.Errorf("%s: got %+v, want exit code %d and one line with %q", test.args, r, test.code, test.want)
		}
	}

	// What is not the learner's fault is not said to be.
	t.Run("no build", func(t *testing.T) {
		t.Setenv("GOFLAGS", "-mod=nonsense")
		if r := p.workshop(); r.Code != 1 || r.Out != "" || strings.Count(r.Err, "\n") != 1 || !strings.Contains(r.Err, "nothing is wrong with exercises.go") {
			t.Errorf("got %+v, want 1 and one line", r)
		}
	})

	// What runs before any function does.
	p.save(with(t, startText, "Dot", "{\n\treturn x\n}") + "\nfunc init() { panic(\"too early\\nby far\") }\n")
	if r := p.workshop(); r.Code != 1 || r.Out != "" || strings.Count(r.Err, "\n") != 1 || !strings.Contains(r.Err, "no exercise could begin") || !strings.Contains(r.Err, "too early") {
		t.Errorf("init: got %+v, want 1 and one line", r)
	}
}

// The hints of an exercise come one after the other, and the last one stays.
func TestHints(t *testing.T) {
	for _, test := range []struct {
		done, asked int
		number      int
		wants       []string
	}{
		{0, 0, 1, []string{"hint 1 of 3", "hint 2 of 3", "hint 3 of 3", "hint 3 of 3"}},
		{1, 0, 2, []string{"hint 1 of 3"}},
		{0, 9, 9, []string{"hint 1 of 3", "hint 2 of 3"}},
	} {
		dir := t.TempDir()
		e := exercises[test.number-1]
		for _, want := range test.wants {
			c := &checker{dir: dir, source: parse(startText), asked: test.asked, results: make([]result, len(exercises)+1)}
			for i := range c.results {
				c.results[i].State = notBegun
				if 0 < i && i <= test.done {
					c.results[i].State = done
				}
			}
			var b strings.Builder
			if err := c.showHint(&b); err != nil {
				t.Fatal(err)
			}
			testSays(t, b.String(), fmt.Sprintf("Exercise %d, %s: %s", test.number, e.name, want), e.hints[want[len("hint ")]-'1'])
			if last := strings.Contains(b.String(), "That was the last hint."); last != strings.HasPrefix(want, "hint 3") {
				t.Errorf("%s, %s: got\n%s\nwant that it was the last one: %v", e.name, want, b.String(), !last)
			}
		}
	}
}

// -reset takes an exercise back to its start, and keeps what was there.
func TestReset(t *testing.T) {
	p := newProject(t)
	p.mustSay([]string{"-reset", "1"}, "Exercise 1, Dot, is as at the start already.")
	first := slips[0].body
	p.save(with(t, startText, "Dot", first))
	p.mustSay([]string{"-reset", "1"}, "Exercise 1, Dot, is as at the start again. What you had is kept in network/workshop/kept_Dot_1.txt")
	read := func(name string) string {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(p.folder(), name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if got := read(file); got != startText {
		t.Errorf("got\n%s\nwant the file as it was at the start", got)
	}
	second := strings.Replace(first, "= x[i][k]", "= 2 * x[i][k]", 1)
	p.save(with(t, startText, "Dot", second))
	if r := p.workshopIn(p.folder(), "-reset", "1"); r.Code != 0 || !strings.Contains(r.Out, "kept_Dot_2.txt") {
		t.Errorf("in a folder below: got %+v, want the second file", r)
	}
	for name, body := range map[string]string{"kept_Dot_1.txt": first, "kept_Dot_2.txt": second} {
		kept := read(name)
		if !strings.HasSuffix(kept, "matrix.Matrix "+body+"\n") || !strings.HasPrefix(kept, "// Dot is exercise 1") {
			t.Errorf("%s: got\n%s\nwant the comment and\n%s", name, kept, body)
		}
	}
	if left, err := filepath.Glob(filepath.Join(p.folder(), "*.tmp")); err != nil || len(left) > 0 {
		t.Errorf("got the files %v, want none left", left)
	}

	// A function that is gone, or another one, is put back.
	from, to := parse(startText).span("Transpose")
	for name, text := range map[string]string{
		"gone":             startText[:from] + startText[to:],
		"renamed":          strings.Replace(with(t, startText, "HiddenLayerError", "{\n\treturn Transpose(weights2)\n}"), "func Transpose(", "func Transposed(", 1),
		"other parameters": strings.Replace(startText, "func Transpose(x matrix.Matrix) matrix.Matrix", "func Transpose(x, y matrix.Matrix) matrix.Matrix", 1),
	} {
		t.Run(name, func(t *testing.T) {
			p.t = t
			p.save(text)
			p.mustSay(nil, "Exercise 2, Transpose, is no longer there, or it has other parameters", "go run . workshop -reset 2")
			p.mustSay([]string{"-reset", "2"}, "Exercise 2, Transpose, is")
			if s := parse(read(file)); s.head("Transpose") != parse(startText).head("Transpose") || !s.empty("Transpose") {
				t.Errorf("got\n%s\nwant Transpose as at the start", s.text)
			}
		})
	}
}

// -watch checks again at each save, shows what does not compile, and ends at an
// interrupt.
func TestWatch(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot be sent an interrupt here")
	}
	p := newProject(t)
	temp := t.TempDir()
	cmd := testkit.Program(t, "workshop", "-watch")
	cmd.Dir, cmd.Env = p.root, append(cmd.Env, "TMPDIR="+temp)
	watch := testkit.Start(t, cmd)
	next := func(want string) {
		t.Helper()
		watch.Await(want)
		watch.Await("Ctrl-C to end.\n")
	}
	next("Exercise 1, Dot (part 4), is next:")
	p.save(with(t, startText, "Dot", "{\n\treturn 1\n}"))
	next("exercises.go does not compile yet")
	p.save(with(t, startText, "Dot", solvedBody("Dot")))
	next("1 of 16 done. Exercise 2, Transpose")
	watch.Interrupt()
	if r := watch.End(); r.Code != 0 || r.Err != "" {
		t.Errorf("after an interrupt: got exit code %d and %q, want 0 and nothing", r.Code, r.Err)
	}
	testNothingLeft(t, temp)
}

// An interrupt while the exercises are built leaves nothing behind.
func TestInterruptedBuild(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot be sent an interrupt here")
	}
	p := newProject(t)
	temp := t.TempDir()
	cmd := testkit.Program(t, "workshop")
	cmd.Dir = p.root
	cmd.Env = append(cmd.Env, "TMPDIR="+temp, "GOCACHE="+t.TempDir()) // with nothing in it, so that it takes its time
	building := testkit.Start(t, cmd)
	testkit.WaitFor(t, "the compiler to begin", func() bool {
		begun, err := filepath.Glob(filepath.Join(temp, "*", "go-build*", "*"))
		return err == nil && len(begun) > 0
	})
	building.Interrupt()
	if r := building.End(); r.Code != 1 || r.Err != "backprop: interrupted\n" || r.Out != "" {
		t.Errorf("got %+v, want exit code 1 and one line", r)
	}
	testNothingLeft(t, temp)
}

func testNothingLeft(t *testing.T, folder string) {
	t.Helper()
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("got %v left in the folder for temporary files, want nothing", left)
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
