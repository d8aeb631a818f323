package walkthrough_test

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"backprop/data/testkit"
	"backprop/matrix"
)

const (
	delve       = "github.com/go-delve/delve/cmd/dlv@v1.27.2"
	delveOldest = 25 // this Delve works with Go 1.25
	delveNewest = 27 // to Go 1.27
)

// A tourStop is what Delve must show at one stop of the tour.
type tourStop struct {
	function string
	next     string // what the arrow is at
	nextLine int
	printed  []string // what the script prints, in this order
	want     []matrix.Matrix
}

// The equations of network.go are of the form that the script of the tour looks for, and
// each is on a line of its own. (TestTour asks Delve.)
func TestTourFindsTheEquations(t *testing.T) {
	want := wantTour(t)
	lines := strings.Split(testkit.Text(t, "network/network.go"), "\n")
	for _, stop := range want {
		if got := lines[stop.nextLine-1]; !isCode(got, stop.next) {
			t.Errorf("line %d: got %q, want %q and no more", stop.nextLine, got, stop.next)
		}
	}
	if len(want) < 24 { // 17 equations, 2 of which take two lines, 2 descents of two lines, an end for each function
		t.Errorf("got %d stops, want at least 24", len(want))
	}
}

// The tour stops before and after each equation of the pass, and shows the
// numbers of the NumPy twin.
func TestTour(t *testing.T) {
	testkit.Processes(t)
	testkit.Everything(t)
	want := wantTour(t)
	testkit.Text(t, "main.go") // so that go test's cache knows that the test also depends on the program
	dlv := installDelve(t)
	t.Run("stops", func(t *testing.T) {
		out := runDelve(t, dlv, strings.Repeat("continue\n", len(want))+"exit\n", append(tour, "step")...)
		checkTour(t, out, want)
	})
	t.Run("an exercise of the workshop", func(t *testing.T) {
		guide := testkit.Text(t, "network/workshop/WORKSHOP.md")
		command := regexp.MustCompile(`(?m)^    dlv debug (.*)$`).FindStringSubmatch(guide)
		if command == nil || !strings.Contains(guide, "`break workshop.OutputLayerDelta`") {
			t.Fatal("WORKSHOP.md: got no dlv debug and its break")
		}
		out := runDelve(t, dlv, "break workshop.OutputLayerDelta\ncontinue\nargs\nexit\n", strings.Fields(command[1])...)
		if !regexp.MustCompile(`(?m)^outputLayerError = .*Matrix len: 5`).MatchString(out) {
			t.Errorf("got\n%s\nwant the arguments, of 5 flowers", out)
		}
	})
	t.Run("130 flowers", func(t *testing.T) {
		flowers := make([]string, 130)
		for i := range flowers {
			flowers[i] = strconv.Itoa(i)
		}
		// What a breakpoint prints by itself ends after 64 rows, whatever the
		// configuration; what is typed does not.
		out := runDelve(t, dlv, "print p.X\nexit\n", append(tour, "step", "-flowers", strings.Join(flowers, ","))...)
		_, typed, found := strings.Cut(out, "(dlv) ")
		rows := regexp.MustCompile(`(?m)^\t\[[\d.]+,[\d.]+,[\d.]+,[\d.]+\],\r?$`).FindAllString(typed, -1)
		if !found || len(rows) != len(flowers) {
			t.Errorf("got %d rows of 4 numbers from print p.X, want %d:\n%s", len(rows), len(flowers), out)
		}
	})
}

// checkTour compares what Delve showed on the tour with what it must show.
func checkTour(t *testing.T, out string, want []tourStop) {
	t.Helper()
	got := splitTour(out)
	for i := 0; i < len(got) && i < len(want); i++ {
		t.Run(got[i].name, func(t *testing.T) {
			got[i].check(t, want[i])
		})
		if t.Failed() {
			t.Fatalf("stop %d is not what it should be; those after it are not checked\n%s", i+1, got[i].text)
		}
	}
	if len(got) != len(want) {
		t.Fatalf("got %d stops, want %d: one before the first equation of each function and one after each equation\n%s", len(got), len(want), out)
	}
	// The pass with the new weights is no part of the tour: from the last stop
	// the program runs to its end.
	for _, s := range []string{"\nMSE after the step ", " has exited with status 0"} {
		if !strings.Contains(out, s) {
			t.Errorf("got no %q at the end:\n%s", s, got[len(got)-1].text)
		}
	}
}

