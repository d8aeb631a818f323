package checker

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// progressFile is in the folder of the exercises. Without it, all that is missing is the
// next message that something is done, and the hints begin with the first.
const progressFile = "progress.json"

// A progress is what the checker remembers from one time to the next.
type progress struct {
	Done  []string       // the exercises that were done at the last check, nil before the first
	Hints map[string]int // which of its hints an exercise was shown last, from 1
}

// readProgress returns what is remembered in the folder. What cannot be read is forgotten.
func readProgress(dir string) progress {
	var p progress
	text, err := os.ReadFile(filepath.Join(dir, progressFile))
	if err != nil || json.Unmarshal(text, &p) != nil {
		return progress{}
	}
	return p
}

// remember changes what is remembered in the folder. It is read right before, since a
// checker that watches and one that shows a hint run beside each other.
func remember(dir string, change func(p *progress)) error {
	p := readProgress(dir)
	before, err := json.Marshal(p)
	if err != nil {
		return err
	}
	change(&p)
	after, err := json.Marshal(p)
	if err != nil || string(after) == string(before) {
		return err
	}
	return save(filepath.Join(dir, progressFile), string(after)+"\n")
}

// forget forgets an exercise, or allExercises, which is back at its start.
func (p *progress) forget(n int) {
	if n == allExercises {
		*p = progress{Done: []string{}}
		return
	}
	name := exercises[n-1].Name
	p.Done = slices.DeleteFunc(p.Done, func(done string) bool { return done == name })
	delete(p.Hints, name)
}

// showForgotten says why remember failed, if it did.
func showForgotten(b *strings.Builder, err error) {
	if err == nil {
		return
	}
	if inner := errors.Unwrap(err); inner != nil {
		err = inner // without the whole path
	}
	b.WriteByte('\n')
	wrap(b, "", fmt.Sprintf("The checker could not save what it remembers in %s/%s, and works without it: %v.", folder, progressFile, err))
}

// done returns the names of the exercises that are done.
func (c *checker) done() []string {
	names := []string{}
	for _, e := range exercises {
		if c.results[e.Number].State == done {
			names = append(names, e.Name)
		}
	}
	return names
}

// newlyDone returns a sentence about the exercises that are done and were not at the last
// check, or "".
func (c *checker) newlyDone() string {
	if c.before == nil {
		return ""
	}
	var numbers []string
	for _, e := range exercises {
		if c.results[e.Number].State == done && !slices.Contains(c.before, e.Name) {
			numbers = append(numbers, strconv.Itoa(e.Number))
		}
	}
	switch len(numbers) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("Exercise %s is done.", numbers[0])
	}
	return fmt.Sprintf("Exercises %s are done.", listed(numbers))
}
