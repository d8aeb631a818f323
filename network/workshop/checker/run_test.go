package checker

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"backprop/data/testkit"
	"backprop/network/walkthrough/command"
	"backprop/network/workshop/diagnosis"
)

// The test's own executable is the program, for a test that starts it.
func TestMain(m *testing.M) { testkit.Main(m, program) }

// program is the command workshop alone.
func program(args []string, in io.Reader, out, err io.Writer) int {
	return command.Program{Commands: []command.Command{{Name: "workshop", Run: Run}}}.Run(args, in, out, err)
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

func (p *project) workshopIn(dir string, args ...string) testkit.Result {
	p.t.Helper()
	here, err := os.Getwd()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.Chdir(dir); err != nil {
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

// testDiagnoser is shared by all tests, so that each mistake's numbers are computed once.
var testDiagnoser *diagnosis.Diagnoser

// testChecker returns a checker of the text, in which no exercise has a result yet.
func testChecker(t *testing.T, text string) *checker {
	t.Helper()
	c, err := newChecker("", parse(text), 0)
	if err != nil {
		t.Fatal(err)
	}
	if testDiagnoser == nil {
		testDiagnoser = c.diagnoser
	}
	c.diagnoser = testDiagnoser
	return c
}

// with returns the text with the function of that name replaced by another.
func with(t *testing.T, text, name, body string) string {
	t.Helper()
	f := parse(text).funcs[name]
	if f == nil {
		t.Fatalf("got no func %s in\n%s", name, text)
	}
	from, to := int(f.Body.Pos())-1, int(f.Body.End())-1 // positions count from 1
	return text[:from] + body + text[to:]
}

// What does not compile is shown with the line, and with what that means; each of
// the explanations is led to by something that people write. The learners' files are
// compiled all at once.
func TestCompiler(t *testing.T) {
	p := newProject(t)
	explained := map[string]bool{}
	note := func(says string) {
		for _, m := range means {
			if strings.HasPrefix(strings.ReplaceAll(m.sentence, "`", ""), says) {
				explained[m.sentence] = true
			}
		}
	}
	tests := []struct{ exercise, text, says string }{
		{"", strings.Replace(startText, "\t\"math\"\n", "\t\"math\"\n\t\"os\"\n", 1), "An import that nothing uses has to go."},
		{"Sigmoid", with(t, strings.Replace(strings.Replace(startText, "var _, _ = fmt.Println, math.Exp", "", 1), "\t\"math\"\n", "", 1), "Sigmoid", "{\n\tfmt.Println(z)\n\treturn 1 / (1 + math.Exp(-z))\n}"), "It is no longer imported:"},
	}
	for _, test := range doNotCompile {
		tests = append(tests, struct{ exercise, text, says string }{test.exercise, with(t, startText, test.exercise, test.body), test.says})
	}
	for i, test := range tests {
		p.write(fmt.Sprintf("case%d/%s/%s", i, folder, file), test.text)
	}
	cmd := exec.Command("go", "build", "./...")
	cmd.Dir = p.root
	messages := map[string]string{} // by the case
	for _, part := range strings.Split(testkit.Run(t, cmd).Err, "# backprop/")[1:] {
		name, text, _ := strings.Cut(part, "/")
		_, text, _ = strings.Cut(text, "\n")
		messages[name] = strings.NewReplacer(name+"/", "", name+`\`, "").Replace(text)
	}
	for i, test := range tests {
		t.Run(fmt.Sprintf("%d %s", i, test.exercise), func(t *testing.T) {
			says := messages[fmt.Sprintf("case%d", i)]
			if says == "" {
				t.Fatalf("it compiles:\n%s", test.text)
			}
			c := testChecker(t, test.text)
			c.dir, c.compiler = t.TempDir(), says
			var b strings.Builder
			if err := c.showCompiler(&b); err != nil {
				t.Fatal(err)
			}
			testSays(t, b.String(), "exercises.go does not compile yet", test.says)
			note(test.says)
			if test.exercise == "" || strings.Contains(test.says, "twice") {
				return
			}
			b.Reset()
			if err := c.showHint(&b); err != nil {
				t.Fatal(err)
			}
			testSays(t, b.String(), test.exercise+": hint ")
		})
	}

	// What Go says before it compiles anything.
	for _, test := range []struct{ name, text, says string }{
		{"another package", strings.Replace(startText, "package workshop\n", "package main\n", 1), "The files in this folder begin with package workshop."},
		{"another import", strings.Replace(startText, "\t\"math\"\n", "\t\"math\"\n\t\"numpy\"\n", 1), "There are no other packages here:"},
		{"an empty file", "", "The file does not begin with package workshop."},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := &project{t: t, root: p.root}
			p.save(test.text)
			p.mustSay(nil, "exercises.go does not compile yet", test.says)
			note(test.says)
		})
	}
	for _, m := range means {
		if !explained[m.sentence] {
			t.Errorf("nothing leads to %q", m.sentence)
		}
	}
}

// doNotCompile is what learners write who come from Python, C or JavaScript, or who
// are tired.
var doNotCompile = []struct{ exercise, body, says string }{
	{"Dot", "{\n\tz := matrix.New(5, 2)\n\tfor i := range z {\n\t\tfor j := range z[i] {\n\t\t\tfor k := range y {\n\t\t\t\tz[i, j] += x[i, k] * y[k, j]\n\t\t\t}\n\t\t}\n\t}\n\treturn z\n}", "The number in row i and column j is c[i][j], with brackets"},
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
	{"Dot", "{\n\tz := y[:, 1]\n\treturn z\n}", "A whole row is c[i]."},
	{"Dot", "{\n\tz := matrix.New((x.Rows(), y.Cols()))\n\treturn z\n}", "No parentheses around several values:"},
	{"HiddenLayer", "{\n\ta := Dot(x, weights1)\n\treturn (a, a)\n}", "No parentheses around several values:"},
	{"Labels", "{\n\ty := matrix.New(5, 3)\n\ty[0] = {1, 0, 0}\n\treturn y\n}", "Lists are not written like that here."},
	{"HiddenLayer", "{\n\tf := lambda z: 1 / z\n\treturn x, x\n}", "A function without a name is"},
	{"Sigmoid", "{\n\treturn 1 if z > 0 else 0\n}", "There is no such expression in Go."},
	{"Sigmoid", "{\n\t\"\"\"docstring\"\"\"\n\treturn 0\n}", "A comment begins with //."},
	{"MSE", "{\n\tfloat64 n := 3\n\treturn n\n}", "A new variable is sum := 0.0, with no type, let or var in"},
	{"MSE", "{\n\tif y is nil and true {\n\t}\n\treturn 0\n}", "It is && for and, || for or, ! for not, == for is."},
	{"Transpose", "{\n\treturn [[r[i] for r in x] for i in range(4)]\n}", "There are no list comprehensions in Go:"},
	{"Weights1Update", "{\n\tu := Dot(Transpose(x), hiddenLayerDelta)\n\treturn\n}", "Behind return stands what you computed: return c."},
	{"HiddenLayerError", "{\n\treturn Dot(outputLayerDelta, weights2.Transpose())\n}", "An operation such as c.Dot(a, b) returns nothing"},
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
	{"MSE", "{\n\tz := y\n\treturn z[0, 1]\n}", "The number in row i and column j is c[i][j], with brackets"},
	{"MSE", "{\n\td := 0.5\n\treturn d ** 2\n}", "Go has no operator for powers: write d * d, or math.Pow(d,"},
	{"MSE", "{\n\td := 0.5\n\treturn d ^ 2\n}", "Go has no operator for powers: write d * d, or math.Pow(d,"},
	{"MSE", "{\n\treturn math.pow(2, 2)\n}", "What a package has for others begins with a capital letter:"},
	{"MSE", "{\n\treturn math.exp(2)\n}", "What a package has for others begins with a capital letter:"},
	{"MSE", "{\n\treturn math.Sigmoid(2)\n}", "There is nothing of that name here. A new variable begins"},
	{"MSE", "{\n\tn := y.Rows\n\treturn float64(n)\n}", "Rows and Cols are functions, so they are called: x.Rows(),"},
	{"MSE", "{\n\treturn float64(y.Rows * 2)\n}", "Rows and Cols are functions, so they are called: x.Rows(),"},
	{"MSE", "{\n\tfor i := 0; i < y.Rows; i++ {\n\t}\n\treturn 0\n}", "Rows and Cols are functions, so they are called: x.Rows(),"},
	{"MSE", "{\n\treturn float64(y.rows())\n}", "A matrix m has m.Rows() and m.Cols(), and c.Dot(a, b),"},
	{"MSE", "{\n\treturn float64(y.size())\n}", "A matrix m has m.Rows() and m.Cols(), and c.Dot(a, b),"},
	{"Labels", "{\n\ty := matrix.New(species.Rows(), 3)\n\treturn y\n}", "This is no matrix but a plain list: how long it is says"},
	{"HiddenLayer", "{\n\tz := Dot(x, weights1)\n\treturn z, Sigmoid(z)\n}", "Sigmoid takes one number and returns one. For each number"},
	{"HiddenLayer", "{\n\tz := Dot(x, weights1)\n\ta := z\n\ta.Apply(z, Sigmoid)\n\treturn z, a\n}", "The order is c.Apply(f, a) and c.Scale(s, a): the matrix"},
	{"HiddenLayer", "{\n\tz := Dot(x, weights1)\n\ta := Apply(Sigmoid, z)\n\treturn z, a\n}", "The operations of package matrix write into the matrix"},
	{"HiddenLayer", "{\n\tz := matrix.Dot(x, weights1)\n\treturn z, z\n}", "The operations of package matrix write into the matrix"},
	{"Weights2Update", "{\n\tu := Dot(hiddenLayerOutputs, y)\n\tu.Scale(u, 0.1)\n\treturn u\n}", "The order is c.Apply(f, a) and c.Scale(s, a): the matrix"},
	{"Step", "{\n\treturn Descend(learningRate, weights1), weights2\n}", "Compare with the line that begins with func and this name:"},
	{"Step", "{\n\treturn Descend(learningRate, weights1, weights2), weights2\n}", "Something of another kind is expected in this place."},
	{"HiddenLayerError", "{\n\treturn Dot(outputLayerDelta, weights2.T)\n}", "A matrix m has m.Rows() and m.Cols(), and c.Dot(a, b),"},
	{"Descend", "{\n\tw := matrix.New(2, 3)\n\tw.Add(weights, update)\n\treturn w\n}", "A matrix m has m.Rows() and m.Cols(), and c.Dot(a, b),"},
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
	{"Dot", "{\n\treturn x @ y\n}", "Go does not know this character. The dot product is Dot(a,"},
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
	{"HiddenLayer", "{\n\tz := x.Dot(x, weights1)\n\treturn z, z\n}", "An operation such as c.Dot(a, b) returns nothing"},
	{"Sigmoid", "{\n\tz := 1 / (1 + math.Exp(-z))\n\tz := z\n\treturn z\n}", ":= makes a new variable"},
	{"MSE", "{\n\tsum := 0.0\n\treturn sum / (2 * y.Rows())\n}", "Whole numbers (int) and float64 do not mix"},
	{"MSE", "{\n\treturn y.Rows()\n}", "Whole numbers (int) and float64 do not mix"},
	{"OutputLayerError", "{\n\treturn outputLayerOutputs - y\n}", "Go has no operators for matrices"},
	{"HiddenLayer", "{\n\treturn x\n}", "The number of values does not fit"},
	{"HiddenLayer", "{\n\tz := Dot(x)\n\treturn z, z\n}", "Compare with the line that begins with func"},
	{"Sigmoid", "{\n\treturn 0\n}\n\nfunc Dot() {}", "This name is there twice"},
	{"HiddenLayer", "{\n\tz := matrix.New(5, 2).Dot(x, weights1)\n\treturn z, z\n}", "The operations of package matrix write into the matrix before the dot"},
	{"HiddenLayer", "{\n\tz.Dot(x, weights1)\n\treturn z, z\n}", "The operations of package matrix write into the matrix before the dot"},
	{"HiddenLayer", "{\n\tvar z matrix\n\tz.Dot(x, weights1)\n\treturn z, z\n}", "An empty matrix is var c matrix.Matrix:"},
	{"HiddenLayer", "{\n\tz matrix.Matrix\n\tz.Dot(x, weights1)\n\treturn z, z\n}", "An empty matrix is var c matrix.Matrix:"},
	{"HiddenLayer", "{\n\tmatrix.Matrix z;\n\tz.Dot(x, weights1)\n\treturn z, z\n}", "An empty matrix is var c matrix.Matrix:"},
	{"HiddenLayer", "{\n\tvar z = matrix.Matrix\n\tz.Dot(x, weights1)\n\treturn z, z\n}", "An empty matrix is var c matrix.Matrix:"},
	{"Dot", "{\n\tfor i := range x\n\t{\n\t}\n\treturn x\n}", "Here or just before, something is missing"},
}
