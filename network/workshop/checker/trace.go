package checker

import (
	"regexp"
	"strconv"
	"strings"
)

// What Go writes of the stacks of a program tells where it was.

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

const recursion = "It calls itself without end, so it was stopped."

// isRecursion reports whether a line of exercises.go is on the stack so often that it
// calls itself without end. (Go shows a hundred calls of a stack.)
func isRecursion(trace string) bool {
	_, times := mostFrequent(trace)
	return times >= 20
}

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
