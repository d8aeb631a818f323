package checker

import (
	"fmt"
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"backprop/network/workshop/exercise"
)

// A panic tells what it met, but not in the learner's words. The line where it was and the
// sizes of what the function was given say more. What is not certain is not said.

// A place is a line of a function that panicked, with what is known there.
type place struct {
	c       *checker
	t       *exercise.Trial
	reading *reading
	line    int
}

// explainPanic returns sentences more about the panic of an exercise, or "". The call was
// given those inputs.
func (c *checker) explainPanic(e *exercise.Exercise, t *exercise.Trial, in *exercise.Inputs) string {
	general := usualPanic(t.Panic)
	f := c.source.funcs[e.Name]
	if f == nil || len(t.Lines) == 0 {
		return general
	}
	p := place{c, t, c.read(f, valuesOf(e.Given(in))), t.Lines[0]}
	if len(t.Lines) > 1 {
		called := c.source.functionAt(t.Lines[1])
		call := p.onlyCall(called)
		if call == nil {
			return general
		}
		if wrong := p.reading.wrongArguments(e, call, in); wrong != "" {
			return wrong
		}
		if calledExercise(call) != nil || len(t.Lines) > 2 {
			return general
		}
		p.reading.now = p.reading.before[p.reading.statement(call)]
		p = place{c, t, c.read(called, p.reading.ofAll(call.Args)), t.Lines[1]}
	}
	for _, explain := range []func() string{p.explainIndex, p.explainOperation} {
		if sentence := explain(); sentence != "" {
			return sentence
		}
	}
	return general
}

// inLine calls f with what is in the line, but not within a function in the function.
func (p *place) inLine(f func(n ast.Node)) {
	ast.Inspect(p.reading.f.Body, func(n ast.Node) bool {
		if _, within := n.(*ast.FuncLit); within || n == nil {
			return false
		}
		at := n.Pos()
		if index, ok := n.(*ast.IndexExpr); ok {
			at = index.Lbrack
		}
		if p.c.source.set.Position(at).Line == p.line {
			f(n)
		}
		return true
	})
}

// onlyCall returns the call of the function in the line, or nil if there is not exactly one.
func (p *place) onlyCall(f *ast.FuncDecl) (call *ast.CallExpr) {
	found := 0
	p.inLine(func(n ast.Node) {
		if c, ok := n.(*ast.CallExpr); ok && f != nil {
			if id, ok := c.Fun.(*ast.Ident); ok && id.Name == f.Name.Name {
				call = c
				found++
			}
		}
	})
	if found != 1 {
		return nil
	}
	return call
}

// statement returns the innermost statement with the node in it of which something is known,
// or nil.
func (r *reading) statement(n ast.Node) (innermost ast.Stmt) {
	for s := range r.before {
		if s.Pos() <= n.Pos() && n.End() <= s.End() && (innermost == nil || innermost.Pos() <= s.Pos() && s.End() <= innermost.End()) {
			innermost = s
		}
	}
	return innermost
}

// valueBefore returns what is known of the expression, before the statement that the node is in.
func (p *place) valueBefore(n ast.Node, x ast.Expr) value {
	p.reading.now = p.reading.before[p.reading.statement(n)]
	return p.reading.of(x)
}

// An access is x[i], with the number of rows or numbers that x has.
type access struct {
	*ast.IndexExpr
	of     value // what is known of x
	length int   // or notKnown
}

var outOfRange = regexp.MustCompile(`index out of range \[(-?\d+)\](?: with length (\d+))?`)

// explainIndex explains an index that is out of range, or returns "".
func (p *place) explainIndex() string {
	match := outOfRange.FindStringSubmatch(p.t.Panic)
	if match == nil || p.t.Outside {
		return ""
	}
	index, _ := strconv.Atoi(match[1])
	length := notKnown
	if match[2] != "" {
		length, _ = strconv.Atoi(match[2])
	}
	var fit []access
	certain := true
	p.inLine(func(n ast.Node) {
		x, ok := n.(*ast.IndexExpr)
		if !ok {
			return
		}
		a := access{x, p.valueBefore(x, x.X), notKnown}
		if a.of.kind == grid || a.of.kind == list {
			a.length = a.of.n
		}
		row, ofRow := x.X.(*ast.IndexExpr)
		switch {
		case ofRow && p.valueBefore(row, row.X).isEmpty(): // it does not come so far
		case !p.canBe(x, index):
		case index < 0:
			fit = append(fit, a)
		case a.length == length:
			fit = append(fit, a)
		case a.length < 0:
			certain = false
		}
	})
	if !certain || len(fit) == 0 {
		return ""
	}
	if index < 0 {
		if len(fit) > 1 {
			return ""
		}
		return fmt.Sprintf(" In %s, %s is %d.", p.code(fit[0]), p.code(fit[0].Index), index) + belowZero
	}
	return p.tooFar(fit, index)
}