// wantTour returns what the tour must show: for each equation of network.go a stop before
// it, with the result of the equation before that and whatever else the next one takes and
// was not shown yet. The numbers are those of reference.json.
func wantTour(t *testing.T) []tourStop {
	t.Helper()
	source := testkit.Text(t, "network/network.go")
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "network.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	text := func(node ast.Node) string {
		return source[files.Position(node.Pos()).Offset:files.Position(node.End()).Offset]
	}
	line := func(p token.Pos) int { return files.Position(p).Line }

	var stops []tourStop
	var shown []string
	for _, name := range []string{"Feedforward", "Backpropagate", "Descend"} {
		i := slices.IndexFunc(file.Decls, func(d ast.Decl) bool { f, ok := d.(*ast.FuncDecl); return ok && f.Name.Name == name })
		if i < 0 {
			t.Fatalf("network.go: got no func %s, want one", name)
		}
		body := file.Decls[i].(*ast.FuncDecl).Body
		var operations []string // that had this result
		stop := tourStop{function: name}
		show := func(expression, operation string) {
			stop.printed = append(stop.printed, expression)
			stop.want = append(stop.want, tourNumbers(t, expression, operation, shown))
		}
		end := func(next string, at token.Pos) {
			stop.next, stop.nextLine = next, line(at)
			stops = append(stops, stop)
			shown = append(shown, stop.printed...)
		}
		for _, statement := range body.List {
			match := isEquation.FindStringSubmatch(text(statement))
			if match == nil {
				continue
			}
			for _, operand := range strings.Split(match[3], ", ") {
				if isVariable.MatchString(operand) && !slices.Contains(shown, operand) && !slices.Contains(stop.printed, operand) {
					show(operand, "")
				}
			}
			end(text(statement), statement.Pos())
			stop = tourStop{function: name}
			operations = append(operations, match[1]+"."+match[2])
			show(match[1], match[2])
		}
		if len(operations) < 4 {
			t.Errorf("network.go: got the equations %v in %s, want four or more", operations, name)
		}
		end("}", body.Rbrace)
	}
	return stops
}

// isVariable matches an operand that can be shown: not Sigmoid, which is a function.
var isVariable = regexp.MustCompile(`^[a-z]`)

// isEquation matches p.C.Dot(p.A, p.B): the result, the operation, the operands.
var isEquation = regexp.MustCompile(`^(\w+\.\w+)\.(\w+)\((.*)\)$`)

// tourNumbers returns the numbers of reference.json for an expression of network.go that is
// shown after the operation, or before any if that is "".
func tourNumbers(t *testing.T, expression, operation string, shown []string) matrix.Matrix {
	t.Helper()
	pass := testkit.Reference(t).Passes[0]
	receiver, field, isField := strings.Cut(expression, ".")
	name, factor := seriesName(field), 1.0
	switch {
	case expression == "oneOverN":
		return matrix.Matrix{{1 / pass.Answer.N}}
	case expression == "learningRate":
		return matrix.Matrix{{pass.Request.Rate}}
	case strings.HasSuffix(field, "Step"):
		name, factor = strings.TrimSuffix(name, "step")+"update", pass.Request.Rate
	case strings.HasSuffix(field, "Update") && operation == "Dot": // and not yet divided by N
		factor = pass.Answer.N
	case receiver != "p" && slices.Contains(shown, expression): // the weights, a second time
		name = "new_" + name
	}
	want, ok := pass.Answer.Matrices[name]
	if !ok || !isField {
		t.Fatalf("reference.json: got no %s, for %s", name, expression)
	}
	var m matrix.Matrix
	m.Scale(factor, want)
	return m
}

// seriesName returns the series' name of a matrix: weights_2.T for Weights2T.
func seriesName(field string) string {
	words := regexp.MustCompile(`[A-Z][a-z]*|\d+`).FindAllString(field, -1)
	name := strings.ToLower(strings.Join(words, "_"))
	if strings.HasSuffix(name, "_t") {
		name = strings.TrimSuffix(name, "_t") + ".T"
	}
	return name
}

// A shownStop is what Delve showed at a stop.
type shownStop struct {
	text     string
	name     string // of the breakpoint
	function string
	arrow    int
	listing  map[int]string // the lines of code around the arrow
	order    []string
	printed  map[string]matrix.Matrix
}

