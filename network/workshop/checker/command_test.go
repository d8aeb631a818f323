package checker

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"backprop/data/testkit"
)

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
	p.mustSay([]string{"-hint"}, "Exercise 1, Dot: hint 1 of 3", exercises[0].Hints[0])

	p.save(solved(t, startText))
	out = p.mustSay(nil, "Exercises 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 and 16 are done. 1 Dot done",
		"All 16 are done", "130 flowers", "epoch MSE accuracy MSE accuracy")
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
		dir  string
		args string
		code int
		want string
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
		{p.root, "-solution 1", 1, "-solution 1: finish exercise 1, Dot, before asking for our solution"},
	} {
		r := p.workshopIn(test.dir, strings.Fields(test.args)...)
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
	remembered := filepath.Join(p.folder(), progressFile)
	next("Exercise 1, Dot (part 4), is next:")
	p.save(with(t, startText, "Dot", "{\n\treturn 1\n}"))
	next("exercises.go does not compile yet")
	p.save(with(t, startText, "Dot", solvedBody("Dot")))
	next("Exercise 1 is done.\n\n")
	if err := os.WriteFile(remembered, []byte(`{"Done":["Dot","Transpose"]}`), 0o666); err != nil { // by one elsewhere
		t.Fatal(err)
	}
	p.save(with(t, p.text, "Transpose", solvedBody("Transpose")))
	next("Exercise 2 is done.\n\n")
	if out := squeezed(watch.Out.Text()); strings.Contains(out, "run this again") || !strings.Contains(out, "what comes out. Save. Stuck?") {
		t.Errorf("got\n%s\nwant that saving is enough", watch.Out.Text())
	}
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

func testNothingLeft(t *testing.T, dir string) {
	t.Helper()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("got %v left in the folder for temporary files, want nothing", left)
	}
}
