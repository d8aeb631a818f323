package checker

import (
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"backprop/iris"
	"backprop/matrix"
	"backprop/matrix/numpy"
	"backprop/network"
)

// A state is how far a learner is with an exercise.
type state string

const (
	done     state = "done"
	wrong    state = "wrong"
	notBegun state = "not begun"
	waits    state = "waits" // for an exercise that it calls and that is not done
)

// A result is what the checker found out about an exercise.
type result struct {
	State state
	Waits int    // for which exercise, from 1
	Fault string // in one sentence
	Cell  string // the first number that differs, such as y[0][1], and
	Got   string // what it is, and
	Want  string // what it should be
	Ask   string // the arguments of the command explain for that number, if it knows it
	Line  int    // of exercises.go, where it panicked or was stopped

	Stopped bool // with the process that it ran in
	Turned  bool // right but for a sign that may be turned if another one is, too

	Mistake, Why, Part string // "" if it is none that we know
	Printed            string // the first lines that the learner's function printed
	More               int    // how many there were behind those
}

// An examiner calls learners' functions and compares what they return. What it
// compares with is computed once, however much is examined.
type examiner struct {
	five, seven, cube *given
	known             map[string][]candidate // by the exercise's name

	// around makes a call of a learner's function. It is told whose numbers the
	// function gets, or "" if the call is for finding the mistake.
	around func(about string, call func())
}

func newExaminer(flowers iris.Flowers) *examiner {
	return &examiner{
		five: five(flowers), seven: seven(flowers), cube: cube(),
		known:  map[string][]candidate{},
		around: func(_ string, call func()) { call() },
	}
}

// A candidate is what a form of a mistake gives with 5 flowers or, if its shapes do
// not fit together there, with the cube.
type candidate struct {
	mistake    *mistake
	five, cube answer
}

// candidates returns those of the exercise's mistakes.
func (x *examiner) candidates(e exercise) []candidate {
	list, ok := x.known[e.name]
	if ok {
		return list
	}
	for _, m := range e.mistakes() {
		for _, f := range m.forms {
			c := candidate{mistake: &m, five: f.try(x.five)}
			if c.five == nil {
				c.cube = f.try(x.cube)
			}
			list = append(list, c)
		}
	}
	x.known[e.name] = list
	return list
}

// call calls the learner's function with copies of the matrices of g, and returns
// those, too, as the function left them.
func (x *examiner) call(about string, e exercise, f Functions, g *given) (got answer, crash *crash, left *given) {
	left = g.clone()
	x.around(about, func() { got, crash = call(e, f, left) })
	return got, crash, left
}

// check calls the learner's function with the right inputs and compares.
func (x *examiner) check(e exercise, f Functions) result {
	got, crash, left := x.call(x.five.about, e, f, x.five)
	first := compare(e, got, crash, left, x.five)
	if first.State != done {
		m := x.find(&first, e, f, got, crash)
		if !first.Turned {
			return first
		}
		e.want = m.forms[0] // it may turn out to be right: is it so each time, and with other sizes?
	}
	if got, crash, _ := x.call("", e, f, x.five); crash != nil || !equal(got, e.want(x.five)) {
		return result{State: wrong, Fault: "Called once more with the same, it gives something else. Does it use a variable that is outside of the function, and that remembers the last call?"}
	}
	got, crash, left = x.call(x.seven.about, e, f, x.seven)
	if r := compare(e, got, crash, left, x.seven); r.State != done {
		r.Fault = strings.TrimSpace(fmt.Sprintf("Right for 5 flowers, but not for %s. Is one of these in it as a number, instead of what the function was given? %s", x.seven.about, r.Fault))
		if e.name == "Labels" {
			r.Fault = "Right for 5 flowers, but not for 7 others, of which none is a virginica. y has always 3 columns, one for each species."
		}
		r.Ask = ""
		return r
	}
	return first
}

// find looks for the mistake of a wrong answer, and notes it in r.
func (x *examiner) find(r *result, e exercise, f Functions, got answer, crash *crash) (m *mistake) {
	if r.Mistake != "" { // changed in place
		return nil
	}
	if crash == nil {
		if m = x.nameOf(e, got, true); m == nil {
			m = blank(e, got, x.five)
		}
	}
	if m == nil {
		if got, crash, _ := x.call("", e, f, x.cube); crash == nil {
			m = x.nameOf(e, got, false)
		}
	}
	if m != nil {
		r.Mistake, r.Why, r.Part = m.name, m.why, m.part
		r.Turned = slices.Contains(signs, e.name) && strings.HasPrefix(m.name, signTurned)
	} else if crash != nil {
		r.Fault += panicMeans(crash.what)
	}
	return m
}

