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

// A tourStop is what Delve must show at one stop of tour.dlv.
type tourStop struct {
	function string
	equation string // just computed, or "" before the first one of a function
	line     int    // of the equation
	name     string // of its result in the series, as in reference.json
	next     string // what the arrow is at
	nextLine int
	printed  []string // what the script prints, in this order
	want     []matrix.Matrix
	place    int // of next, in lines after the function's first one
}

// The script has a stop before and after each equation of the pass, and prints
// there what the equation has computed. (TestTour asks Delve.)
func TestTourScript(t *testing.T) {
	var got []string // each stop with the lines up to the next blank one
	before := ""
	for _, line := range strings.Split(testkit.Text(t, "network/walkthrough/tour.dlv"), "\n") {
		switch {
		case strings.HasPrefix(line, "break "):
			got = append(got, before+"\n"+line+"\n")
		case strings.HasPrefix(line, "cond "), strings.HasPrefix(line, "on "):
			if len(got) == 0 || before == "" {
				t.Fatalf("got %q, want a break before it", line)
			}
			got[len(got)-1] += line + "\n"
		}
		before = line
	}
	want := wantTour(t)
	if len(got) != len(want) {
		t.Fatalf("got %d stops, want %d: one before the first equation of each function and one after each equation", len(got), len(want))
	}
	seen := map[string]bool{}
	for i, want := range want {
		comment, lines, _ := strings.Cut(got[i], "\n")
		begin := "# "
		if want.name != "" {
			begin += want.name + " = "
		}
		if !strings.HasPrefix(comment, begin) {
			t.Errorf("stop %d: got the comment %q, want one that begins with %q", i+1, comment, begin)
		}
		name := strings.Fields(lines)[1]
		if seen[name] {
			t.Errorf("stop %d: got a second %s, want another name", i+1, name)
		}
		seen[name] = true
		text := fmt.Sprintf("break %s network.(*Network).%s:%d\ncond -hitcount %[1]s == 1\n", name, want.function, want.place)
		for _, printed := range want.printed {
			text += fmt.Sprintf("on %s print %s\n", name, printed)
		}
		if lines != text {
			t.Errorf("stop %d: got\n%swant\n%s", i+1, lines, text)
		}
	}
	if script := testkit.Text(t, "network/walkthrough/tour.dlv"); !strings.HasSuffix(script, "\ncontinue\n") {
		t.Errorf("got a script that ends with %.40q, want continue", script[max(0, len(script)-40):])
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

// wantTour returns what the tour must show: for each equation of network.go a
// stop after it, with the numbers of reference.json.
func wantTour(t *testing.T) []tourStop {
	t.Helper()
	pass := testkit.Reference(t).Passes[0]
	rate, n := pass.Request.Rate, pass.Answer.N
	number := func(name string) matrix.Matrix {
		m, ok := pass.Answer.Matrices[name]
		if !ok {
			t.Fatalf("reference.json: got no %s", name)
		}
		return m
	}
	scaled := func(s float64, name string) matrix.Matrix {
		m := number(name)
		z := matrix.New(m.Rows(), m.Cols())
		z.Scale(s, m)
		return z
	}

	type input struct {
		names  []string
		values []matrix.Matrix
	}
	first := map[string]input{ // what the stop before a function's first equation prints
		"Feedforward":   {[]string{"p.X", "n.Weights1"}, []matrix.Matrix{number("x"), number("weights_1")}},
		"Backpropagate": {[]string{"p.Y", "oneOverN"}, []matrix.Matrix{number("y"), {{1 / n}}}},
		"Descend":       {[]string{"learningRate"}, []matrix.Matrix{{{rate}}}},
	}

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
	for _, name := range []string{"Feedforward", "Backpropagate", "Descend"} {
		var body *ast.BlockStmt
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Name.Name == name {
				body = f.Body
			}
		}
		if body == nil {
			t.Fatalf("network.go: got no func %s, want one", name)
		}
		var equations []ast.Stmt
		for _, statement := range body.List {
			if _, ok := statement.(*ast.ExprStmt); ok && isEquation.MatchString(text(statement)) {
				equations = append(equations, statement)
			} else if !strings.HasPrefix(text(statement), "oneOverN :=") {
				t.Fatalf("network.go:%d: got %s, want an equation such as p.XT.Transpose(p.X)", line(statement.Pos()), text(statement))
			}
		}
		stop := tourStop{function: name, printed: first[name].names, want: first[name].values}
		for i, equation := range equations {
			stop.next, stop.nextLine = text(equation), line(equation.Pos())
			stop.place = stop.nextLine - line(body.Lbrace)
			stops = append(stops, stop)

			match := isEquation.FindStringSubmatch(text(equation))
			result, field := match[1], match[2]
			stop = tourStop{function: name, equation: text(equation), line: line(equation.Pos()), printed: []string{result}}
			switch again := i+1 < len(equations) && strings.HasPrefix(text(equations[i+1]), result+"."); {
			case again: // the next equation divides this one's result by N
				stop.name = seriesName(field)
				stop.want = []matrix.Matrix{scaled(n, stop.name)}
			case strings.HasSuffix(field, "Step"):
				stop.name = seriesName(field)
				stop.want = []matrix.Matrix{scaled(rate, strings.TrimSuffix(stop.name, "step")+"update")}
			case strings.HasPrefix(result, "n."):
				stop.name = "new_" + seriesName(field)
				stop.want = []matrix.Matrix{number(stop.name)}
			default:
				stop.name = seriesName(field)
				stop.want = []matrix.Matrix{number(stop.name)}
			}
		}
		stop.next, stop.nextLine = "}", line(body.Rbrace)
		stop.place = stop.nextLine - line(body.Lbrace)
		stops = append(stops, stop)
	}
	return stops
}

var isEquation = regexp.MustCompile(`^([pn]\.(\w+))\.\w+\(.*\)$`)

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
	if want.equation != "" && !isCode(s.listing[want.line], want.equation) {
		t.Errorf("got %q shown as line %d, want %q", s.listing[want.line], want.line, want.equation)
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
