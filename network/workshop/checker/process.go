package checker

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	// Processor time for a call of an exercise, which takes less than a thousandth of
	// it, and once one has been stopped.
	timeLimit  = 500 * time.Millisecond
	afterLimit = 200 * time.Millisecond

	// How many bytes an exercise may print, and from where on it is the printing that
	// takes long.
	printLimit = 16 << 20
	manyPrints = 100_000

	startLimit = 20 * time.Second // until the child begins: it takes a hundredth of a second
	silence    = 2 * time.Minute  // without a word from it: its own watchdog comes first
	endLimit   = 20 * time.Second // for a process that was told to end
)

// A checker builds the child with the learner's functions, and runs it until
// every exercise has a result.
type checker struct {
	dir      string // of the exercises
	source   *source
	program  string   // the child
	compiler string   // what it said, if the exercises do not compile
	results  []result // by the number of the exercise, from 1
	rows     []row    // of the training at the end
	failed   string   // why there are none
	open     bool     // it is not known yet whether a turned sign meets another
	asked    int      // the exercise that the learner asks about, or 0
}

// checkAll checks the exercises in the folder. The learner has asked about one, or 0.
func checkAll(ctx context.Context, dir string, asked int) (*checker, error) {
	s, err := readSource(dir)
	if err != nil {
		return nil, err
	}
	c := &checker{dir: dir, source: s, asked: asked, results: make([]result, len(exercises)+1)}
	temp, err := os.MkdirTemp("", "backprop-workshop-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temp)
	c.program = filepath.Join(temp, "child.exe") // a name that every system takes
	if c.compiler, err = build(ctx, dir, temp, c.program); err != nil || c.compiler != "" {
		return c, err
	}
	return c, c.runAll(ctx)
}

// build compiles the child. It returns what the compiler says if it cannot, and
// an error if there is no compiler. The compiler's own files are in temp, too, since
// an interrupt may end it before it has tidied up.
func build(ctx context.Context, dir, temp, program string) (says string, err error) {
	goTool, err := exec.LookPath("go")
	if err != nil {
		return "", fmt.Errorf("found no go command, expected the one that builds the exercises: %w", err)
	}
	cmd := exec.CommandContext(ctx, goTool, "build", "-buildvcs=false", "-o", program, "./"+folder+"/checker/child")
	cmd.Dir = filepath.Dir(filepath.Dir(dir))
	cmd.Env = append(os.Environ(), "GOTMPDIR="+temp)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = endLimit
	out, err := cmd.CombinedOutput()
	switch {
	case err == nil:
		return "", nil
	case ctx.Err() != nil || cmd.ProcessState != nil && cmd.ProcessState.ExitCode() < 0: // by a signal
		return "", errors.New("interrupted")
	case ofExercises.Match(out):
		return string(out), nil
	}
	return "", fmt.Errorf("go build: %w: %s (nothing is wrong with %s: try again, and see that there is room on the disk)", err, bytes.TrimSpace(out), file)
}

// runAll runs children until every exercise that is not empty has a result.
func (c *checker) runAll(ctx context.Context) error {
	for i, e := range exercises {
		if c.source.empty(e.name) {
			c.results[i+1].State = notBegun
		}
	}
	limit := timeLimit
	for {
		list := c.left()
		if len(list) == 0 {
			break
		}
		if err := c.run(ctx, limit, list); err != nil {
			return err
		}
		limit = afterLimit // the first child did not get to the end
	}
	c.useLoops()
	c.turned()
	for n := 1; n <= len(exercises); n++ {
		r := &c.results[n]
		if first := c.waitsFor(n); first > 0 && r.State != done && r.State != notBegun {
			*r = result{State: waits, Waits: first}
		}
	}
	if c.finished() == len(exercises) {
		return c.run(ctx, trainingLimit, []string{strconv.Itoa(trainingRun)})
	}
	return nil
}

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

// useLoops makes the first two exercises wrong if they leave their work to package
// matrix: it is there from the third on.
func (c *checker) useLoops() {
	for n, e := range exercises[:2] {
		if r := &c.results[n+1]; r.State == done && c.source.callsMethod(e.name) {
			*r = result{State: wrong, Fault: fmt.Sprintf("It is right, but it leaves the work to package matrix. Here, do it yourself: with loops over rows and columns. From exercise 3 on you may use c.%s.", e.name)}
		}
	}
}

// waitsFor returns the first exercise, before this one, that it calls and that is
// not done, nor may yet turn out to be, or 0.
func (c *checker) waitsFor(n int) int {
	for _, other := range c.source.uses(exercises[n-1].name) {
		if r := c.results[other]; other < n && r.State != done && !(r.Turned && c.open) {
			return other
		}
	}
	return 0
}

// signs are the exercises in which the series' sign can be turned.
var signs = []string{"OutputLayerError", "OutputLayerDelta", "HiddenLayerError", "HiddenLayerDelta", "Weights2Update", "Weights1Update", "Descend"}

// turned makes turned signs right, as they are, if an even number of them is on the
// way to each of the weights. As long as one of the exercises is not decided yet, open
// is true.
func (c *checker) turned() {
	c.open = false
	is := func(name string) bool { return c.results[number(name)].Turned }
	for _, name := range signs {
		c.open = c.open || c.results[number(name)].State != done && !is(name)
	}
	delta2 := is("OutputLayerError") != is("OutputLayerDelta")
	step2 := is("Weights2Update") != is("Descend")
	delta1 := delta2 != (is("HiddenLayerError") != is("HiddenLayerDelta"))
	step1 := is("Weights1Update") != is("Descend")
	if c.open || delta2 != step2 || delta1 != step1 {
		return
	}
	for _, name := range signs {
		c.results[number(name)].State = done
	}
}

// turnedNames returns the exercises whose sign is turned and that are or are not
// done, such as "8 (OutputLayerError) and 14 (Descend)".
func (c *checker) turnedNames(done bool) string {
	var list []string
	for _, name := range signs {
		if r := c.results[number(name)]; r.Turned && (r.State == "done") == done {
			list = append(list, fmt.Sprintf("%d (%s)", number(name), name))
		}
	}
	if len(list) > 2 {
		list = []string{strings.Join(list[:len(list)-1], ", "), list[len(list)-1]}
	}
	return strings.Join(list, " and ")
}

// finished returns how many exercises are done.
func (c *checker) finished() (count int) {
	for _, r := range c.results[1:] {
		if r.State == done {
			count++
		}
	}
	return count
}

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
		if r.State == wrong && !(r.Turned && c.open && first < last) {
			return n
		}
	}
	for _, r := range c.results {
		if r.State == waits && r.Waits > 0 {
			return r.Waits // which waits for none, since it comes before all that do
		}
	}
	for i := range exercises {
		if n := 1 + (last+i)%len(exercises); c.results[n].State != done {
			return n
		}
	}
	return 0
}