var (
	stopLine    = regexp.MustCompile(`(?m)^(?:\(dlv\) )?> \[(\w+)\] backprop/network\.\(\*Network\)\.(\w+)\(\) \S*network\.go:\d+ `)
	codeLine    = regexp.MustCompile(`^(=>| ) *(\d+):\t(.*)$`)
	matrixLine  = regexp.MustCompile(`^\t([\w.]+): backprop/matrix\.Matrix len: \d+, cap: \d+, \[$`)
	rowLine     = regexp.MustCompile(`^\t\t\[(.*)\],$`)
	numberLine  = regexp.MustCompile(`^\t([\w.]+): ([-+.\de]+)$`)
	windowsLine = regexp.MustCompile(`\r\n`)
)

// splitTour returns the stops that Delve's output shows.
func splitTour(out string) []shownStop {
	out = windowsLine.ReplaceAllString(out, "\n")
	var stops []shownStop
	starts := stopLine.FindAllStringSubmatchIndex(out, -1)
	for i, start := range starts {
		end := len(out)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		s := shownStop{
			text:     out[start[0]:end],
			name:     out[start[2]:start[3]],
			function: out[start[4]:start[5]],
			listing:  map[int]string{},
			printed:  map[string]matrix.Matrix{},
		}
		lines := strings.Split(s.text, "\n")
		for _, line := range lines[1:] {
			if strings.HasPrefix(line, "(dlv) ") {
				break // what follows was printed after this stop
			}
			if m := codeLine.FindStringSubmatch(line); m != nil {
				number, _ := strconv.Atoi(m[2])
				s.listing[number] = strings.TrimSpace(m[3])
				if m[1] == "=>" {
					s.arrow = number
				}
			} else if m := matrixLine.FindStringSubmatch(line); m != nil {
				s.order = append(s.order, m[1])
			} else if m := numberLine.FindStringSubmatch(line); m != nil {
				s.order = append(s.order, m[1])
				s.printed[m[1]] = matrix.Matrix{parseRow(m[2])}
			} else if m := rowLine.FindStringSubmatch(line); m != nil && len(s.order) > 0 {
				name := s.order[len(s.order)-1]
				s.printed[name] = append(s.printed[name], parseRow(m[1]))
			}
		}
		stops = append(stops, s)
	}
	return stops
}

// parseRow returns the numbers of a row; what is no number becomes NaN.
func parseRow(s string) []float64 {
	var row []float64
	for _, field := range strings.Split(s, ",") {
		x, err := strconv.ParseFloat(field, 64)
		if err != nil {
			x = math.NaN()
		}
		row = append(row, x)
	}
	return row
}

// check compares what Delve showed with what it must show.
func (s shownStop) check(t *testing.T, want tourStop) {
	t.Helper()
	if s.function != want.function {
		t.Errorf("got a stop in %s, want it in %s", s.function, want.function)
	}
	if s.arrow != want.nextLine || !isCode(s.listing[s.arrow], want.next) {
		t.Errorf("got the arrow at line %d, %q, want it at line %d, %q", s.arrow, s.listing[s.arrow], want.nextLine, want.next)
	}
	if got, want := strings.Join(s.order, ", "), strings.Join(want.printed, ", "); got != want {
		t.Errorf("got %s printed, want %s", got, want)
		return
	}
	for i, name := range want.printed {
		got, want := s.printed[name], want.want[i]
		if got.Rows() != want.Rows() || got.Cols() != want.Cols() {
			t.Errorf("%s: got %d×%d numbers, want %d×%d", name, got.Rows(), got.Cols(), want.Rows(), want.Cols())
			continue
		}
		for r := range want {
			for c := range want[r] {
				if !(math.Abs(got[r][c]-want[r][c]) <= 1e-12) {
					t.Errorf("%s[%d][%d]: got %v, want %v", name, r, c, got[r][c], want[r][c])
				}
			}
		}
	}
}

// isCode reports whether a line is the given code, perhaps with a comment.
func isCode(line, code string) bool {
	before, _, _ := strings.Cut(line, "//")
	return strings.TrimSpace(before) == code
}

// installDelve returns the path of Delve, installed into a folder of its own.
// That leaves go.mod alone. (go run would do, too, but stopping it would not
// stop the program that it runs.)
func installDelve(t *testing.T) string {
	t.Helper()
	var minor int
	if _, err := fmt.Sscanf(runtime.Version(), "go1.%d", &minor); err == nil && (minor < delveOldest || minor > delveNewest) {
		t.Fatalf("%s works with Go 1.%d to 1.%d, this is %s", delve, delveOldest, delveNewest, runtime.Version())
	}
	folder := t.TempDir()
	cmd := exec.Command("go", "install", delve)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "GOBIN="+folder)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("no Delve: go install %s: %v\n%s", delve, err, out)
	}
	if runtime.GOOS == "windows" {
		return filepath.Join(folder, "dlv.exe")
	}
	return filepath.Join(folder, "dlv")
}

