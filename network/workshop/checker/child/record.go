// Command child calls the learner's functions for one exercise, and writes down what they
// did. It is a process of its own, since anything may be in them: an endless loop, a
// recursion without end (which Go cannot recover from), os.Exit. It knows nothing of
// mistakes, of screens, or of builds.
package main

import (
	"encoding/gob"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"backprop/data"
	"backprop/iris"
	"backprop/network/workshop/exercise"
)

const stackLimit = 16 << 20 // bytes, so that a recursion without end ends soon

// child runs an exercise, or the training at the end, with the functions f, and returns
// the exit code. The arguments are the processor time that each call may take, the number
// of the exercise, or 0 for the training, and the file for the report. (Without a file,
// there is none: for a debugger.)
func child(args []string, f *exercise.Functions) int {
	if err := record(args, f); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func record(args []string, f *exercise.Functions) error {
	if len(args) < 2 || len(args) > 3 {
		return fmt.Errorf("found %d arguments, expected a time limit, the number of an exercise, and perhaps a file for the report (this program is started by: go run . workshop)", len(args))
	}
	limit, err := time.ParseDuration(args[0])
	if err != nil {
		return err
	}
	all := exercise.All()
	n, err := strconv.Atoi(args[1])
	if err != nil || n < 0 || n > len(all) {
		return fmt.Errorf("found %.40q, expected the number of an exercise, 1 to %d, or 0 for the training", args[1], len(all))
	}
	flowers, err := iris.Read(strings.NewReader(data.Iris))
	if err != nil {
		return err
	}
	r := &recorder{limit: limit, output: os.Stdout}
	if len(args) == 3 {
		r.file = args[2]
	}
	r.report.Printed = r.printed()
	if err := r.save(); err != nil { // it has begun
		return err
	}
	debug.SetMaxStack(stackLimit)
	go r.watch()
	if n == 0 {
		r.call(func() { r.report.Rows = exercise.Training(f, flowers) })
		return r.save()
	}
	for _, in := range exercise.OfTrials(flowers) {
		var t exercise.Trial
		begin := processorTime()
		r.call(func() { t = exercise.Try(all[n-1], f, in) })
		t.Time, t.Printed = processorTime()-begin, r.printed()
		r.report.Trials = append(r.report.Trials, t)
		if err := r.save(); err != nil {
			return err
		}
	}
	return nil
}

// A recorder writes the report anew after each call, so that whatever ends the process
// later, what was found out is there.
type recorder struct {
	limit   time.Duration // of processor time, for a call
	file    string        // of the report, or ""
	report  exercise.Report
	running atomic.Pointer[call]
	output  *os.File // of the functions, standard error also
}

// A call is one of the learner's functions, which the watchdog looks at.
type call struct {
	begin time.Duration // what processorTime was then
}

// call makes a call, with the watchdog looking. If that stops it, the report is the
// watchdog's, and call does not return.
func (r *recorder) call(f func()) {
	c := &call{processorTime()}
	r.running.Store(c)
	f()
	if !r.running.CompareAndSwap(c, nil) {
		select {} // until the watchdog ends the process
	}
}

// printed returns how much the learner's functions have printed.
func (r *recorder) printed() int64 {
	info, err := r.output.Stat()
	if err != nil { // they have closed it
		return 0
	}
	return info.Size()
}

// save writes the report into its file. It is written beside it first, so that the file
// has a whole report at any time.
func (r *recorder) save() error {
	if r.file == "" {
		return nil
	}
	beside := r.file + ".new"
	f, err := os.Create(beside)
	if err != nil {
		return err
	}
	if err := errors.Join(gob.NewEncoder(f).Encode(r.report), f.Close()); err != nil {
		return err
	}
	return os.Rename(beside, r.file)
}
