package checker

import (
	"context"
	"fmt"
	"math"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"backprop/data/testkit"
	"backprop/matrix"
)

// The test's own executable is the program and, with the functions that the
// environment names, the child.
func TestMain(m *testing.M) {
	if name := os.Getenv("BACKPROP_WORKSHOP_TEST"); name != "" {
		os.Exit(Child(os.Args[1:], os.Stdout, misbehaving(name)))
	}
	testkit.Main(m, program)
}

// newChecker returns a checker of a file that has everything right, with this test
// as the child.
func newChecker(t *testing.T) *checker {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return &checker{source: parse(solved(t, startText)), program: program, results: make([]result, len(exercises)+1)}
}

// misbehaving returns functions of which the sigmoid does what the name says.
func misbehaving(name string) Functions {
	f := ours()
	sigmoids := map[string]func(z float64) float64{
		"panic": func(z float64) float64 { panic("no idea\nwhat to do") },
		"index": func(z float64) float64 { return make([]float64, 2)[int(z)+7] },
		"exit":  func(z float64) float64 { os.Exit(7); return z },
		"endless loop": func(z float64) float64 {
			for i := 0; ; i++ {
				_ = i
			}
		},
		"sleep":     func(z float64) float64 { time.Sleep(time.Hour); return z },
		"channel":   func(z float64) float64 { return <-make(chan float64) },
		"lock":      func(z float64) float64 { var mu sync.Mutex; mu.Lock(); mu.Lock(); return z },
		"wait":      func(z float64) float64 { var group sync.WaitGroup; group.Add(1); group.Wait(); return z },
		"recursion": func(z float64) float64 { return endless(z) + 1 },
		"memory": func(z float64) float64 {
			var all []matrix.Matrix
			for {
				all = append(all, matrix.New(1000, 1000))
				all[len(all)-1][0][0] = z
			}
		},
		"goroutine": func(z float64) float64 {
			go func() { panic("elsewhere") }()
			time.Sleep(time.Hour)
			return z
		},
		"goexit": func(z float64) float64 { runtime.Goexit(); return z },
		"print 100 MB": func(z float64) float64 {
			for range 100 << 20 / 16 {
				fmt.Print("0123456789abcde\n")
			}
			return z
		},
		"prints":    func(z float64) float64 { fmt.Println("z is", z); println("to standard error"); return 1.37 * z },
		"no output": func(z float64) float64 { os.Stdout.Close(); return z },
	}
	if sigmoids[name] != nil {
		f.Sigmoid = sigmoids[name]
	}
	return f
}

// endless never gets where it would end.
func endless(z float64) float64 {
	if math.IsInf(z, 1) {
		return z
	}
	return endless(z+1) + 1
}

// filled returns the text with the function of that name replaced by another.
func filled(t *testing.T, text, name, body string) string {
	t.Helper()
	f := parse(text).funcs[name]
	if f == nil {
		t.Fatalf("got no func %s in\n%s", name, text)
	}
	from, to := int(f.Body.Pos())-1, int(f.Body.End())-1 // positions count from 1
	return text[:from] + body + text[to:]
}

// solved returns exercises.go with the bodies of our solutions.
func solved(t *testing.T, text string) string {
	t.Helper()
	for _, e := range exercises {
		text = filled(t, text, e.name, solvedBody(e.name))
	}
	return text
}

func solvedBody(name string) string {
	f := parse(solutionsGo).funcs[name]
	return solutionsGo[f.Body.Pos()-1 : f.Body.End()-1]
}