// run runs a child for the exercises in the list, as far as it comes.
func (c *checker) run(outer context.Context, limit time.Duration, list []string) error {
	ctx, cancel := context.WithCancel(outer)
	defer cancel()
	cmd := exec.CommandContext(ctx, c.program, limit.String(), strings.Join(list, ","))
	cmd.Env = append(os.Environ(), "GOTRACEBACK=all")
	w := &reader{c: c, cancel: cancel, timer: time.AfterFunc(startLimit, cancel)}
	defer w.timer.Stop()
	cmd.Stdout, cmd.Stderr = w, w
	cmd.WaitDelay = endLimit
	err := cmd.Run()
	switch {
	case outer.Err() != nil:
		return errors.New("interrupted")
	case w.begun == nil && cmd.ProcessState == nil:
		return fmt.Errorf("the exercises were built, but could not be started: %w", err)
	case w.begun == nil:
		r := w.lastWords(cmd.ProcessState.ExitCode())
		return fmt.Errorf("%s: no exercise could begin. Is there an init function, or a variable outside of the functions? %s", file, r.Fault)
	case w.open:
		r := w.lastWords(cmd.ProcessState.ExitCode())
		switch {
		case w.bytes > printLimit:
			r.Fault = tooManyPrints
		case ctx.Err() != nil:
			r.Fault = fmt.Sprintf("It has not answered for %g minutes, so it was stopped.", silence.Minutes())
		}
		w.finish(r)
	}
	return nil
}

// A reader takes apart what the child writes.
type reader struct {
	c       *checker
	cancel  func() // ends the child
	timer   *time.Timer
	rest    []byte // of a frame that has begun
	begun   *int   // the exercise, nil before the first
	open    bool   // no result of it yet
	muted   bool
	printed printed
	bytes   int    // how many the exercise has printed
	tail    []byte // the last of it, where Go's own last words are
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
		w.print(data[:at])
		if end < 0 {
			w.rest = bytes.Clone(data[at:])
			return len(b), nil
		}
		var f frame
		if err := json.Unmarshal(data[at+len(frameStart):at+end], &f); err == nil {
			w.take(f)
		}
		data = data[at+end+1:]
	}
}

func (w *reader) print(b []byte) {
	const most = 1 << 17
	if w.bytes += len(b); w.bytes > printLimit {
		w.cancel()
	}
	if w.tail = append(w.tail, b...); len(w.tail) > 2*most {
		w.tail = bytes.Clone(w.tail[len(w.tail)-most:])
	}
	if !w.muted {
		w.printed.add(b)
	}
}