// tour are Delve's arguments for the tour of the program.
var tour = []string{".", "--init", "network/walkthrough/tour.dlv", "--"}

// runDelve debugs with the given arguments, types input at the first stop, and
// returns what Delve and the program printed.
func runDelve(t *testing.T, dlv, input string, args ...string) string {
	t.Helper()
	goenv, err := exec.Command("go", "env", "GOENV").Output()
	if err != nil {
		t.Fatal(err)
	}
	// The go command, which Delve runs, may still write to this folder when
	// it has ended, so it is no t.TempDir, whose removal must succeed.
	folder, err := os.MkdirTemp("", "tour")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)

	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, dlv, append([]string{"debug",
		"--output", filepath.Join(folder, "program.exe"),
		"--allow-non-terminal-interactive=true"}, args...)...)
	cmd.Dir = "../.."
	cmd.Env = append(os.Environ(),
		"XDG_CONFIG_HOME="+folder,                 // not the user's settings and history of Delve,
		"GOENV="+strings.TrimSpace(string(goenv)), // but those of Go
		"TERM=dumb") // no colors
	cmd.Stdin = strings.NewReader(input)
	cmd.WaitDelay = time.Second
	out, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		t.Fatalf("Delve has not come to an end:\n%s", out)
	}
	if err != nil {
		t.Fatalf("Delve: %v\n%s", err, out)
	}
	return string(out)
}

// The configurations of launch.json start what there is, and show matrices of
// 130 flowers whole.
func TestLaunchConfigurations(t *testing.T) {
	var launch struct {
		Version        string
		Configurations []struct {
			Name, Type, Request, Mode, Program, Cwd string
			Args                                    []string
			DlvLoadConfig                           struct {
				FollowPointers                                                    bool
				MaxVariableRecurse, MaxStringLen, MaxArrayValues, MaxStructFields int
			}
		}
	}
	testkit.JSON(t, ".vscode/launch.json", &launch)
	program := testkit.Text(t, "main.go")
	if launch.Version != "0.2.0" {
		t.Errorf("got version %q, want 0.2.0", launch.Version)
	}
	want := []struct {
		name, mode, program string
		args                string
	}{
		{"step", "debug", "${workspaceFolder}", "step"},
		{"train", "debug", "${workspaceFolder}", "train"},
		{"check", "debug", "${workspaceFolder}", "check"},
		{"test under the cursor (select its name)", "test", "${fileDirname}", "-test.v -test.run ^${selectedText}$"},
	}
	if got, want := len(launch.Configurations), len(want); got != want {
		t.Fatalf("got %d configurations, want %d", got, want)
	}
	for i, want := range want {
		t.Run(want.name, func(t *testing.T) {
			got := launch.Configurations[i]
			if got.Name != want.name || got.Type != "go" || got.Request != "launch" || got.Mode != want.mode || got.Program != want.program {
				t.Errorf("got %q, type %q, request %q, mode %q, program %q, want %q, go, launch, %q, %q",
					got.Name, got.Type, got.Request, got.Mode, got.Program, want.name, want.mode, want.program)
			}
			if got := strings.Join(got.Args, " "); got != want.args {
				t.Errorf("got the arguments %q, want %q", got, want.args)
			}
			limits := got.DlvLoadConfig
			if limits.MaxArrayValues < 1000 || limits.MaxStringLen < 1000 || limits.MaxVariableRecurse < 3 || limits.MaxStructFields != -1 || !limits.FollowPointers {
				t.Errorf("got the limits %+v, want at least 1000 array values, 1000 bytes of a string, 3 levels, all (-1) fields, pointers followed", limits)
			}
			if got.Mode != "debug" {
				return
			}
			if got.Cwd != "${workspaceFolder}" {
				t.Errorf("got the folder %q, want that of main.go", got.Cwd)
			}
			if command := fmt.Sprintf("{Name: %q, ", got.Args[0]); !strings.Contains(program, command) {
				t.Errorf("main.go: got no %s, want the command", command)
			}
		})
	}
}
