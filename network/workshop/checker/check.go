package checker

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"backprop/data"
	"backprop/iris"
	"backprop/network/workshop/diagnosis"
	"backprop/network/workshop/exercise"
)

// Processor time for a call of an exercise, which takes less than a thousandth of it; for a
// call of those that call all others, which may be slow without being wrong; and for the
// training at the end, which takes less than a tenth.
const (
	timeLimit     = 500 * time.Millisecond
	stepLimit     = 5 * time.Second
	trainingLimit = 20 * time.Second

	slow = 50 * time.Millisecond // is a call that takes longer
)

// exercises are the exercises, in their order.
var exercises = exercise.All()

// A state is how far a learner is with an exercise.
type state string

const (
	done     state = "done"
	wrong    state = "wrong"
	notBegun state = "not begun"
	waits    state = "waits" // for an exercise that it calls and that is not done
)

// A result is what the checker found out about an exercise.
type result struct {
	State   state
	Waits   int             // for which exercise, from 1
	Fault   diagnosis.Fault // of one that is wrong, or that has a turned sign
	Trial   exercise.Trial  // the call that Fault speaks of, if it ended
	Clues   []string        // sentences about what the text of the function shows
	Time    time.Duration   // of the processor, for the call that took longest
	Stopped bool            // before all was called
	Printed string          // the first lines that were printed in that call, or in the first one
	More    int             // how many there were after those

	process *process // that ran it, or nil
}

// A checker builds the child with the learner's functions, and runs it for one exercise
// after the other.
type checker struct {
	dir       string   // of the exercises
	before    []string // what was done at the last check, or nil
	watching  bool     // each save is checked by itself
	temp      string   // for what is needed while checking
	source    *source
	program   string // the child
	compiler  string // what it said, if the exercises do not compile
	diagnoser *diagnosis.Diagnoser
	trials    []*exercise.Inputs // what the exercises are given in their calls
	results   []result           // by the number of the exercise, from 1
	rows      []exercise.Row     // of the training at the end
	failed    string             // why there are none
	open      bool               // it is not known yet whether a turned sign meets another
	asked     int                // the exercise that the learner asks about, or 0
}

// newChecker returns a checker of what is in the folder. The learner has asked about an
// exercise, or 0.
func newChecker(dir string, s *source, asked int) (*checker, error) {
	flowers, err := iris.Read(strings.NewReader(data.Iris))
	if err != nil {
		return nil, err
	}
	return &checker{
		dir: dir, source: s, asked: asked,
		diagnoser: diagnosis.New(flowers),
		trials:    exercise.OfTrials(flowers),
		results:   make([]result, len(exercises)+1),
	}, nil
}

// checkAll checks the exercises in the folder. The learner has asked about one, or 0.
func checkAll(ctx context.Context, dir string, asked int) (*checker, error) {
	s, err := readSource(dir)
	if err != nil {
		return nil, err
	}
	c, err := newChecker(dir, s, asked)
	if err != nil {
		return nil, err
	}
	c.before = readProgress(dir).Done
	if c.temp, err = os.MkdirTemp("", "backprop-workshop-"); err != nil {
		return nil, err
	}
	defer os.RemoveAll(c.temp)
	if err := c.build(ctx); err != nil || c.compiler != "" {
		return c, err
	}
	return c, c.runAll(ctx)
}

