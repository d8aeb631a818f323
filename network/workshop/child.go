package workshop

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"backprop/iris"
)

// Anything may be in an exercise: an endless loop, a recursion without end (which
// Go cannot recover from), os.Exit. So the exercises run in a process of their
// own, started from the same program, whose last words are read here. What the
// learner prints comes on the same pipe, so that it stands in the right place.

const (
	childArgument = "-child" // and then the numbers of the exercises, with commas
	trainingRun   = 0        // as a number: the training at the end
	frameStart    = "\x00workshop "
	timeLimit     = 2 * time.Second
	trainingLimit = 20 * time.Second
	memoryLimit   = 1 << 30 // bytes
	stackLimit    = 16 << 20
)

// A frame is what the child reports: that an exercise begins, what a call is for,
// or the exercise's result.
type frame struct {
	Exercise int
	Begin    bool     `json:",omitempty"`
	About    *string  `json:",omitempty"`
	Result   *result  `json:",omitempty"`
	Rows     []string `json:",omitempty"` // of the training at the end
}

// runChild runs the exercises with the given numbers, and reports on standard
// output.
func runChild(list string, flowers iris.Flowers, f Functions) error {
	report := os.Stdout
	send := func(f frame) {
		text, err := json.Marshal(f)
		if err != nil {
			panic(err)
		}
		fmt.Fprintf(report, "%s%s\n", frameStart, text)
	}
	debug.SetMaxStack(stackLimit)
	var began atomic.Pointer[start]
	go watchdog(&began, send)
	for _, field := range strings.Split(list, ",") {
		n, err := strconv.Atoi(field)
		if err != nil || n < 0 || n > len(exercises) {
			return fmt.Errorf("found %.40q, expected numbers of exercises", list)
		}
		send(frame{Exercise: n, Begin: true})
		if n == trainingRun {
			began.Store(&start{n, time.Now(), trainingLimit})
			send(frame{Exercise: n, Rows: training(f, flowers)})
			continue
		}
		began.Store(&start{n, time.Now(), timeLimit})
		r := check(exercises[n-1], f, flowers, func(about string) { send(frame{Exercise: n, About: &about}) })
		began.Store(nil)
		send(frame{Exercise: n, Result: &r})
	}
	return nil
}

type start struct {
	exercise int
	at       time.Time
	limit    time.Duration
}

// watchdog ends the child when an exercise takes too long or too much memory. It
// is in the child, and not only in its parent, since here it can see where.
func watchdog(began *atomic.Pointer[start], send func(frame)) {
	memory := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	for {
		time.Sleep(5 * time.Millisecond)
		now := began.Load()
		if now == nil {
			continue
		}
		metrics.Read(memory)
		fault := ""
		if memory[0].Value.Uint64() > memoryLimit {
			fault = "It used more than 1 GiB of memory, so it was stopped. Does a loop make matrices, or append, without end?"
		} else if time.Since(now.at) > now.limit {
			fault = tooLong(now.limit)
		}
		if fault == "" {
			continue
		}
		stacks := make([]byte, 1<<16)
		stacks = stacks[:runtime.Stack(stacks, true)]
		name := ""
		if now.exercise > 0 {
			name = exercises[now.exercise-1].name
		}
		send(frame{Exercise: now.exercise, Result: &result{State: wrong, Stopped: true, Fault: fault, Line: traceLine(string(stacks), name)}})
		os.Exit(0)
	}
}

func tooLong(limit time.Duration) string {
	return fmt.Sprintf("It was still running after %.0f seconds, so it was stopped. Is there a loop that never ends?", limit.Seconds())
}

var traceFrame = regexp.MustCompile(`(?m)^\S*?/workshop\.(\w+)\S*\(.*\)\n\t.*[/\\]exercises\.go:(\d+)`)

// traceLine returns the line of exercises.go that a stack trace names: in the
// function of the given name, else the first one, or 0. A tight loop, or a call
// that found no room on the stack, may be said to be at a line without a statement.
func traceLine(trace, name string) int {
	line := 0
	lines := strings.Split(exercisesGo, "\n")
	for _, match := range traceFrame.FindAllStringSubmatch(trace, -1) {
		n, err := strconv.Atoi(match[2])
		if err != nil || n > len(lines) || !strings.HasPrefix(lines[n-1], "\t") {
			continue
		}
		if match[1] == name {
			return n
		}
		if line == 0 {
			line = n
		}
	}
	return line
}