func (p *place) code(n ast.Node) string { return p.c.source.codeOf(n) }

// tooFar explains an index that is after the last row or column, in one of those.
func (p *place) tooFar(fit []access, index int) string {
	first := fit[0]
	if slices.ContainsFunc(fit, func(a access) bool { return p.code(a.Index) != p.code(first.Index) }) {
		if len(fit) > 2 || slices.ContainsFunc(fit, func(a access) bool { return a.length == 0 }) {
			return ""
		}
		second := fit[1]
		return fmt.Sprintf(" In %s or %s, the index is %d: %s, and %s.", p.code(first), p.code(second), index, p.sizeOf(first), p.sizeOf(second))
	}
	if first.length == 0 {
		return p.stillEmpty(first)
	}
	is := ""
	if _, number := first.Index.(*ast.BasicLit); !number {
		is = fmt.Sprintf(" In %s, %s is %d.", p.code(first), p.code(first.Index), index)
	}
	return is + " " + p.sizeOf(first) + p.endOfLoop(first)
}

// sizeOf says how far x goes in x[i].
func (p *place) sizeOf(a access) string {
	x := p.code(a.X)
	what := ""
	switch row, ofMatrix := a.X.(*ast.IndexExpr); {
	case a.of.kind == grid:
		what = "rows"
		if a.of.known() {
			x = fmt.Sprintf("%s is %d×%d", x, a.of.n, a.of.cols)
		} else {
			x = fmt.Sprintf("%s has %s", x, count(a.of.n, "row"))
		}
	case ofMatrix:
		what = "columns"
		if m := p.valueBefore(row, row.X); m.known() {
			x = fmt.Sprintf("%s is %d×%d", p.code(row.X), m.n, m.cols)
		} else {
			x = fmt.Sprintf("%s has %s", p.code(row.X), count(a.length, "column"))
		}
	default:
		return fmt.Sprintf("%s has %s, so the last one is %s[%d]", x, count(a.length, "number"), x, a.length-1)
	}
	if a.length == 1 {
		return fmt.Sprintf("%s, so it has only %s 0", x, strings.TrimSuffix(what, "s"))
	}
	return fmt.Sprintf("%s, so its %s are 0 to %d", x, what, a.length-1)
}

func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

// stillEmpty is for x[i] with an x that has nothing in it.
func (p *place) stillEmpty(a access) string {
	root := rootOf(a.X)
	if root == nil {
		return ""
	}
	switch _, ofRow := a.X.(*ast.IndexExpr); {
	case a.of.kind == grid && a.of.n == 0:
		return unbroken(fmt.Sprintf(" %s is still empty, so it has no rows yet. Make it first: `%s = matrix.New(rows, cols)`.", p.code(a.X), root.Name))
	case ofRow:
		return fmt.Sprintf(" The rows of %s are still empty. matrix.New(rows, cols) makes a matrix with all its rows.", root.Name)
	}
	return fmt.Sprintf(" %s is still empty.", p.code(a.X))
}

// A loop has a variable that counts.
type loop struct {
	at    ast.Node
	from  ast.Expr // nil for 0
	over  ast.Expr // what a range goes over, or nil
	until ast.Expr // the bound of a for
	last  bool     // the bound itself is reached also: <= instead of <
}