func (w *reader) take(f frame) {
	w.timer.Reset(silence)
	switch {
	case f.Begin:
		w.begun, w.open, w.muted = &f.Exercise, true, false
		w.printed, w.tail, w.bytes = printed{}, nil, 0
	case f.About != nil:
		w.muted = *f.About == ""
		if !w.muted {
			w.printed = printed{}
		}
	case f.Rows != nil:
		w.c.rows, w.open = f.Rows, false
	case f.Result != nil:
		f.Result.Printed, f.Result.More = w.printed.lines("")
		if f.Stacks != "" {
			f.Result.Line = w.c.source.traceLine(f.Stacks, exerciseName(f.Exercise))
			if line, times := mostFrequent(f.Stacks); times >= deep {
				f.Result.Fault, f.Result.Line = recursion, line
			} else if w.bytes > manyPrints {
				f.Result.Fault = tooManyPrints
			}
		}
		w.finish(*f.Result)
	}
}

func (w *reader) finish(r result) {
	w.open = false
	if *w.begun != trainingRun {
		w.c.results[*w.begun] = r
	} else {
		w.c.failed = r.Fault
	}
}

func exerciseName(n int) string {
	if n == trainingRun {
		return ""
	}
	return exercises[n-1].name
}

// printed keeps the beginning of what a function prints, and counts its lines.
type printed struct {
	head     []byte
	newlines int
}

func (p *printed) add(b []byte) {
	const most = 1 << 14
	p.head = append(p.head, b[:min(len(b), most-len(p.head))]...)
	p.newlines += bytes.Count(b, []byte("\n"))
}

// lines returns the first lines, and how many more there were, without the stack
// trace with which it ends.
func (p *printed) lines(trace string) (first string, more int) {
	const most = 10
	head := string(p.head)
	if begin := firstLine(trace); begin != "" {
		head, _, _ = strings.Cut(head, begin)
	}
	lines := strings.Split(strings.TrimRight(head, "\n"), "\n")
	if len(lines) <= most {
		return strings.Join(lines, "\n"), 0
	}
	return strings.Join(lines[:most], "\n"), max(len(lines), p.newlines-strings.Count(trace, "\n")) - most
}

var goDied = regexp.MustCompile(`(?m)^(?:runtime: |panic: |fatal error: |goroutine \d+ )`)

// lastWords makes a result of what Go wrote when an exercise ended the process.
func (w *reader) lastWords(code int) result {
	r := result{State: wrong, Stopped: true}
	trace := ""
	if at := goDied.FindIndex(w.tail); at != nil {
		trace = string(w.tail[at[0]:])
	}
	r.Printed, r.More = w.printed.lines(trace)
	name := ""
	if w.begun != nil {
		name = exerciseName(*w.begun)
	}
	r.Line = w.c.source.traceLine(trace, name)
	switch {
	case trace == "":
		r.Fault = fmt.Sprintf("It ended the whole program, with exit code %d, so it was stopped. Leave os.Exit and log.Fatal out of it.", code)
	case strings.Contains(trace, "stack overflow"):
		r.Fault = recursion
		if line, times := mostFrequent(trace); times >= deep {
			r.Line = line
		}
	case strings.Contains(trace, "out of memory"), strings.Contains(trace, "cannot allocate memory"):
		r.Fault = "It wanted more memory than there is, so it was stopped. Is a size wrong?"
	default:
		_, what, _ := strings.Cut(firstLine(trace), ": ")
		r.Fault = fmt.Sprintf("It ended the whole program, so it was stopped: %s.", what)
	}
	return r
}

var traceFrame = regexp.MustCompile(`(?m)^\S*?/workshop\.(\w+)\S*\(.*\)\n\t.*[/\\]exercises\.go:(\d+)`)

// traceLine returns the line of the source that a stack trace names: in the
// function of the given name, else the first one, or 0. A tight loop, or a call
// that found no room on the stack, may be said to be at a line without a statement.
func (s *source) traceLine(trace, name string) int {
	line := 0
	for _, match := range traceFrame.FindAllStringSubmatch(trace, -1) {
		n, err := strconv.Atoi(match[2])
		text := s.lineText(n)
		if err != nil || text == "" || text == "}" || strings.HasPrefix(text, "func ") || strings.HasPrefix(text, "//") {
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

const (
	recursion     = "It calls itself without end, so it was stopped."
	tooManyPrints = "It kept printing, so it was stopped. Is there a print in a loop that never ends?"
)

// deep is how often a line is on the stack of a recursion without end, at least: Go
// shows a hundred calls of a stack.
const deep = 20

// mostFrequent returns the line of exercises.go that a stack trace names most often,
// and how often it does: in a recursion without end, that is the call.
func mostFrequent(trace string) (line, times int) {
	counts := map[string]int{}
	for _, match := range traceFrame.FindAllStringSubmatch(trace, -1) {
		counts[match[2]]++
		if n, err := strconv.Atoi(match[2]); err == nil && counts[match[2]] > times {
			line, times = n, counts[match[2]]
		}
	}
	return line, times
}
