package checker

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"backprop/network/workshop/diagnosis"
	"backprop/network/workshop/exercise"
)

// The text of a function can show the reason for what is wrong. Its clues are not more
// than that: they are said only of a function that is wrong.

// findClues adds to the result of a wrong exercise what the text of its function shows, in
// the learner's own names.
func (c *checker) findClues(e *exercise.Exercise, r *result) {
	c.useTheirNames(e, r)
	if r.Trial.Panic != "" && r.Fault.Mistake == "" {
		r.Fault.Sentence += c.explainPanic(e, &r.Trial, c.inputs(r))
	}
	f := c.source.funcs[e.Name]
	if f == nil {
		return
	}
	if r.Trial.Panic != "" || r.Trial.Answer != nil {
		c.findMoved(e, r)
	}
	if r.Fault.Mistake == diagnosis.AllZeros {
		reason, sentences := reasonsForZeros(f)
		if reason != "" {
			r.Fault.Mistake += ", perhaps of " + reason
		}
		r.Fault.Why = strings.Join(append([]string{r.Fault.Why}, sentences...), " ")
	}
	if early := oldReturn(f); early != nil {
		r.Clues = append(r.Clues, fmt.Sprintf("Line %d returns, so nothing after it is done. Is it the original return line?", c.source.lineOf(early)))
	}
	if set, variable := copySet(f); set != nil && r.Fault.Cell != "" {
		r.Clues = append(r.Clues, fmt.Sprintf("In line %d, %s is a copy: setting it changes nothing else. What sets a number of a matrix is c[i][j] = ….", c.source.lineOf(set), variable))
	}
}

// inputs returns what was given in the call that the fault speaks of.
func (c *checker) inputs(r *result) *exercise.Inputs {
	return c.trials[min(r.Fault.Trial, len(c.trials)-1)]
}

// findMoved adds clues about matrices that go to the wrong place.
func (c *checker) findMoved(e *exercise.Exercise, r *result) {
	reading := c.read(c.source.funcs[e.Name], valuesOf(e.Given(c.inputs(r))))
	if r.Trial.Changed != "" {
		if sentence := c.changedIn(e, reading, r.Trial.Changed); sentence != "" {
			r.Fault.Why = "Whoever called your function still needs what it was given. " + sentence
		}
		return
	}
	clues := []string{reading.exchanged(e)}
	if r.Trial.Panic == "" {
		clues = append(clues, reading.misfit(e, c.inputs(r)), reading.missing(e.Want(c.inputs(r)), r.Trial.Answer), reading.noCopy(""))
	}
	for _, clue := range clues {
		if clue != "" {
			r.Clues = append(r.Clues, clue)
		}
	}
}

// A zeroSearch looks for reasons why all numbers of a result are 0.
type zeroSearch struct {
	f         *ast.FuncDecl
	reason    string // the first one with a name, or ""
	sentences []string
	made      map[string]int    // how often a variable of that name is made
	counters  map[ast.Node]bool // where a loop's counter is made, which does not count
}

// reasonsForZeros returns what in the function may be the reason that all its numbers
// are 0: a name for it, or "", and sentences.
func reasonsForZeros(f *ast.FuncDecl) (reason string, sentences []string) {
	z := &zeroSearch{f: f, made: map[string]int{}, counters: map[ast.Node]bool{}}
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			z.lookAtOperator(n)
		case *ast.ForStmt:
			z.counters[n.Init] = true
		case *ast.AssignStmt:
			z.lookAtAssignment(n)
		case *ast.CallExpr:
			z.lookAtCall(n)
		}
		return true
	})
	return z.reason, z.sentences
}

func (z *zeroSearch) add(reason, sentence string) {
	if slices.Contains(z.sentences, sentence) {
		return
	}
	z.sentences = append(z.sentences, sentence)
	if z.reason == "" {
		z.reason = reason
	}
}

func (z *zeroSearch) lookAtOperator(n *ast.BinaryExpr) {
	if n.Op == token.QUO && isWhole(z.f, n.X) && isWhole(z.f, n.Y) {
		z.add("an integer division", "In Go, a whole number divided by a whole number is a whole number: 1/2 and 1/n are 0. Write 1/float64(n).")
	}
	if product, ok := n.X.(*ast.BinaryExpr); ok && n.Op == token.SUB && product.Op == token.MUL {
		if factor, ok := product.Y.(*ast.BasicLit); ok && factor.Value == "1" {
			z.add("missing parentheses", "out * 1 - out is 0: 1 - out needs parentheses.")
		}
	}
}