// loopOf returns the loop that counts with the variable, if nothing else in the function
// sets it; or nil.
func (p *place) loopOf(x ast.Expr) (found *loop) {
	id, ok := x.(*ast.Ident)
	if !ok {
		return nil
	}
	object := p.c.source.object(id)
	is := func(x ast.Expr) bool {
		id, ok := x.(*ast.Ident)
		return ok && object != nil && p.c.source.object(id) == object
	}
	set := 0
	ast.Inspect(p.reading.f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if slices.ContainsFunc(n.Lhs, is) {
				set++
			}
		case *ast.IncDecStmt:
			if is(n.X) {
				set++
			}
		case *ast.RangeStmt:
			if n.Key != nil && is(n.Key) {
				set++
				found = &loop{at: n, over: n.X}
			}
			if n.Value != nil && is(n.Value) {
				set++
			}
		case *ast.ForStmt:
			if l := p.counting(n, is); l != nil {
				set -= 1 // it sets it twice
				found = l
			}
		}
		return true
	})
	if set != 1 || p.reading.hidden[object] {
		return nil
	}
	return found
}

// counting returns the loop for k := from; k < until; k++, or nil.
func (p *place) counting(n *ast.ForStmt, is func(ast.Expr) bool) *loop {
	init, ok := n.Init.(*ast.AssignStmt)
	if !ok || len(init.Lhs) != 1 || !is(init.Lhs[0]) {
		return nil
	}
	condition, ok := n.Cond.(*ast.BinaryExpr)
	if !ok || !is(condition.X) || condition.Op != token.LSS && condition.Op != token.LEQ {
		return nil
	}
	if post, ok := n.Post.(*ast.IncDecStmt); !ok || !is(post.X) || post.Tok != token.INC {
		return nil
	}
	return &loop{at: n, from: init.Rhs[0], until: condition.Y, last: condition.Op == token.LEQ}
}

// canBe reports whether the index of x may be that number.
func (p *place) canBe(x *ast.IndexExpr, index int) bool {
	if v := p.valueBefore(x, x.Index); v.kind == whole {
		return v.n == index
	}
	l := p.loopOf(x.Index)
	if l == nil {
		return true
	}
	end := p.end(l, x)
	from := 0
	if l.from != nil {
		if from = p.number(l.from, x); from == notKnown {
			from = index
		}
	}
	return from <= index && (end == notKnown || index < end)
}

// end returns the number before which the loop ends, or notKnown.
func (p *place) end(l *loop, at ast.Node) int {
	if l.over != nil {
		switch over := p.valueBefore(at, l.over); over.kind {
		case whole, list, grid:
			return over.n
		}
		return notKnown
	}
	end := p.number(l.until, at)
	if end != notKnown && l.last {
		end++
	}
	return end
}

func (p *place) number(x ast.Expr, at ast.Node) int {
	if v := p.valueBefore(at, x); v.kind == whole {
		return v.n
	}
	return notKnown
}

// endOfLoop says where the loop of the index has to end, if there is one.
func (p *place) endOfLoop(a access) string {
	l := p.loopOf(a.Index)
	if l == nil {
		return "."
	}
	bound := fmt.Sprintf("len(%s)", p.code(a.X))
	if row, ok := a.X.(*ast.IndexExpr); ok {
		bound = p.code(row.X) + ".Cols()"
	} else if a.of.kind == grid {
		bound = p.code(a.X) + ".Rows()"
	}
	code := unbroken(fmt.Sprintf("`%s < %s`", p.code(a.Index), bound))
	line := p.c.source.lineOf(l.at)
	if l.last && p.number(l.until, a) == a.length {
		return fmt.Sprintf(": end the loop in line %d at %s.", line, code)
	}
	return fmt.Sprintf(". Does the loop in line %d have to end at %s, or does another index belong there?", line, code)
}

var shapesOfPanic = regexp.MustCompile(`\((\d+×\d+)\)`)

// explainOperation explains what an operation of package matrix panicked with, or returns "".
func (p *place) explainOperation() string {
	name, what, _ := strings.Cut(strings.TrimPrefix(p.t.Panic, "matrix: "), ": ")
	if !strings.HasPrefix(p.t.Panic, "matrix: ") || !slices.Contains(operations, name) {
		return ""
	}
	var to ast.Expr
	var operands []ast.Expr
	found := 0
	p.inLine(func(n ast.Node) {
		if call, ok := n.(*ast.CallExpr); ok {
			if x, list := operation(call); x != nil && call.Fun.(*ast.SelectorExpr).Sel.Name == name {
				to, operands = x, list
				found++
			}
		}
	})
	shapes := shapesOfPanic.FindAllStringSubmatch(what, -1)
	if found != 1 || len(operands) == 0 {
		return ""
	}
	switch {
	case strings.Contains(what, "inner sizes"), strings.Contains(what, "shapes differ"):
		return p.reading.operandsDiffer(operands, shapes[0][1], shapes[1][1], name)
	case strings.Contains(what, "is also an operand"):
		return fmt.Sprintf(" %s is before the dot and in the parentheses. The result needs a matrix of its own: var c matrix.Matrix.", p.code(to))
	case strings.Contains(what, "the receiver is"):
		return p.otherReceiver(to, operands, shapes[0][1], shapes[1][1], name)
	}
	return ""
}

