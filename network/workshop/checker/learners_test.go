package checker

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"backprop/data/testkit"
	"backprop/network/workshop/diagnosis"
	"backprop/network/workshop/exercise"
	"backprop/network/workshop/exercise/solutions"
)

// A learner has written what is in exercises.go.
type learner struct {
	name  string
	text  string
	asked int // the exercise that they ask about, or 0
	says  []string
	lacks []string
}

// buildLearners builds one program that is the child of each of the learners: the one
// that the program's file has as its name. But for the functions, it is the child as it is.
func buildLearners(t *testing.T, learners []learner) (program string) {
	t.Helper()
	p := newProject(t)
	const child = folder + "/checker/child"
	files, err := os.ReadDir(filepath.Join(p.root, child))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		p.write("learners/"+f.Name(), testkit.Text(t, child+"/"+f.Name()))
	}
	before, functions, _ := strings.Cut(testkit.Text(t, child+"/main.go"), "&exercise.Functions{\n")
	functions, after, _ := strings.Cut(functions, "\t}")
	var imports, cases strings.Builder
	for i, l := range learners {
		dir := fmt.Sprintf("case%d/%s", i, folder)
		p.write(dir+"/"+file, l.text)
		fmt.Fprintf(&imports, "\tcase%d \"backprop/%s\"\n", i, dir)
		fmt.Fprintf(&cases, "\t\"%d.exe\": {\n%s},\n", i, strings.ReplaceAll(functions, "workshop.", fmt.Sprintf("case%d.", i)))
	}
	p.write("learners/main.go", strings.Replace(before, "\t\"backprop/network/workshop\"\n", "\t\"path/filepath\"\n"+imports.String(), 1)+
		"cases[filepath.Base(os.Args[0])]"+after+"\nvar cases = map[string]*exercise.Functions{\n"+cases.String()+"}\n")
	program = filepath.Join(t.TempDir(), "learners.exe")
	cmd := exec.Command("go", "build", "-tags=exercises", "-ldflags=-w", "-o", program, "./learners")
	cmd.Dir = p.root
	if r := testkit.Run(t, cmd); r.Code != 0 {
		t.Fatalf("go build: %s", r.Err)
	}
	return program
}

// What learners are told, whose files are built all at once.
func TestLearners(t *testing.T) {
	groups := []struct {
		name     string
		learners []learner
	}{
		{"one by one", oneByOne(t)}, {"where it is", whereItIs(t)}, {"own ways", ownWays(t)},
		{"clues", clues(t)}, {"misbehaving", misbehaving(t)},
	}
	var all []learner
	for _, g := range groups {
		all = append(all, g.learners...)
	}
	program := buildLearners(t, all)
	before := 0 // how many learners are in earlier groups
	for _, g := range groups {
		t.Run(g.name, func(t *testing.T) {
			for i, l := range g.learners {
				l.test(t, program, before+i)
			}
		})
		before += len(g.learners)
	}
	t.Run("interrupted", func(t *testing.T) {
		sleeps := slices.IndexFunc(all, func(l learner) bool { return l.name == "sleep" })
		c := all[sleeps].checker(t, program, sleeps)
		ctx, cancel := context.WithCancel(context.Background())
		defer time.AfterFunc(100*time.Millisecond, cancel).Stop()
		if err := c.runAll(ctx); err != errInterrupted {
			t.Errorf("got %v, want that it was interrupted", err)
		}
	})
}

// checker returns a checker for the learner, who has that number in the program.
func (l learner) checker(t *testing.T, program string, n int) *checker {
	t.Helper()
	c, err := newChecker("", parse(l.text), l.asked)
	if err != nil {
		t.Fatal(err)
	}
	c.temp = t.TempDir()
	c.program = filepath.Join(c.temp, fmt.Sprintf("%d.exe", n))
	if err := os.Link(program, c.program); err != nil {
		t.Fatal(err)
	}
	return c
}

