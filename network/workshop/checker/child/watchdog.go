package main

import (
	"backprop/network/workshop/exercise"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"runtime/metrics"
	"strings"
	"time"
)

const (
	memoryLimit = 512 << 20 // bytes

	// How many bytes a learner's functions may print, and from where on it is the printing
	// that takes long.
	printLimit = 16 << 20
	manyPrints = 100_000

	tick      = 20 * time.Millisecond // how often the watchdog looks
	stuckTime = time.Second / 2       // how long all of it is blocked
	idleTime  = 3 * time.Second       // how long it waits for something else, such as a sleep

	keptPrinting = "It kept printing, so it was stopped. Is there a print in a loop that never ends?"
)

// watch ends the process when a call takes too long, too much memory or prints too much,
// or waits for what will not happen. It is here, and not only in the parent, since here
// it can see where. Too long is a matter of processor time, so that a busy machine is no
// reason to stop anything.
func (r *recorder) watch() {
	var w watchdog
	for {
		time.Sleep(tick)
		c := r.running.Load()
		if c == nil {
			continue
		}
		why, stacks := w.look(c, r.limit, r.printed())
		if why == "" || !r.running.CompareAndSwap(c, nil) { // or the call has just ended
			continue
		}
		r.report.Stopped, r.report.Stacks = why, stacks
		if err := r.save(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
}

// A watchdog remembers what it has seen of a call.
type watchdog struct {
	call      *call
	quiet     time.Time     // since when next to no processor time was used
	quietUsed time.Duration // what processorTime was then
	looked    time.Time     // when the stacks were looked at
}

// look returns why the call has to be stopped, with the stacks of all goroutines, or "".
// It is told how many bytes have been printed.
func (w *watchdog) look(c *call, limit time.Duration, printed int64) (why, stacks string) {
	used := processorTime()
	if c != w.call || used-w.quietUsed > 2*tick+time.Since(w.quiet)/20 {
		w.call, w.quiet, w.quietUsed = c, time.Now(), used
	}
	late := used-c.begin > limit
	switch {
	case printed > printLimit, late && printed > manyPrints:
		why = keptPrinting
	case memory() > memoryLimit:
		why = fmt.Sprintf("It used more than %d MiB of memory, so it was stopped. Does a loop make matrices, or append, without end?", memoryLimit>>20)
	case late:
		why = fmt.Sprintf("It was still running after %g seconds of processor time, so it was stopped. %s", limit.Seconds(), exercise.NeverEnds)
	case time.Since(w.quiet) > stuckTime && time.Since(w.looked) > stuckTime/4:
		return w.waiting()
	}
	if why != "" {
		stacks = allStacks()
	}
	return why, stacks
}

// waiting says why a call that uses next to no processor time has to be stopped, or "".
func (w *watchdog) waiting() (why, stacks string) {
	w.looked = time.Now()
	stacks = allStacks()
	switch works, blocked := states(stacks); {
	case works: // or would, if the machine had time for it
		w.quiet = w.looked
	case blocked:
		why = "It waits for something that never happens, so it was stopped. Is there a channel, a lock or a WaitGroup that nobody else uses?"
	case time.Since(w.quiet) > idleTime:
		why = fmt.Sprintf("It has done nothing for %g seconds, so it was stopped. Does it sleep, or wait for input?", idleTime.Seconds())
	}
	return why, stacks
}

// memory returns how many bytes the process has in use.
func memory() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
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