// mostFrequent returns the line of exercises.go that a stack trace names most
// often: in a recursion without end, that is the call. Without any it returns line.
func mostFrequent(trace string, line int) int {
	counts := map[int]int{}
	for _, match := range traceFrame.FindAllStringSubmatch(trace, -1) {
		n, err := strconv.Atoi(match[2])
		if err != nil {
			continue
		}
		if counts[n]++; counts[n] > counts[line] {
			line = n
		}
	}
	return line
}

// A checker runs children until every exercise has a result.
type checker struct {
	program string
	source  *source
	results []result // by the number of the exercise, from 1
	rows    []string // of the training at the end
	err     error
}

// checkAll checks the exercises of the source.
func checkAll(s *source) (*checker, error) {
	if os.Getenv(childEnvironment) != "" {
		return nil, errors.New("workshop: found a workshop started by an exercise, expected a learner to start it")
	}
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &checker{program: program, source: s, results: make([]result, len(exercises)+1)}
	for i, e := range exercises {
		if s.empty(e.name) {
			c.results[i+1].State = notBegun
		}
	}
	for {
		list := c.left()
		if len(list) == 0 {
			break
		}
		if err := c.run(list); err != nil {
			return nil, err
		}
	}
	c.bothTurned()
	for i := range exercises {
		r := &c.results[i+1]
		if r.State != done {
			if n := c.waitsFor(i + 1); n > 0 && r.State != notBegun {
				*r = result{State: waits, Waits: n}
			}
		}
	}
	if c.current() == 0 {
		return c, c.run([]string{strconv.Itoa(trainingRun)})
	}
	return c, nil
}

// childEnvironment is set for children, so that none of them can have children.
const childEnvironment = "BACKPROP_WORKSHOP_CHILD"

// left returns the numbers of the exercises that can still be run. One that calls
// an exercise that did not come back would not come back either.
func (c *checker) left() (list []string) {
	for i, e := range exercises {
		if c.results[i+1].State != "" {
			continue
		}
		lost := false
		for _, n := range c.source.uses(e.name) {
			lost = lost || c.results[n].State == waits || c.results[n].Stopped
		}
		if lost {
			c.results[i+1] = result{State: waits}
			continue
		}
		list = append(list, strconv.Itoa(i+1))
	}
	return list
}

// waitsFor returns the first exercise, before this one, that it calls and that is
// not done, or 0.
func (c *checker) waitsFor(n int) int {
	for _, other := range c.source.uses(exercises[n-1].name) {
		if other < n && c.results[other].State != done {
			return other
		}
	}
	return 0
}

// current returns the number of the first exercise that is not done, or 0.
func (c *checker) current() int {
	for n := 1; n < len(c.results); n++ {
		if c.results[n].State != done {
			return n
		}
	}
	return 0
}

// bothTurned makes two turned signs right, as they are.
func (c *checker) bothTurned() {
	e, d := &c.results[number("OutputLayerError")], &c.results[number("Descend")]
	if e.Mistake == errorMistakes[0].name && d.Mistake == descendMistakes[0].name {
		e.State, d.State = done, done
	}
}

// run runs a child for the exercises in the list, as far as it comes.
func (c *checker) run(list []string) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	cmd := exec.CommandContext(ctx, c.program, "workshop", childArgument, strings.Join(list, ","))
	cmd.Env = append(os.Environ(), childEnvironment+"=1", "GOTRACEBACK=all")
	w := &reader{c: c, timer: time.AfterFunc(trainingLimit, cancel)}
	defer w.timer.Stop()
	cmd.Stdout, cmd.Stderr = w, w
	cmd.WaitDelay = time.Second
	err := cmd.Run()
	if w.begun == nil {
		if err == nil {
			err = errors.New("it ended")
		}
		return fmt.Errorf("the checker could not start itself (%s): %w", c.program, err)
	}
	if w.open {
		r := lastWords(w.printed.String(), exitCode(cmd), exerciseName(*w.begun))
		if ctx.Err() != nil {
			r = result{State: wrong, Stopped: true, Fault: tooLong(timeLimit)}
		}
		w.finish(r)
	}
	return nil
}