// build compiles the child. It notes what the compiler says if it cannot, and returns
// an error if there is no compiler. The compiler's own files are in temp also, since
// an interrupt may end it before it has tidied up.
func (c *checker) build(ctx context.Context) error {
	goTool, err := exec.LookPath("go")
	if err != nil {
		return fmt.Errorf("found no go command, expected the one that builds the exercises: %w", err)
	}
	c.program = filepath.Join(c.temp, "child.exe") // a name that every system takes
	cmd := exec.CommandContext(ctx, goTool, "build", "-tags=exercises", "-buildvcs=false", "-o", c.program, "./"+folder+"/checker/child")
	cmd.Dir = filepath.Dir(filepath.Dir(c.dir))
	cmd.Env = append(os.Environ(), "GOTMPDIR="+c.temp)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = endLimit
	out, err := cmd.CombinedOutput()
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil || cmd.ProcessState != nil && cmd.ProcessState.ExitCode() < 0: // by a signal
		return errInterrupted
	case ofExercises.Match(out):
		c.compiler = string(out)
		return nil
	}
	return fmt.Errorf("go build: %w: %s (nothing is wrong with %s: try again, and see that there is room on the disk)", err, bytes.TrimSpace(out), file)
}

var errInterrupted = errors.New("interrupted")

// runAll runs every exercise that is begun and that does not call one that did not come
// back, since it would not come back either. If all are done, they train a net.
func (c *checker) runAll(ctx context.Context) error {
	for _, e := range exercises {
		r := &c.results[e.Number]
		switch {
		case c.source.empty(e.Name):
			r.State = notBegun
		case c.callsStopped(e):
			r.State = waits
		default:
			if err := c.run(ctx, e); err != nil {
				return err
			}
		}
	}
	c.useLoops()
	c.explain(exercises[outputLayerError-1])
	c.explain(exercises[descend-1])
	c.matchSigns()
	for _, e := range exercises {
		r := &c.results[e.Number]
		if first := c.waitsFor(e); first > 0 && r.State != done && r.State != notBegun {
			*r = result{State: waits, Waits: first}
		}
	}
	if n := c.current(); n > 0 && c.results[n].State == wrong { // of the others, no more is shown
		c.explain(exercises[n-1])
		c.findClues(exercises[n-1], &c.results[n])
	}
	if c.finished() == len(exercises) {
		return c.train(ctx)
	}
	return nil
}

// run runs an exercise, and notes whether it is correct.
func (c *checker) run(ctx context.Context, e *exercise.Exercise) (err error) {
	limit := timeLimit
	if e.Number >= exercise.Number("Step") {
		limit = stepLimit
	}
	r := &c.results[e.Number]
	if r.process, err = c.runChild(ctx, limit, e.Number); err != nil {
		return err
	}
	report := &r.process.report
	r.State = done
	if !c.diagnoser.Correct(e, report) {
		r.State = wrong
	}
	for _, t := range report.Trials {
		r.Time = max(r.Time, t.Time)
	}
	report.Stopped = c.orSlow(report.Stopped, c.source.uses(e.Name))
	r.Stopped = report.Stopped != ""
	r.Printed, r.More = r.process.printed(0)
	return nil
}

// explain notes what is wrong with an exercise that was run.
func (c *checker) explain(e *exercise.Exercise) {
	r := &c.results[e.Number]
	if r.State != wrong || r.process == nil || r.Fault != (diagnosis.Fault{}) {
		return
	}
	report := &r.process.report
	var correct []string
	for _, n := range c.source.uses(e.Name) {
		if c.results[n].State == done {
			correct = append(correct, exercises[n-1].Name)
		}
	}
	r.Fault = *c.diagnoser.Of(e, report, correct...)
	if r.Fault.Trial < len(report.Trials) {
		r.Trial = report.Trials[r.Fault.Trial]
	} else {
		r.Fault.Line = r.process.stoppedAt(c.source, e.Name)
	}
	r.Printed, r.More = r.process.printed(r.Fault.Trial)
}

// train has all functions train a net.
func (c *checker) train(ctx context.Context) error {
	p, err := c.runChild(ctx, trainingLimit, training)
	if err != nil {
		return err
	}
	all := make([]int, len(exercises))
	for i, e := range exercises {
		all[i] = e.Number
	}
	c.rows, c.failed = p.report.Rows, c.orSlow(p.report.Stopped, all)
	return nil
}