// operandsDiffer is for two operands that do not fit together.
func (r *reading) operandsDiffer(operands []ast.Expr, first, second, name string) string {
	if len(operands) < 2 {
		return ""
	}
	a, b := r.c.source.codeOf(operands[0]), r.c.source.codeOf(operands[1])
	var empty []string
	for i, shape := range []string{first, second} {
		if shape == "0×0" {
			empty = append(empty, r.c.source.codeOf(operands[i]))
		}
	}
	if len(empty) > 0 {
		return computeFirst(strings.Join(empty, " and "))
	}
	is := fmt.Sprintf(" %s is %s, and %s is %s.", a, first, b, second)
	if name == "Dot" {
		return is + innerSizes
	}
	return is + " Element by element, both have to have the same size."
}

// computeFirst is for an operand that is still empty.
func computeFirst(x string) string {
	return fmt.Sprintf(" %s is still empty (0×0).", x) + computeIt
}

// otherReceiver is for a matrix before the dot that has another size than the result.
func (p *place) otherReceiver(to ast.Expr, operands []ast.Expr, result, receiver, name string) string {
	if strings.HasPrefix(result, "0×") || strings.HasSuffix(result, "×0") {
		if v := p.valueBefore(operands[0], operands[0]); v.isEmpty() || len(operands) == 1 {
			return computeFirst(p.code(operands[0]))
		}
		return ""
	}
	id, ok := to.(*ast.Ident)
	if !ok {
		return ""
	}
	is := fmt.Sprintf(" %s, before the dot, is %s, and the result is %s.", id.Name, receiver, result)
	made := p.madeBy(id)
	if made == nil {
		return is + " Write into a matrix that is still empty: var c matrix.Matrix."
	}
	return is + unbroken(fmt.Sprintf(" In line %d, write `var %s matrix.Matrix`, which takes the size of the result%s.", p.c.source.lineOf(made), id.Name, p.orNew(id.Name, operands, name)))
}

// madeBy returns the only statement that sets the variable, z := matrix.New(…), or nil.
func (p *place) madeBy(id *ast.Ident) (made *ast.AssignStmt) {
	object := p.c.source.object(id)
	sets := 0
	ast.Inspect(p.reading.f.Body, func(n ast.Node) bool {
		if s, ok := n.(*ast.AssignStmt); ok && object != nil {
			for _, to := range s.Lhs {
				if id, ok := to.(*ast.Ident); ok && p.c.source.object(id) == object {
					made = s
					sets++
				}
			}
		}
		return true
	})
	if sets != 1 || made.Tok != token.DEFINE || len(made.Lhs) != 1 {
		return nil
	}
	if call, ok := made.Rhs[0].(*ast.CallExpr); !ok || !isNew(call) {
		return nil
	}
	return made
}

func isNew(call *ast.CallExpr) bool {
	f, ok := call.Fun.(*ast.SelectorExpr)
	return ok && f.Sel.Name == "New"
}

// orNew says how else a matrix for the result is made, if its operands are variables.
func (p *place) orNew(to string, operands []ast.Expr, name string) string {
	for _, x := range operands {
		if _, ok := x.(*ast.Ident); !ok {
			return ""
		}
	}
	a := p.code(operands[0])
	rows, cols := a+".Rows()", a+".Cols()"
	switch {
	case name == "Transpose":
		rows, cols = cols, rows
	case name == "Dot" && len(operands) == 2:
		cols = p.code(operands[1]) + ".Cols()"
	}
	return unbroken(fmt.Sprintf(", or `%s := matrix.New(%s, %s)`", to, rows, cols))
}