func exerciseName(n int) string {
	if n == trainingRun {
		return ""
	}
	return exercises[n-1].name
}

func exitCode(cmd *exec.Cmd) int {
	if cmd.ProcessState == nil {
		return -1
	}
	return cmd.ProcessState.ExitCode()
}

var goDied = regexp.MustCompile(`(?m)^(?:runtime: |panic: |fatal error: |goroutine \d+ )`)

// lastWords makes a result of what Go wrote when an exercise ended the process.
func lastWords(printed string, code int, name string) result {
	r := result{State: wrong, Stopped: true, Printed: printed}
	at := goDied.FindStringIndex(printed)
	if at == nil {
		r.Fault = fmt.Sprintf("It ended the whole program, with exit code %d, so it was stopped. Leave os.Exit and log.Fatal out of it.", code)
		return r
	}
	trace := printed[at[0]:]
	r.Printed = printed[:at[0]]
	r.Line = traceLine(trace, name)
	switch {
	case strings.Contains(trace, "stack overflow"):
		r.Fault = "It calls itself without end, so it was stopped."
		r.Line = mostFrequent(trace, r.Line)
	case strings.Contains(trace, "out of memory"), strings.Contains(trace, "cannot allocate memory"):
		r.Fault = "It wanted more memory than there is, so it was stopped. Is a size wrong?"
	default:
		_, what, _ := strings.Cut(firstLine(trace), ": ")
		r.Fault = fmt.Sprintf("It ended the whole program, so it was stopped: %s.", what)
	}
	return r
}

// A reader takes apart what the child writes.
type reader struct {
	c       *checker
	timer   *time.Timer
	rest    []byte // of a frame that has begun
	begun   *int   // the exercise, nil before the first
	open    bool   // no result of it yet
	muted   bool
	printed tail
}

// Write implements io.Writer.
func (w *reader) Write(b []byte) (int, error) {
	data := append(w.rest, b...)
	for {
		at := bytes.Index(data, []byte(frameStart))
		if at < 0 {
			// the beginning of a frame may come in two pieces
			hold := 0
			for i := 1; i < len(frameStart) && i <= len(data); i++ {
				if bytes.HasSuffix(data, []byte(frameStart[:i])) {
					hold = i
				}
			}
			w.print(data[:len(data)-hold])
			w.rest = bytes.Clone(data[len(data)-hold:])
			return len(b), nil
		}
		end := bytes.IndexByte(data[at:], '\n')
		if end < 0 {
			w.print(data[:at])
			w.rest = bytes.Clone(data[at:])
			return len(b), nil
		}
		w.print(data[:at])
		var f frame
		if err := json.Unmarshal(data[at+len(frameStart):at+end], &f); err == nil {
			w.take(f)
		}
		data = data[at+end+1:]
	}
}

func (w *reader) print(b []byte) {
	if !w.muted {
		w.printed.Write(b)
	}
}

func (w *reader) take(f frame) {
	switch {
	case f.Begin:
		w.begun, w.open, w.muted = &f.Exercise, true, false
		w.printed = tail{}
		limit := timeLimit
		if f.Exercise == trainingRun {
			limit = trainingLimit
		}
		w.timer.Reset(limit + 3*time.Second) // the child's own watchdog comes first
	case f.About != nil:
		w.muted = *f.About == ""
		if !w.muted {
			w.printed = tail{}
		}
	case f.Rows != nil:
		w.c.rows, w.open = f.Rows, false
	case f.Result != nil:
		f.Result.Printed = w.printed.String()
		w.finish(*f.Result)
	}
}

func (w *reader) finish(r result) {
	w.open = false
	if *w.begun != trainingRun {
		w.c.results[*w.begun] = r
	} else {
		w.c.err = errors.New(r.Fault)
	}
}

// tail keeps the last of what is written to it.
type tail struct{ b []byte }

func (t *tail) Write(b []byte) (int, error) {
	const most = 1 << 17
	t.b = append(t.b, b...)
	if len(t.b) > 2*most {
		t.b = bytes.Clone(t.b[len(t.b)-most:])
	}
	return len(b), nil
}

func (t *tail) String() string { return string(t.b) }

var _ io.Writer = (*reader)(nil)
