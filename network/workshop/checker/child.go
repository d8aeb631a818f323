package checker

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"backprop/data"
	"backprop/iris"
)

// This runs in the child process (folder child), with the learner's functions.
// What they print comes on the same pipe as the results, so that it stands in the
// right place.

const (
	frameStart    = "\x00workshop "
	trainingRun   = 0 // as the number of an exercise: the training at the end
	trainingLimit = 20 * time.Second
	memoryLimit   = 512 << 20 // bytes
	stackLimit    = 16 << 20

	tick      = 20 * time.Millisecond // how often the watchdog looks
	stuckTime = time.Second / 2       // how long all of it is blocked
	idleTime  = 3 * time.Second       // how long it waits for something else, such as a sleep
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
// each may take, and their numbers with commas between them. It returns the exit code.
func Child(args []string, out *os.File, f Functions) int {
	if err := runChild(args, out, f); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func runChild(args []string, out *os.File, f Functions) error {
	if len(args) != 2 {
		return fmt.Errorf("found %d arguments, expected a time limit and numbers of exercises (this program is started by: go run . workshop)", len(args))
	}
	limit, err := time.ParseDuration(args[0])
	if err != nil {
		return err
	}
	flowers, err := iris.Read(strings.NewReader(data.Iris))
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
	var running atomic.Pointer[run]
	go watchdog(&running, send)
	x := newExaminer(flowers)
	for _, field := range strings.Split(args[1], ",") {
		n, err := strconv.Atoi(field)
		if err != nil || n < 0 || n > len(exercises) {
			return fmt.Errorf("found %.40q, expected numbers of exercises", args[1])
		}
		send(frame{Exercise: n, Begin: true})
		if n == trainingRun {
			running.Store(&run{n, processorTime(), trainingLimit})
			send(frame{Exercise: n, Rows: training(f, flowers)})
			continue
		}
		x.around = func(about string, call func()) {
			send(frame{Exercise: n, About: &about})
			r := &run{n, processorTime(), limit}
			running.Store(r)
			call()
			if !running.CompareAndSwap(r, nil) {
				select {} // the watchdog was sooner, and ends the child
			}
		}
		r := x.check(exercises[n-1], f)
		send(frame{Exercise: n, Result: &r})
	}
	return nil
}

// A run is a call of a learner's function, or the training at the end.
type run struct {
	exercise int
	begin    time.Duration // what processorTime was then
	limit    time.Duration // of processor time
}

// watchdog ends the child when a run takes too long or too much memory, or waits for
// what will not happen. It is in the child, and not only in its parent, since here it
// can see where. Too long is a matter of processor time, so that a busy machine is no
// reason to stop anything.
func watchdog(running *atomic.Pointer[run], send func(frame)) {
	memory := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	var last *run
	var quiet time.Time         // since when next to no processor time was used
	var quietUsed time.Duration // what processorTime was then
	var looked time.Time        // when the stacks were looked at
	for {
		time.Sleep(tick)
		now, used := running.Load(), processorTime()
		if now == nil {
			continue
		}
		if now != last || used-quietUsed > 2*tick+time.Since(quiet)/20 {
			last, quiet, quietUsed = now, time.Now(), used
		}
		fault := ""
		var stacks string
		metrics.Read(memory)
		switch {
		case memory[0].Value.Uint64() > memoryLimit:
			fault = fmt.Sprintf("It used more than %d MiB of memory, so it was stopped. Does a loop make matrices, or append, without end?", memoryLimit>>20)
		case used-now.begin > now.limit:
			fault = fmt.Sprintf("It was still running after %g seconds of processor time, so it was stopped. Is there a loop that never ends?", now.limit.Seconds())
		case time.Since(quiet) > stuckTime && time.Since(looked) > stuckTime/4:
			looked = time.Now()
			stacks = allStacks()
			switch works, blocked := states(stacks); {
			case works: // or would, if the machine had time for it
				quiet = looked
			case blocked:
				fault = "It waits for something that never happens, so it was stopped. Is there a channel, a lock or a WaitGroup that nobody else uses?"
			case time.Since(quiet) > idleTime:
				fault = fmt.Sprintf("It has done nothing for %g seconds, so it was stopped. Does it sleep, or wait for input?", idleTime.Seconds())
			}
		}
		if fault == "" || !running.CompareAndSwap(now, nil) { // or the run has just ended
			continue
		}
		if stacks == "" {
			stacks = allStacks()
		}
		send(frame{Exercise: now.exercise, Result: &result{State: wrong, Stopped: true, Fault: fault}, Stacks: stacks})
		os.Exit(0)
	}
}

// allStacks returns the stacks of all goroutines, its own first.
func allStacks() string {
	stacks := make([]byte, 1<<18)
	return string(stacks[:runtime.Stack(stacks, true)])
}

var goroutineState = regexp.MustCompile(`(?m)^goroutine \d+ \[([^\],]*)`)

// states reports whether a goroutine other than the one that asks works, or else
// whether all of them are blocked until another one does something.
func states(stacks string) (works, blocked bool) {
	blocked = true
	for _, match := range goroutineState.FindAllStringSubmatch(stacks, -1)[1:] {
		switch state := match[1]; {
		case state == "running" || state == "runnable":
			works = true
		case !strings.HasPrefix(state, "chan ") && !strings.HasPrefix(state, "select") && !strings.HasPrefix(state, "sem") && !strings.HasPrefix(state, "sync."):
			blocked = false
		}
	}
	return works, blocked
}