// test checks what the learner is told, who has that number in the program.
func (l learner) test(t *testing.T, program string, n int) {
	t.Run(l.name, func(t *testing.T) {
		t.Parallel() // some wait for what never happens
		c := l.checker(t, program, n)
		if err := c.runAll(context.Background()); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := c.show(&b); err != nil {
			t.Fatal(err)
		}
		says := l.says
		if here := strings.Index(l.text, "// HERE"); here >= 0 {
			says = append(says, at(1+strings.Count(l.text[:here], "\n")))
		}
		testSays(t, b.String(), says...)
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
}`, "only the last product is in each sum"},
	{"Transpose", `{
	return x
}`, "not transposed"},
	{"Sigmoid", `{
	return 1/1 + math.Exp(-z)
}`, "1 + exp(-z) instead of 1 / (1 + exp(-z))"},
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
}`, diagnosis.AllZeros + ", perhaps of an integer division"},
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

// Someone makes a mistake in each of the exercises, one after the other, and is told which
// it is. What the exercise calls is right.
func oneByOne(t *testing.T) []learner {
	var learners []learner
	for i, slip := range slips {
		e := exercises[i]
		if e.Name != slip.exercise {
			t.Fatalf("slip %d: got %s, want %s", i+1, slip.exercise, e.Name)
		}
		text := with(t, startText, e.Name, slip.body)
		calls := parse(with(t, solved(t, startText), e.Name, slip.body)).uses(e.Name)
		for _, n := range calls {
			text = with(t, text, exercises[n-1].Name, solvedBody(exercises[n-1].Name))
		}
		learners = append(learners, learner{name: e.Name, text: text, says: []string{
			fmt.Sprintf("%d of 16 done. Exercise %d, %s", len(calls), i+1, e.Name), "is wrong", fmt.Sprintf("> %d %s wrong", i+1, e.Name),
			"The mistake: " + slip.mistake + ".", "To read again: part ",
		}})
	}
	// One bug, in the middle of what is done, is one failure; what calls it waits.
	learners = append(learners, learner{
		name: "in the middle", text: with(t, solved(t, startText), "OutputLayerDelta", slips[8].body),
		says: []string{"12 of 16 done. Exercise 9, OutputLayerDelta (part 9), is wrong:", "11 HiddenLayerDelta waits for 9", "15 Step waits for 9",
			"16 Train waits for 9", "The mistake: " + slips[8].mistake},
		lacks: []string{"Also wrong"},
	})
	// An exercise may call a later one, and waits for it.
	early := with(t, startText, "MSE", `{
	e := OutputLayerError(outputLayerOutputs, y)
	sum := 0.0
	for i := range e {
		for j := range e[i] {
			sum += e[i][j] * e[i][j]
		}
	}
	return sum / float64(2*y.Rows()*y.Cols())
}`)
	learners = append(learners,
		learner{name: "calls a later one", text: early, lacks: []string{"is wrong"},
			says: []string{"Exercise 8, OutputLayerError (part 9), is next", "Your MSE calls it, so exercise 7 waits for it.", "7 MSE waits for 8"}},
		learner{name: "asks about one that calls a later one", text: early, asked: 7, lacks: []string{"is wrong"},
			says: []string{"Exercise 7, MSE (part 6), waits", "Your MSE calls OutputLayerError, exercise 8, which is not done yet."}},
		learner{name: "calls a later one that is wrong", text: with(t, early, "OutputLayerError", slips[7].body), lacks: []string{"7 MSE wrong"},
			says: []string{"Exercise 8, OutputLayerError (part 9), is wrong", "7 MSE waits for 8", slips[7].mistake}},
		learner{name: "call each other", lacks: []string{"5 OutputLayer wrong"},
			text: with(t, with(t, startText, "HiddenLayer", "{\n\treturn OutputLayer(x, weights1)\n}"), "OutputLayer", "{\n\treturn HiddenLayer(hiddenLayerOutputs, weights2)\n}"),
			says: []string{"Exercise 4, HiddenLayer (part 5), is wrong", "It calls itself without end", "5 OutputLayer waits for 4"}},
		learner{name: "calls a later one that is done", text: with(t, early, "OutputLayerError", solvedBody("OutputLayerError")),
			says: []string{"2 of 16 done."}})
	return learners
}

// What goes wrong in an exercise is shown with its line, and what it prints.
func whereItIs(t *testing.T) []learner {
	text := startText + `
var i0 = 0

func right(x, w matrix.Matrix) (a, b matrix.Matrix) {
	a = Dot(x, w)
	b = matrix.New(a.Rows(), a.Cols())
	b.Apply(Sigmoid, a)
	return a, b
}

func own(a, b matrix.Matrix) matrix.Matrix {
	z := matrix.New(a.Rows(), b.Cols())
	for i := range z {
		for j := range z[i] {
			for k := range a[i] {
				z[i][j] += a[i][k] * b[k][j]
			}
		}
	}
	return z
}
`
	for _, name := range []string{"Dot", "Transpose", "Sigmoid", "Step"} {
		text = with(t, text, name, solvedBody(name))
	}
	var learners []learner
	for _, test := range []struct {
		name, body string
		says       []string
	}{
		{"panic of package matrix", "{\n\tz := matrix.New(5, 2)\n\tz.Dot(x, Transpose(weights1)) // HERE\n\treturn z, z\n}",
			[]string{"It panicked: matrix: Dot: (5×4)·(2×4): inner sizes 4 and 2 differ.", "z.Dot(x, Transpose(weights1)) // HERE"}},
		{"panic in what it calls", "{\n\tz := own(x, Transpose(weights1)) // HERE\n\treturn z, z\n}",
			[]string{"It panicked: runtime error: index out of range [2] with length 2", "The mistake: weights_1 transposed."}},
		{"endless loop", "{\n\tz := x\n\tfor i := 0; i >= 0; i = (i + 1) % 5 { z = Transpose(z) } // HERE\n\treturn z, z\n}",
			[]string{"It was still running after 0.5 seconds of processor time, so it was stopped. " + exercise.NeverEnds, "15 Step waits for 4"}},
		{"recursion", "{\n\treturn HiddenLayer(x, weights1) // HERE\n}", []string{"It calls itself without end"}},
		{"slow recursion", "{\n\tfor i := 0; i < 10000; i++ {\n\t\tright(x, weights1)\n\t}\n\treturn HiddenLayer(x, weights1) // HERE\n}", []string{"It calls itself without end"}},
		{"deadlock", "{\n\tdone := make(chan bool)\n\tdone <- true // HERE\n\treturn x, x\n}", []string{"It waits for something that never happens"}},
		{"panic of a goroutine", "{\n\tgo func() {\n\t\tpanic(x) // HERE\n\t}()\n\tselect {}\n}", []string{"It ended the whole program"}},
		{"spaces", "{\n        z := x[7] // HERE\n        return x, matrix.Matrix{z}\n}", []string{"index out of range [7] with length 5. x is 5×4, so its rows are 0 to 4."}},
		{"an empty operand", "{\n\tvar in, out matrix.Matrix\n\tin.Dot(x, out) // HERE\n\treturn in, out\n}",
			[]string{"It panicked: matrix: Dot: (5×4)·(0×0): inner sizes 4 and 0 differ. out is still empty (0×0). Compute it before you use it."}},
		{"panic in a helper", "{\n\tz := own(x, matrix.New(3, 2)) // HERE\n\treturn z, z\n}",
			[]string{"index out of range [3] with length 3. In b[k], k is 3. b is 3×2, so its rows are 0 to 2.", "z := own(x, matrix.New(3, 2)) // HERE and, in what that calls, line ", ": z[i][j] += a[i][k] * b[k][j]"}},
		{"panic in an exercise", "{\n\tz := Dot(x, matrix.New(5, 2)) // HERE\n\treturn z, z\n}",
			[]string{"It panicked: runtime error: index out of range [4] with length 4. x is 5×4, and matrix.New(5, 2) is 5×2. The first has to have as many columns as the second has rows.", "c[i][j] += x[i][k] * y[k][j]"}},
		{"many prints", "{\n\tfor i := 0; i < 1000; i++ {\n\t\tfmt.Println(\"line\", i)\n\t}\n\tvar none []int\n\tfmt.Println(none[i0]) // HERE\n\treturn x, x\n}",
			[]string{"It printed: line 0 line 1 line 2 line 3 line 4 line 5 line 6 line 7 line 8 line 9 … and 990 more lines"}},
		{"many prints, then the end of the program", "{\n\tfor i := 0; i < 100000; i++ {\n\t\tfmt.Println(\"line\", i)\n\t}\n\tgo func() {\n\t\tpanic(1) // HERE\n\t}()\n\tselect {}\n}",
			[]string{"line 9 … and 99990 more lines", "It ended the whole program, so it was stopped: 1."}},
		{"nothing", "{\n\tfmt.Println(\"x is\", x.Rows())\n\treturn nil, x\n}",
			[]string{"hidden_layer_inputs is nil. It should be a 5×2 matrix.", "It printed: x is 5"}},
		{"a row too short", "{\n\tz := Dot(x, weights1)\n\tz[2] = z[2][:1]\n\treturn z, z\n}",
			[]string{"hidden_layer_inputs is not a matrix (row 0 has 2 numbers, row 2 has 1). It should be a 5×2 matrix."}},
		{"a number", "{\n\ta, b := right(x, weights1)\n\ta[3][1] = 7\n\treturn a, b\n}",
			[]string{"hidden_layer_inputs[3][1] is 7 expected ", "go run . explain hidden_layer_inputs 3 1 -flowers 1,51,101,52,149"}},
	} {
		learners = append(learners, learner{name: test.name, text: with(t, text, "HiddenLayer", test.body), says: append(test.says, "Exercise 4, HiddenLayer (part 5), is wrong:")})
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
		{name: "an own method of that name", lacks: notOurs, says: []string{"All 16 are done"},
			text: with(t, full, "Dot", "{\n\treturn own(x).Dot(own(y))\n}") + "\ntype own matrix.Matrix\n\nfunc (x own) Dot(y own) matrix.Matrix { return dots(matrix.Matrix(x), matrix.Matrix(y)) }\n\nfunc dots(x, y matrix.Matrix) matrix.Matrix " + solvedBody("Dot") + "\n"},
		{name: "left to package matrix", says: []string{"Exercise 1, Dot (part 4), is wrong", "It is correct, but it leaves the work to package matrix."},
			text: with(t, startText, "Dot", leftToMatrix)},
		{name: "a helper that leaves it to package matrix",
			says: []string{"Exercise 1, Dot (part 4), is wrong: c[i][j] = Σₖ x[i][k]·y[k][j] 5×4 · 4×2 = 5×2 It is correct, but it leaves the work to package matrix."},
			text: with(t, full, "Dot", "{\n\treturn helper(x, y)\n}") + "\nfunc helper(x, y matrix.Matrix) matrix.Matrix " + leftToMatrix + "\n"},
		{name: "both signs turned", lacks: notOurs, says: []string{"All 16 are done", "You flipped the sign in 8 (OutputLayerError) and 14 (Descend). That is also correct"},
			text: with(t, with(t, full, "OutputLayerError", yMinusOut), "Descend", plusUpdate)},
		{name: "the first sign turned, and the second left out",
			says: []string{"The sign is flipped in 8 (OutputLayerError). Two flipped signs are also correct, such as y − out in OutputLayerError and weights + … in Descend, exercise 14. 12 of 16 done. Exercise 14, Descend (part 7), is next:"},
			text: with(t, with(t, full, "OutputLayerError", yMinusOut), "Descend", "{\n\treturn nil\n}")},
		{name: "one sign turned", lacks: []string{"Two flipped signs", "You flipped"}, says: []string{"Exercise 14, Descend (part 7), is wrong:", "The mistake: wrong sign: weights + learning_rate · update."},
			text: with(t, full, "Descend", plusUpdate)},
		{name: "variables with functions, results that have names or begin empty", lacks: notOurs, says: []string{"All 16 are done"},
			text: with(t, with(t, with(t, strings.Replace(full, "func Dot(x, y matrix.Matrix) matrix.Matrix {", "var Dot = func(x, y matrix.Matrix) matrix.Matrix {", 1), "Train", "{\n\tfor i := 0; i < epochs; i++ {\n\t\tnewWeights1, newWeights2 = Step(x, y, weights1, weights2, learningRate)\n\t\tweights1, weights2 = newWeights1, newWeights2\n\t}\n\treturn\n}"),
				"HiddenLayer", "{\n\tvar z matrix.Matrix\n\tz.Dot(x, weights1)\n\tout := z.Clone()\n\tout.Apply(Sigmoid, out)\n\treturn z, out\n}"),
				"OutputLayerDelta", "{\n\tdelta := new(matrix.Matrix)\n\tdelta.Apply(func(out float64) float64 { return out * (1 - out) }, outputLayerOutputs)\n\tdelta.Hadamard(outputLayerError, *delta)\n\treturn *delta\n}")},
		{name: "a wrong exercise called through a variable", says: []string{"13 of 16 done. Exercise 14, Descend"},
			text: with(t, with(t, full, "Descend", "{\n\treturn weights\n}"), "Step", strings.ReplaceAll(solvedBody("Step"), "Descend(", "down(")) + "\nvar down = Descend\n"},
		{name: "the first one, asked for", asked: 1, says: []string{"Exercise 1, Dot (part 4), is done:", "Your Dot is correct. Ours: go run . workshop -solution 1"},
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
			says: []string{"hidden_layer_error is nil. It should be a 5×2 matrix.", "returns, so nothing after it is done. Is it the original return line?"}},
		{name: "a result defined once more", text: with(t, full, "HiddenLayer", "{\n\tfor range x {\n\t\thiddenLayerInputs := Dot(x, weights1)\n\t\thiddenLayerOutputs = hiddenLayerInputs\n\t}\n\treturn\n}"),
			says: []string{"hidden_layer_inputs is nil. It should be a 5×2 matrix. nil is a matrix that is still empty.", "(A result that has a name is nil at first."}},
		{name: "counted from 1", text: with(t, full, "Labels", "{\n\ty := matrix.New(len(species), 3)\n\tfor i, s := range species {\n\t\ty[i][s-1] = 1\n\t}\n\treturn y\n}"),
			says: []string{"index out of range [-1]. In y[i][s-1], s-1 is -1. Rows, columns and species are counted from 0"}},
		{name: "too far", text: with(t, startText, "Dot", dotLoops("for k := 0; k <= y.Rows(); k++", "c[i][j] += x[i][k] * y[k][j]")),
			says: []string{"index out of range [4] with length 4. In x[i][k], k is 4. x is 5×4, so its columns are 0 to 3: end the loop in line", "at k < x.Cols()."}},
		{name: "made with another size", text: with(t, full, "Weights2Update", "{\n\tz := matrix.New(3, 2)\n\tz.Dot(Transpose(hiddenLayerOutputs), outputLayerDelta)\n\treturn z\n}"),
			says: []string{"z, before the dot, is 3×2, and the result is 2×3. In line"}},
		{name: "another argument", text: with(t, full, "Step", strings.Replace(solvedBody("Step"), "HiddenLayerError(outputError, outputDelta, weights2)", "HiddenLayerError(outputError, x, weights2)", 1)),
			says: []string{"HiddenLayerError takes outputLayerError, outputLayerDelta, weights2; you gave it x (5×4) where outputLayerDelta (5×3) belongs."}},
		{name: "results exchanged", text: with(t, full, "Train", "{\n\tfor range epochs {\n\t\tweights2, weights1 = Step(x, y, weights1, weights2, learningRate)\n\t}\n\treturn weights1, weights2\n}"),
			says: []string{"Step returns new_weights_1 first: you put them into weights2."}},
		{name: "no copy, under another name", text: strings.Replace(with(t, startText, "OutputLayerError", "{\n\tc := out\n\tc.Sub(out, y)\n\treturn c\n}"), "func OutputLayerError(outputLayerOutputs,", "func OutputLayerError(out,", 1),
			says: []string{"It changed out, which it was given.", "The mistake: out changed in place.", "c := out makes no copy: c and out are the same matrix. Write c := out.Clone(), or var c matrix.Matrix."}},
		{name: "slow", text: with(t, with(t, strings.Replace(full, "\t\"math\"\n", "\t\"math\"\n\t\"time\"\n", 1), "Train", "{\n\treturn nil, nil\n}"), "Step",
			strings.Replace(solvedBody("Step"), "{\n", "{\n\tfor begin := time.Now(); !stepped && time.Since(begin) < 700*time.Millisecond; {\n\t}\n\tstepped = true\n", 1)) + "\nvar stepped bool\n",
			says: []string{"15 of 16 done. Exercise 16, Train"}},
		{name: "no rows", text: with(t, full, "Labels", "{\n\treturn matrix.New(0, 3)\n}"),
			says: []string{"A size is 0. Has the matrix that it comes from been computed already?"}},
	}
}

// misbehaving are learners whose exercise 3 does anything but return. That is reported as
// this exercise's, with what it printed, and the others are still checked.
func misbehaving(t *testing.T) (learners []learner) {
	text := strings.Replace(startText, "\t\"math\"\n", "\t\"math\"\n\t\"os\"\n\t\"runtime\"\n\t\"sync\"\n\t\"time\"\n", 1) + `
var _, _, _, _ = os.Exit, runtime.GC, time.Sleep, sync.NewCond

func deeper(z float64) float64 {
	if math.IsInf(z, 1) {
		return z
	}
	return deeper(z+1) + 1 // RECURSION
}
`
	for _, name := range []string{"Dot", "HiddenLayer", "MSE"} {
		text = with(t, text, name, solvedBody(name))
	}
	for _, test := range []struct{ name, sigmoid, says string }{
		{"panic", "panic(\"no idea\\nwhat to do\") // HERE", "It panicked: no idea."},
		{"index", "return make([]float64, 2)[int(z)+7] // HERE", "It panicked: runtime error: index out of range [5] with length 2."},
		{"exit", "os.Exit(7)", "It ended the whole program, with exit code 7, so it was stopped. Leave os.Exit and log.Fatal out of it."},
		{"exit as if all were well", "fmt.Println(\"panic: no\")\n\tos.Exit(0)", "It ended the whole program"},
		{"sleep", "time.Sleep(time.Hour) // HERE", "It has done nothing for 3 seconds, so it was stopped."},
		{"lock", "var mu sync.Mutex\n\tmu.Lock()\n\tmu.Lock() // HERE", "It waits for something that never happens, so it was stopped."},
		{"wait", "var group sync.WaitGroup\n\tgroup.Add(1)\n\tgroup.Wait() // HERE", "It waits for something that never happens, so it was stopped."},
		{"recursion", "return deeper(z)", "It calls itself without end, so it was stopped."},
		{"memory", "var all []matrix.Matrix\n\tfor {\n\t\tall = append(all, matrix.New(1000, 1000)) // HERE\n\t}", "It used more than 512 MiB of memory, so it was stopped."},
		{"goexit", "runtime.Goexit()", "It waits for something that never happens"},
		{"print 100 MB", "for range 100 << 20 / 16 {\n\t\tfmt.Print(\"0123456789abcde\\n\") // HERE\n\t}", "It kept printing, so it was stopped. Is there a print in a loop that never ends?" +
			" network/workshop/exercises.go:96 fmt.Print(\"0123456789abcde\\n\") // HERE It printed:" + strings.Repeat(" 0123456789abcde", 10) + " … and "},
		{"standard output closed", "os.Stdout.Close()", "Sigmoid(-2) is 0 expected"},
		// Only what it prints in the call that is spoken of is shown.
		{"prints", "fmt.Println(\"z is\", z)\n\tprintln(\"to standard error\")", "It printed: z is -2 to standard error z is -0.5 to standard error z is 0 to standard error z is 1 to standard error z is 3 to standard error … and 8 more lines Stuck?"},
	} {
		body := "{\n\t" + test.sigmoid + "\n\treturn 0\n}"
		l := learner{name: test.name, text: with(t, text, "Sigmoid", body)}
		if test.name == "recursion" {
			l.text = strings.Replace(l.text, "// RECURSION", "// HERE", 1)
		}
		l.says = []string{"> 3 Sigmoid wrong", " 1 Dot done", "7 MSE done", "Exercise 3, Sigmoid (part 2), is wrong:", test.says}
		learners = append(learners, l)
	}
	return learners
}

// solved returns exercises.go with the bodies of our solutions.
func solved(t *testing.T, text string) string {
	t.Helper()
	for _, e := range exercises {
		text = with(t, text, e.Name, solvedBody(e.Name))
	}
	return text
}

func solvedBody(name string) string {
	f := parse(solutions.Text).funcs[name]
	return solutions.Text[f.Body.Pos()-1 : f.Body.End()-1]
}