// Whatever an exercise does, it is reported as that exercise's, and the others
// are still checked.
func TestMisbehaving(t *testing.T) {
	testkit.Processes(t)
	for _, test := range []struct {
		name, want, printed string
	}{
		{"panic", "It panicked: no idea.", ""},
		{"index", "It panicked: runtime error: index out of range [5] with length 2.", ""},
		{"exit", "It ended the whole program, with exit code 7, so it was stopped.", ""},
		{"endless loop", "It was still running after 0.5 seconds of processor time, so it was stopped.", ""},
		{"sleep", "It has done nothing for 3 seconds, so it was stopped.", ""},
		{"channel", "It waits for something that never happens, so it was stopped.", ""},
		{"lock", "It waits for something that never happens, so it was stopped.", ""},
		{"wait", "It waits for something that never happens, so it was stopped.", ""},
		{"recursion", "It calls itself without end, so it was stopped.", ""},
		{"memory", "It used more than 512 MiB of memory, so it was stopped.", ""},
		{"goroutine", "It ended the whole program, so it was stopped: elsewhere.", ""},
		{"goexit", "It ", ""},
		{"print 100 MB", "It kept printing, so it was stopped.", strings.Repeat("0123456789abcde\n", 9) + "0123456789abcde"},
		{"no output", "It ended the whole program, with exit code 0, so it was stopped.", ""},
		// only what it prints in the call that is shown, not in those for naming the mistake
		{"prints", "", "z is -2\nto standard error\nz is -0.5\nto standard error\nz is 0\nto standard error\nz is 1\nto standard error\nz is 3\nto standard error"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv("BACKPROP_WORKSHOP_TEST", test.name)
			c := newChecker(t)
			if err := c.runAll(context.Background()); err != nil {
				t.Fatal(err)
			}
			r := c.results[number("Sigmoid")]
			if r.State != wrong || !strings.HasPrefix(r.Fault, test.want) || strings.Contains(r.Fault, "\n") {
				t.Errorf("got %s, %q, want wrong, %q in one line", r.State, r.Fault, test.want)
			}
			if !strings.HasPrefix(r.Printed, test.printed) || r.Printed != test.printed {
				t.Errorf("got %.300q printed, want it to begin with %q", r.Printed, test.printed)
			}
			if long := test.name == "print 100 MB"; r.More > 0 != long {
				t.Errorf("got %d more lines, want some: %v", r.More, long)
			}
			for i, e := range exercises {
				want := done
				switch e.name {
				case "Sigmoid":
					want = wrong
				case "HiddenLayer", "OutputLayer", "Step", "Train": // which call it
					want = waits
				}
				if got := c.results[i+1]; got.State != want && !(want == waits && got.State == done) {
					t.Errorf("%s: got %s, %q, want %s", e.name, got.State, got.Fault, want)
				}
			}
			var b strings.Builder
			if err := c.show(&b); err != nil {
				t.Fatal(err)
			}
			testScreen(t, b.String())
			if strings.Contains(b.String(), "goroutine ") {
				t.Errorf("got a stack trace, want none:\n%s", b.String())
			}
		})
	}
}

// testScreen checks that the text fits a terminal.
func testScreen(t *testing.T, text string) {
	t.Helper()
	testkit.Screen(t, text)
	if n := strings.Count(text, "\n"); n > 48 {
		t.Errorf("got %d lines, want a screenful at most:\n%s", n, text)
	}
}

// Every message that a mistake can lead to fits the terminal.
func TestMessagesFit(t *testing.T) {
	s := parse(startText)
	show := func(e exercise, r result) {
		c := &checker{source: s, results: make([]result, len(exercises)+1)}
		n := number(e.name)
		for i := range c.results {
			c.results[i].State = done
			if i > n {
				c.results[i] = result{State: waits, Waits: n}
			}
		}
		c.results[n] = r
		var b strings.Builder
		if err := c.show(&b); err != nil {
			t.Fatal(err)
		}
		testScreen(t, b.String())
		for _, want := range []string{fmt.Sprintf("\n> %2d  %s ", n, e.name), r.Mistake, "go run . workshop -hint"} {
			if n <= len(exercises)/2 && !strings.Contains(strings.Join(strings.Fields(b.String()), " "), strings.Join(strings.Fields(want), " ")) {
				t.Errorf("%s: got\n%s\nwant %q in it", e.name, b.String(), want)
			}
		}
	}
	for _, test := range allMade() {
		fs := ours()
		test.make(&fs)
		e := exercises[number(test.exercise)-1]
		show(e, theExaminer(t).check(e, fs))
	}
	for _, e := range exercises {
		show(e, result{State: notBegun})
		show(e, result{State: wrong, Fault: "It panicked: " + strings.Repeat("very long ", 30), Line: 5, Printed: strings.Repeat(strings.Repeat("long \x1b[31m", 50)+"\n", 9) + "end", More: 90})
	}
}