func (z *zeroSearch) lookAtAssignment(n *ast.AssignStmt) {
	_, ofMatrix := n.Lhs[0].(*ast.IndexExpr)
	if ofMatrix && (n.Tok == token.MUL_ASSIGN || n.Tok == token.QUO_ASSIGN) {
		z.add("", "A new matrix is full of zeros, and zero times anything is zero: its numbers are set with =.")
	}
	if n.Tok != token.DEFINE || z.counters[n] {
		return
	}
	for _, to := range n.Lhs {
		if id, ok := to.(*ast.Ident); ok && id.Name != "_" {
			if z.made[id.Name]++; z.made[id.Name] == 2 {
				z.add("", fmt.Sprintf("With := in a loop, you make a new %s; = sets the one outside.", id.Name))
			}
		}
	}
}

func (z *zeroSearch) lookAtCall(n *ast.CallExpr) {
	if to, _ := operation(n); to != nil {
		z.add("", "An operation writes into the matrix before its dot.")
	}
}

// isWhole reports whether the value in the function is a whole number: a number
// without a point, a count of rows or columns, what is computed of those, or a
// variable that was made as one of them.
func isWhole(f *ast.FuncDecl, value ast.Expr) (whole bool) {
	switch v := value.(type) {
	case *ast.BasicLit:
		return v.Kind == token.INT
	case *ast.ParenExpr:
		return isWhole(f, v.X)
	case *ast.BinaryExpr:
		return isWhole(f, v.X) && isWhole(f, v.Y)
	case *ast.CallExpr:
		switch fun := v.Fun.(type) {
		case *ast.Ident:
			return fun.Name == "len" || fun.Name == "int"
		case *ast.SelectorExpr:
			return fun.Sel.Name == "Rows" || fun.Sel.Name == "Cols"
		}
	case *ast.Ident:
		ast.Inspect(f.Body, func(n ast.Node) bool {
			made, ok := n.(*ast.AssignStmt)
			if ok && made.Tok == token.DEFINE && len(made.Lhs) == len(made.Rhs) && made.End() < v.Pos() {
				for i, to := range made.Lhs {
					if id, ok := to.(*ast.Ident); ok && id.Name == v.Name {
						whole = isWhole(f, made.Rhs[i])
					}
				}
			}
			return true
		})
	}
	return whole
}

// oldReturn returns a return after which the function goes on, or nil.
func oldReturn(f *ast.FuncDecl) ast.Node {
	for _, statement := range f.Body.List[:max(0, len(f.Body.List)-1)] {
		if _, ok := statement.(*ast.ReturnStmt); ok {
			return statement
		}
	}
	return nil
}

// copySet returns where the function sets the variable of a range, such as v in
// for _, v := range row, without using it after that, and its name; or nil.
func copySet(f *ast.FuncDecl) (set ast.Node, variable string) {
	ast.Inspect(f.Body, func(n ast.Node) bool {
		loop, ok := n.(*ast.RangeStmt)
		if !ok {
			return true
		}
		if id, ok := loop.Value.(*ast.Ident); ok {
			if last := lastlySet(loop, id.Name); last != nil {
				set, variable = last, id.Name
			}
		}
		return true
	})
	return set, variable
}

// lastlySet returns the statement that sets the variable of the loop, if that is where
// the variable is for the last time; else nil.
func lastlySet(loop *ast.RangeStmt, variable string) ast.Node {
	last := token.NoPos // where the variable is for the last time
	var set ast.Node    // the last statement that sets it
	ast.Inspect(loop.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if n.Name == variable {
				last = n.Pos()
			}
		case *ast.AssignStmt:
			if to, ok := n.Lhs[0].(*ast.Ident); ok && to.Name == variable && n.Tok != token.DEFINE {
				set = n
			}
		}
		return true
	})
	if set != nil && last > set.End() {
		return nil
	}
	return set
}