// blank returns the mistake of an answer in which numbers were never set, so that they
// are still 0, or in which all rows are one.
func blank(e exercise, got answer, g *given) *mistake {
	for i, want := range e.want(g) {
		if isSame(got[i], want) {
			continue
		}
		rows, cols := want.Rows(), want.Cols()
		if isSame(got[i], scale(0, want)) {
			return &mistake{name: allZeros, part: e.part, why: whyAllZeros}
		}
		if e.name == "Sigmoid" || e.name == "MSE" || e.name == "Labels" {
			continue // numbers, or mostly 0 when they are right
		}
		for _, m := range []struct {
			name, why string
			set       func(row, col int) bool // the numbers that are right
		}{
			{tooEarly, whyTooEarly, func(row, col int) bool { return row == 0 && col == 0 }},
			{tooEarly, whyTooEarly, func(row, col int) bool { return row == 0 }},
			{tooEarly, whyTooEarly, func(row, col int) bool { return col == 0 }},
			{"the first row is missing", whyFrom0, func(row, col int) bool { return row > 0 }},
			{"the first column is missing", whyFrom0, func(row, col int) bool { return col > 0 }},
			{"the first row and column are missing", whyFrom0, func(row, col int) bool { return row > 0 && col > 0 }},
			{"the last row is missing", whyToLast, func(row, col int) bool { return row < rows-1 }},
			{"the last column is missing", whyToLast, func(row, col int) bool { return col < cols-1 }},
			{"the last row and column are missing", whyToLast, func(row, col int) bool { return row < rows-1 && col < cols-1 }},
		} {
			part := scale(0, want)
			for row := range part {
				for col := range part[row] {
					if m.set(row, col) {
						part[row][col] = want[row][col]
					}
				}
			}
			if isSame(got[i], part) {
				return &mistake{name: m.name, part: e.part, why: m.why}
			}
		}
		shared := want.Clone()
		for row := range shared {
			copy(shared[row], want[rows-1])
		}
		if isSame(got[i], shared) {
			return &mistake{name: "every row is the last one", part: e.part, why: whyShared}
		}
	}
	return nil
}

func isSame(got, want matrix.Matrix) bool {
	row, _ := difference(got, want)
	return row == same
}

// nameOf returns the mistake that gives what the learner's function gave. If it
// fits, that was with 5 flowers, whose shapes are all different, and those mistakes
// count that can be computed with them; else it was with the cube, and the others
// count.
func (x *examiner) nameOf(e exercise, got answer, fits bool) *mistake {
	for _, c := range x.candidates(e) {
		gives := c.five
		if !fits {
			gives = c.cube
		}
		if gives != nil && equal(got, gives) {
			return c.mistake
		}
	}
	return nil
}

// try returns the mistake's answer, or nil if the shapes do not fit.
func (f form) try(g *given) (a answer) {
	defer func() {
		if recover() != nil {
			a = nil
		}
	}()
	return f(g)
}

// A crash is a panic in a learner's function.
type crash struct {
	what string
	line int // of exercises.go, or 0
}

// call calls the learner's function and catches its panic.
func call(e exercise, f Functions, g *given) (a answer, c *crash) {
	defer func() {
		if v := recover(); v != nil {
			c = &crash{firstLine(fmt.Sprint(v)), panicLine(e.name)}
		}
	}()
	return e.call(f, g), nil
}

// panicLine returns the line of exercises.go that panicked: in the exercise's own
// function if that is on the stack, else in what it called.
func panicLine(name string) int {
	pcs := make([]uintptr, 1000)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	line := 0
	for {
		frame, more := frames.Next()
		if filepath.Base(frame.File) == file {
			if slices.Contains(strings.Split(frame.Function, "."), name) {
				return frame.Line
			}
			if line == 0 {
				line = frame.Line
			}
		}
		if !more {
			return line
		}
	}
}

// compare compares the answer with the right one: first whether what the
// function was given is still as it was, then the shape, then the numbers.
func compare(e exercise, got answer, c *crash, g, untouched *given) result {
	if c != nil {
		return result{State: wrong, Fault: "It panicked: " + c.what + ".", Line: c.line}
	}
	if name := changed(e, g, untouched); name != "" {
		return result{
			State:   wrong,
			Fault:   fmt.Sprintf("It changed %s, which it was given.", name),
			Mistake: name + " changed in place",
			Why:     "Whoever called your function still needs what it was given. Write only into a new matrix: var c matrix.Matrix, or matrix.New(rows, cols). (After c := x or c := x[:], c is still x, and copy and append take over its rows. A copy is x.Clone().)",
			Part:    e.part,
		}
	}
	want := e.want(untouched)
	for i, w := range want {
		what := e.results[i]
		row, col := difference(got[i], w)
		switch {
		case row == same:
		case row == otherShape:
			if what == "" {
				what = e.name
			}
			r := result{State: wrong, Fault: fmt.Sprintf("%s is %s, expected a %d×%d matrix.", what, shapeOf(got[i]), w.Rows(), w.Cols())}
			if got[i] == nil {
				r.Fault += " nil is a matrix that is still empty. An operation writes into the matrix before its dot. Without one, you make the result yourself, with matrix.New(rows, cols)."
			}
			if got[i] == nil && len(want) > 1 {
				r.Fault += " (A result that has a name is nil at first. := makes another variable of that name; = sets the result.)"
			}
			return r
		default:
			r := result{State: wrong, Cell: fmt.Sprintf("%s[%d][%d]", what, row, col)}
			r.Got, r.Want = twoNumbers(got[i][row][col], w[row][col])
			switch {
			case e.name == "Sigmoid":
				r.Cell = fmt.Sprintf("Sigmoid(%v)", g.z[col])
			case e.name == "MSE":
				r.Cell = "MSE(…)"
			case e.name == "Train" || e.name == "Labels":
			case !strings.Contains(what, "("):
				r.Ask = fmt.Sprintf("%s %d %d %s", what, row, col, g.flags)
				if strings.HasPrefix(what, "new_") {
					r.Ask += fmt.Sprintf(" -rate %v", g.learningRate)
				}
			}
			return r
		}
	}
	return result{State: done}
}