// wrongArguments says what is wrong with the sizes of what the call gives to an exercise,
// within the function of e, or returns "".
func (r *reading) wrongArguments(e *exercise.Exercise, call *ast.CallExpr, in *exercise.Inputs) string {
	called := calledExercise(call)
	if called == nil {
		return ""
	}
	statement := r.statement(call)
	r.now = r.first[statement]
	for i, v := range r.ofAll(call.Args) {
		if v.isEmpty() && r.c.source.codeOf(call.Args[i]) != "nil" {
			return r.emptyArgument(called, call, i)
		}
	}
	r.now = r.before[statement]
	given := r.ofAll(call.Args)
	parameters := r.c.parameters(called)
	want := called.Given(in)
	if len(parameters) != len(given) || len(want) != len(given) || !r.c.misfits(called, given) {
		return ""
	}
	takes := fmt.Sprintf(" %s takes %s", called.Name, strings.Join(parameters, ", "))
	if called.Name == "Dot" {
		return r.operandsDiffer(call.Args, given[0].shape(), given[1].shape(), "Dot")
	}
	var gets, differ []string
	for i, v := range given {
		if !v.known() || v.isEmpty() {
			continue
		}
		code := r.c.source.codeOf(call.Args[i])
		gets = append(gets, fmt.Sprintf("%s (%s) as %s", code, v.shape(), parameters[i]))
		if w := valueOf(want[i]); w != v {
			differ = append(differ, fmt.Sprintf("%s (%s) where %s (%s) belongs", code, v.shape(), parameters[i], w.shape()))
		}
	}
	if e.Number >= exercise.Number("Step") && called.Name != "Descend" && called.Name != "Transpose" {
		return fmt.Sprintf("%s; you gave it %s.", takes, strings.Join(differ, ", and "))
	}
	return fmt.Sprintf("%s; these sizes do not fit together: %s.", takes, strings.Join(gets, ", "))
}

func (v value) shape() string { return fmt.Sprintf("%d×%d", v.n, v.cols) }

// emptyArgument says that an exercise is given a matrix that is still empty.
func (r *reading) emptyArgument(called *exercise.Exercise, call *ast.CallExpr, i int) string {
	is := fmt.Sprintf(" %s is still empty (nil) when %s gets it for the first time", r.c.source.codeOf(call.Args[i]), called.Name)
	for j, given := range startParameters(r.f.Name.Name) {
		if parameters := startParameters(called.Name); i < len(parameters) && given == parameters[i] {
			return fmt.Sprintf("%s: begin with %s, which %s is given.", is, parametersOf(r.f)[j], r.f.Name.Name)
		}
	}
	return is + ". Compute it before you use it."
}

// Sentences about a panic whether or not it is known which matrices it met.
const (
	belowZero  = " Rows, columns and species are counted from 0, so no index is below 0."
	innerSizes = " The first has to have as many columns as the second has rows. Are two matrices exchanged, or does one have to be transposed?"
	computeIt  = " Compute it before you use it. (A result that has a name is empty at first.)"
)

// usualPanic explains the panics that are usual here in general, or returns "".
func usualPanic(what string) string {
	switch {
	case strings.Contains(what, "index out of range [-"):
		return belowZero
	case strings.Contains(what, "index out of range"), strings.Contains(what, "slice bounds out of range"):
		return " There is no such row or column (both are counted from 0). Does a loop run over another matrix's rows or columns than it should? Or was the result never made, with matrix.New(rows, cols)?"
	case strings.Contains(what, "integer divide by zero"):
		return " A whole number was divided by 0. Is a size 0, or was a variable never set?"
	case strings.Contains(what, "must be at least 1"):
		return " A size is 0. Has the matrix that it comes from been computed already?"
	case strings.Contains(what, "(0×0)"):
		return " 0×0 is a matrix that is still empty." + computeIt
	case strings.Contains(what, "inner sizes"):
		return innerSizes
	case strings.Contains(what, "the receiver is ("):
		return " The matrix before the dot has another size already. Begin with an empty one: var c matrix.Matrix."
	case strings.Contains(what, "is also an operand"):
		return " The result needs a matrix of its own: var c matrix.Matrix."
	case strings.Contains(what, "nil pointer"):
		return " A pointer, such as a *matrix.Matrix, points at nothing yet. An empty matrix is var c matrix.Matrix, without the *."
	}
	return ""
}
