package checker

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"backprop/iris"
)

// This runs in the child process (folder child), with the learner's functions.
// What they print comes on the same pipe as the results, so that it stands in the
// right place.

const (
	frameStart    = "\x00workshop "
	trainingRun   = 0 // as the number of an exercise: the training at the end
	trainingLimit = 20 * time.Second
	memoryLimit   = 1 << 30 // bytes
	stackLimit    = 16 << 20
)

// A frame is what the child reports: that an exercise begins, what a call is for,
// or the exercise's result.
type frame struct {
	Exercise int
	Begin    bool    `json:",omitempty"`
	About    *string `json:",omitempty"`
	Result   *result `json:",omitempty"`
	Rows     []row   `json:",omitempty"` // of the training at the end
	Stacks   string  `json:",omitempty"` // where it was when it was stopped
}

// Child runs exercises of f and reports on out. The arguments are the time that
// each may take, and their numbers with commas between them; on in are the flowers.
// It returns the exit code.
func Child(args []string, in io.Reader, out *os.File, f Functions) int {
	if err := runChild(args, in, out, f); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func runChild(args []string, in io.Reader, out *os.File, f Functions) error {
	if len(args) != 2 {
		return fmt.Errorf("found %d arguments, expected a time limit and numbers of exercises (this program is started by: go run . workshop)", len(args))
	}
	limit, err := time.ParseDuration(args[0])
	if err != nil {
		return err
	}
	flowers, err := iris.Read(in)
	if err != nil {
		return err
	}
	send := func(f frame) {
		text, err := json.Marshal(f)
		if err != nil {
			panic(err)
		}
		fmt.Fprintf(out, "%s%s\n", frameStart, text)
	}
	debug.SetMaxStack(stackLimit)
	var began atomic.Pointer[start]
	go watchdog(&began, send)
	for _, field := range strings.Split(args[1], ",") {
		n, err := strconv.Atoi(field)
		if err != nil || n < 0 || n > len(exercises) {
			return fmt.Errorf("found %.40q, expected numbers of exercises", args[1])
		}
		send(frame{Exercise: n, Begin: true})
		if n == trainingRun {
			began.Store(&start{n, time.Now(), trainingLimit})
			send(frame{Exercise: n, Rows: training(f, flowers)})
			continue
		}
		began.Store(&start{n, time.Now(), limit})
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
		send(frame{Exercise: now.exercise, Result: &result{State: wrong, Stopped: true, Fault: fault}, Stacks: string(stacks)})
		os.Exit(0)
	}
}

func tooLong(limit time.Duration) string {
	return fmt.Sprintf("It was still running after %g seconds, so it was stopped. Is there a loop that never ends?", limit.Seconds())
}