// orSlow returns why something was stopped. If that took too long, and one of the exercises
// that it calls is slow, no loop has to be endless.
func (c *checker) orSlow(stopped string, calls []int) string {
	for _, n := range calls {
		if r := c.results[n]; r.Time > slow {
			return strings.Replace(stopped, exercise.NeverEnds, fmt.Sprintf("One call of your %s takes %.2g seconds, and ours takes less than a thousandth of a second. Make yours faster first.", exercises[n-1].Name, r.Time.Seconds()), 1)
		}
	}
	return stopped
}

// callsStopped reports whether the exercise calls one that was stopped, or one that does.
func (c *checker) callsStopped(e *exercise.Exercise) bool {
	return slices.ContainsFunc(c.source.uses(e.Name), func(n int) bool {
		return c.results[n].State == waits || c.results[n].Stopped
	})
}

// useLoops makes the first two exercises wrong if they leave their work to package
// matrix: it is there from the third on.
func (c *checker) useLoops() {
	for _, e := range exercises[:2] {
		if r := &c.results[e.Number]; r.State == done && c.source.callsMethod(e.Name) {
			*r = result{State: wrong, Fault: diagnosis.Fault{Sentence: fmt.Sprintf("It is correct, but it leaves the work to package matrix. Here, do it yourself: with loops over rows and columns. From exercise 3 on you may use c.%s.", e.Name)}}
		}
	}
}

// matchSigns makes both turned signs right, y − out and weights + …, since they cancel.
// As long as there is one, and it is not known what the other will be, open is true.
func (c *checker) matchSigns() {
	a, b := &c.results[outputLayerError], &c.results[descend]
	switch {
	case a.Fault.Turned && b.Fault.Turned:
		a.State, b.State = done, done
	case a.Fault.Turned:
		c.open = b.State != done
	case b.Fault.Turned:
		c.open = a.State != done
	}
}

// The exercises in which the series' sign may be turned, if it is in both.
var (
	outputLayerError = exercise.Number("OutputLayerError")
	descend          = exercise.Number("Descend")
)

// undecided reports whether the exercise is wrong only as long as the other turned sign
// is missing.
func (c *checker) undecided(n int) bool { return c.open && c.results[n].Fault.Turned }

// waitsFor returns the first exercise that this one calls and that is not done, nor may
// yet turn out to be, or 0. Of two that call each other, the later one waits.
func (c *checker) waitsFor(e *exercise.Exercise) int {
	for _, n := range c.source.uses(e.Name) {
		callsBack := slices.Contains(c.source.uses(exercises[n-1].Name), e.Number)
		if (n < e.Number || !callsBack) && c.results[n].State != done && !c.undecided(n) {
			return n
		}
	}
	return 0
}

// finished returns how many exercises are done.
func (c *checker) finished() int { return len(c.done()) }

// current returns the number of the exercise to speak of, or 0 if all are done: the
// one that was asked for; if the file does not compile, the one of which the compiler
// speaks; else the first that is wrong; else the one that others wait for; else the
// next one, and at the end those that were left out. A turned sign is not spoken of
// as long as it may be right, if the learner has gone on.
func (c *checker) current() int {
	if c.asked > 0 {
		return c.asked
	}
	if c.compiler != "" {
		return c.blamed()
	}
	last := len(exercises) // that is begun
	for last > 0 && c.results[last].State == notBegun {
		last--
	}
	first := slices.IndexFunc(c.results, func(r result) bool { return r.State == wrong })
	for n, r := range c.results {
		if r.State == wrong && !(c.undecided(n) && first < last) {
			return n
		}
	}
	for n, r := range c.results {
		if r.State == waits && r.Waits > 0 {
			for c.results[n].Waits > 0 {
				n = c.results[n].Waits
			}
			return n
		}
	}
	for i := range exercises {
		if n := 1 + (last+i)%len(exercises); c.results[n].State != done {
			return n
		}
	}
	return 0
}
