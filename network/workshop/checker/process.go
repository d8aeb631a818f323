package checker

import (
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"backprop/network/workshop/exercise"
)

const (
	startLimit = 20 * time.Second // until the child begins: it takes a hundredth of a second
	silence    = 2 * time.Minute  // without a word from it: its own watchdog comes first
	endLimit   = 20 * time.Second // for a process that was told to end

	training = 0 // as the number of an exercise, for the child
)

// A process is what is left of a child that has ended.
type process struct {
	report exercise.Report // in which Stopped says how it ended, if that was too early
	output []byte          // what the learner's functions printed
	trace  string          // what Go wrote after that, when the child died
}

// runChild runs a child for an exercise, or for the training. Its report comes in a
// file, so that its output is simply what the learner's functions print.
func (c *checker) runChild(outer context.Context, limit time.Duration, n int) (*process, error) {
	ctx, cancel := context.WithTimeout(outer, silence)
	defer cancel()
	reportFile, outputFile := filepath.Join(c.temp, "report"), filepath.Join(c.temp, "output")
	if err := os.Remove(reportFile); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	defer time.AfterFunc(startLimit, func() {
		if _, err := os.Stat(reportFile); err != nil { // an init function does not end
			cancel()
		}
	}).Stop()
	cmd := exec.CommandContext(ctx, c.program, limit.String(), strconv.Itoa(n), reportFile)
	err := runInto(outputFile, cmd)
	switch {
	case outer.Err() != nil, cmd.ProcessState != nil && cmd.ProcessState.String() == "signal: interrupt":
		return nil, errInterrupted
	case cmd.ProcessState == nil:
		return nil, fmt.Errorf("the exercises were built, but could not be started: %w", err)
	}
	return readProcess(reportFile, outputFile, ctx.Err() != nil, cmd.ProcessState.ExitCode())
}

// readProcess reads what a child wrote and printed. It has ended with the exit code, or
// was killed because it took too long.
func readProcess(reportFile, outputFile string, killed bool, code int) (p *process, err error) {
	p = new(process)
	if p.output, err = os.ReadFile(outputFile); err != nil {
		return nil, err
	}
	begun, err := readReport(reportFile, &p.report)
	if err != nil {
		return nil, err
	}
	switch {
	case !p.report.Whole() && !killed:
		p.report.Stopped = p.lastWords(code)
	case !p.report.Whole() && begun:
		p.report.Stopped = fmt.Sprintf("It has not answered for %g minutes, so it was stopped.", silence.Minutes())
	case !p.report.Whole():
		p.report.Stopped = fmt.Sprintf("It had not ended after %g seconds, so it was stopped.", startLimit.Seconds())
	case isRecursion(p.report.Stacks):
		p.report.Stopped = recursion
	}
	if !begun {
		return nil, fmt.Errorf("%s: no exercise could begin. Is there an init function, or a variable outside of the functions? %s", file, p.report.Stopped)
	}
	return p, nil
}

// runInto runs the command. What it prints goes into the file, one thing after the other,
// whether to standard output or to standard error.
func runInto(outputFile string, cmd *exec.Cmd) error {
	output, err := os.OpenFile(outputFile, os.O_RDWR|os.O_CREATE|os.O_TRUNC|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	cmd.Env = append(os.Environ(), "GOTRACEBACK=all")
	cmd.Stdout, cmd.Stderr = output, output
	cmd.WaitDelay = endLimit
	return errors.Join(cmd.Run(), output.Close())
}

// readReport reads what the child wrote, and reports whether it wrote anything.
func readReport(path string, r *exercise.Report) (begun bool, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	return true, gob.NewDecoder(f).Decode(r)
}

// callBegin returns where in the output that of a call begins, counted from 0.
func (p *process) callBegin(trial int) int {
	begin := p.report.Printed
	if trial > 0 {
		begin = p.report.Trials[trial-1].Printed
	}
	return int(min(begin, int64(len(p.output))))
}

// printed returns the first lines that were printed in a call, and how many more there
// were.
func (p *process) printed(trial int) (first string, more int) {
	const most = 10
	text := p.output[p.callBegin(trial):]
	if trial < len(p.report.Trials) {
		text = text[:max(0, p.callBegin(trial+1)-p.callBegin(trial))]
	}
	lines := strings.SplitN(strings.TrimRight(string(text), "\n"), "\n", most+1)
	if len(lines) <= most {
		return strings.Join(lines, "\n"), 0
	}
	return strings.Join(lines[:most], "\n"), 1 + strings.Count(lines[most], "\n")
}

var goDied = regexp.MustCompile(`(?m)^(?:runtime: |panic: |fatal error: |goroutine \d+ )`)

// lastWords says in a sentence why the child ended by itself before its report was whole.
// What Go writes when a program dies is no longer part of the output then.
func (p *process) lastWords(code int) string {
	const most = 1 << 17 // bytes
	from := max(p.callBegin(len(p.report.Trials)), len(p.output)-most)
	if at := goDied.FindIndex(p.output[from:]); at != nil {
		p.trace = string(p.output[from+at[0]:])
		p.output = p.output[:from+at[0]]
	}
	switch {
	case p.trace == "":
		return fmt.Sprintf("It ended the whole program, with exit code %d, so it was stopped. Leave os.Exit and log.Fatal out of it.", code)
	case strings.Contains(p.trace, "stack overflow"):
		return recursion
	case strings.Contains(p.trace, "out of memory"), strings.Contains(p.trace, "cannot allocate memory"):
		return "It wanted more memory than there is, so it was stopped. Is a size wrong?"
	}
	begin, _, _ := strings.Cut(p.trace, "\n")
	_, what, _ := strings.Cut(begin, ": ")
	return fmt.Sprintf("It ended the whole program, so it was stopped: %s.", what)
}

// stoppedAt returns the line of the source where the exercise of that name was stopped,
// or 0.
func (p *process) stoppedAt(s *source, name string) int {
	trace := p.trace + p.report.Stacks
	if line, _ := mostFrequent(trace); p.report.Stopped == recursion && isRecursion(trace) {
		return line
	}
	return s.traceLine(trace, name)
}