// panicMeans returns a sentence more for the panics that are usual here, or "".
func panicMeans(what string) string {
	switch {
	case strings.Contains(what, "index out of range [-"):
		return " Rows, columns and species count from 0, so that there is none before."
	case strings.Contains(what, "index out of range"), strings.Contains(what, "slice bounds out of range"):
		return " There is no such row or column (both count from 0). Does a loop run over another matrix's rows or columns than it should? Or was the result never made, with matrix.New(rows, cols)?"
	case strings.Contains(what, "must be at least 1"):
		return " A size is 0. Has the matrix that it comes from been computed already?"
	case strings.Contains(what, "(0×0)"):
		return " 0×0 is a matrix that is still empty. Compute it before you use it."
	case strings.Contains(what, "the receiver is ("):
		return " The matrix before the dot has another size already. Begin with an empty one: var c matrix.Matrix."
	case strings.Contains(what, "is also an operand"):
		return " The result needs a matrix of its own: var c matrix.Matrix."
	case strings.Contains(what, "nil pointer"):
		return " A pointer, such as a *matrix.Matrix, points at nothing yet. An empty matrix is var c matrix.Matrix, without the *."
	}
	return ""
}

// changed returns the name of the input that is no longer as it was, or "".
func changed(e exercise, g, untouched *given) string {
	before := untouched.inputs()
	for i, in := range g.inputs() {
		if !isSame(*in.m, *before[i].m) {
			if e.name == "Descend" && strings.HasPrefix(in.name, "weights") {
				return "weights" // as its parameter is called
			}
			return in.name
		}
	}
	if !slices.Equal(g.species, untouched.species) {
		return "species"
	}
	return ""
}

func shapeOf(m matrix.Matrix) string {
	for i, row := range m {
		if len(row) != len(m[0]) {
			return fmt.Sprintf("no matrix (row 0 has %d numbers, row %d has %d)", len(m[0]), i, len(row))
		}
	}
	if m == nil {
		return "nil"
	}
	return fmt.Sprintf("%d×%d", m.Rows(), m.Cols())
}

// twoNumbers writes both with so many digits that the difference shows.
func twoNumbers(a, b float64) (string, string) {
	for digits := 8; digits < 17; digits += 4 {
		x, y := strconv.FormatFloat(a, 'g', digits, 64), strconv.FormatFloat(b, 'g', digits, 64)
		if x != y {
			return x, y
		}
	}
	return fmt.Sprint(a), fmt.Sprint(b)
}

// A row is of the table at the end: the MSE and the accuracy after so many epochs,
// of the learner's functions and of ours.
type row struct {
	Epoch       int
	Yours, Ours string
}

// training has the learner's functions train a net on the flowers, and package
// network.
func training(f Functions, flowers iris.Flowers) (rows []row) {
	train, _, err := flowers.Split(20, numpy.NewRandom(4)) // as in part 14
	if err != nil {
		panic(fmt.Sprintf("workshop: %v", err))
	}
	x, y := train.Features(), train.Labels()
	start := network.New(4, 2, 3, numpy.NewRandom(10))
	theirs1, theirs2 := start.Weights1, start.Weights2
	ours := start.Clone()
	p, err := ours.NewPass(x, y)
	if err != nil {
		panic(fmt.Sprintf("workshop: %v", err))
	}
	theirPass := *p // for Accuracy, with their outputs
	shown := func(mse, accuracy float64) string { return fmt.Sprintf("%.8f     %.3f", mse, accuracy) }
	epoch := 0
	for _, until := range []int{0, 10, 100, 1000, 3000} {
		if until > epoch {
			theirs1, theirs2 = f.Train(x, y, theirs1, theirs2, 0.1, until-epoch)
		}
		for ; epoch < until; epoch++ {
			ours.Feedforward(p)
			ours.Backpropagate(p)
			ours.Descend(p, 0.1)
		}
		ours.Feedforward(p)
		_, hidden := f.HiddenLayer(x, theirs1)
		_, theirPass.OutputLayerOutputs = f.OutputLayer(hidden, theirs2)
		rows = append(rows, row{epoch, shown(f.MSE(theirPass.OutputLayerOutputs, y), theirPass.Accuracy()), shown(p.MSE(), p.Accuracy())})
	}
	return rows
}

func firstLine(text string) string {
	text, _, _ = strings.Cut(text, "\n")
	return text
}
