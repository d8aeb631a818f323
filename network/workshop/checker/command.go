// Package checker is the command workshop: it builds and runs the learner's exercises,
// which are in the folder above, and shows in a terminal what became of them. It knows
// neither the correct results nor the mistakes; those are in packages exercise and
// diagnosis. (How to teach with it is in WORKSHOP.md.)
package checker

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"backprop/network/walkthrough/command"
)

// A request is what the command line asks for.
type request struct {
	hint, watch bool
	reset       int // of which exercise, allExercises, or 0
	solution    int // of which exercise, or 0
	asked       int // the exercise that the learner asks about, or 0
}

const allExercises = -1

// Run is the command workshop: it checks the exercises, in order.
func Run(call *command.Call) error {
	r, err := readRequest(call)
	if err != nil {
		return err
	}
	dir, err := findFolder()
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	switch {
	case r.watch:
		return watchFile(ctx, call, dir, r.asked)
	case r.reset != 0:
		return runReset(call.Out, dir, r.reset)
	}
	c, err := checkAll(ctx, dir, r.asked)
	if err != nil {
		return err
	}
	switch {
	case c.compiler != "" && !(r.hint && c.current() > 0):
		return c.showCompiler(call.Out)
	case r.solution > 0:
		return c.showSolution(call.Out, r.solution)
	case r.hint:
		return c.showHint(call.Out)
	}
	return c.showAndRemember(call.Out)
}

// showAndRemember writes the screen, and remembers what is done.
func (c *checker) showAndRemember(w io.Writer) error {
	if err := c.show(w); err != nil {
		return err
	}
	var b strings.Builder
	showForgotten(&b, remember(c.dir, func(p *progress) { p.Done = c.done() }))
	_, err := io.WriteString(w, b.String())
	return err
}

// readRequest reads the command line.
func readRequest(call *command.Call) (*request, error) {
	r := new(request)
	call.Operands = "[EXERCISE]"
	call.Flags.BoolVar(&r.hint, "hint", false, "show the next of three hints for your exercise, or for EXERCISE")
	call.Flags.BoolVar(&r.watch, "watch", false, "check again at each save, until Ctrl-C")
	call.Flags.Func("reset", "put this `EXERCISE`, or all, back to its start; yours is kept in a file", func(text string) error {
		if text == "all" {
			r.reset = allExercises
			return nil
		}
		if err := exerciseNumber(&r.reset)(text); err != nil {
			return fmt.Errorf("%w, or all", err)
		}
		return nil
	})
	call.Flags.Func("solution", "show our solution of this `EXERCISE`, once yours is correct", exerciseNumber(&r.solution))
	if err := call.Parse(); err != nil {
		return nil, err
	}
	if len(call.Rest) > 0 {
		if err := exerciseNumber(&r.asked)(call.Rest[0]); err != nil {
			return nil, command.UsageError{Err: fmt.Errorf("found %.40q, %w", call.Rest[0], err)}
		}
	}
	if len(call.Rest) > 1 || r.asked > 0 && (r.reset != 0 || r.solution > 0) {
		return nil, command.UsageError{Err: fmt.Errorf("found %.40q, expected one exercise", call.Rest[len(call.Rest)-1])}
	}
	if call.Flags.NFlag() > 1 {
		return nil, command.UsageError{Err: errors.New("found several flags, expected one at a time (see -h)")}
	}
	return r, nil
}

// exerciseNumber reads the number of an exercise from a flag.
func exerciseNumber(n *int) func(string) error {
	return func(text string) (err error) {
		*n, err = strconv.Atoi(text)
		if err != nil || *n < 1 || *n > len(exercises) {
			return fmt.Errorf("expected an exercise, 1 to %d", len(exercises))
		}
		return nil
	}
}

// watchFile checks again and again, after each save, until Ctrl-C.
func watchFile(ctx context.Context, call *command.Call, dir string, asked int) error {
	path := filepath.Join(dir, file)
	var last []string // what was done at the last check here, whoever has checked elsewhere
	for {
		before := stamp(path)
		fmt.Fprintln(call.Out, strings.Repeat("=", 78))
		c, err := checkAll(ctx, dir, asked)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil: // the file may be there again in a moment
			var b strings.Builder
			wrap(&b, "", err.Error())
			call.Out.WriteString(b.String())
		case c.compiler != "":
			c.showCompiler(call.Out) // whether it can be written, Flush says
		default:
			c.watching = true
			if last != nil {
				c.before = last
			}
			c.showAndRemember(call.Out)
			last = c.done()
		}
		fmt.Fprintf(call.Out, "\nWatching %s/%s: save it to check again, Ctrl-C to end.\n", folder, file)
		if err := call.Out.Flush(); err != nil { // it is to be seen now, not at the end
			return err
		}
		for stamp(path) == before {
			select {
			case <-ctx.Done():
				return nil
			case <-time.After(200 * time.Millisecond):
			}
		}
	}
}

// stamp changes when the file is saved. While it is being saved, there may be
// none for a moment.
func stamp(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	return fmt.Sprint(info.ModTime().UnixNano(), info.Size())
}
