package checker

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"

	"backprop/network/workshop/exercise"
)

// What a function is given has known sizes, and so has much of what it makes of that. A
// function is followed here statement by statement, as far as sizes can be told without
// running it. What may be one size or another is not known.

// A value is what is known of a variable or an expression.
type value struct {
	kind kind
	n    int // a whole number itself, or how many rows or numbers there are; or notKnown
	cols int // of a matrix, or notKnown
}

type kind int

const (
	other kind = iota // nothing is known of it
	whole             // a whole number
	list              // a slice of numbers
	grid              // a matrix
)

const notKnown = -1

var emptyGrid = value{kind: grid}

// known reports whether it is a matrix with known rows and columns.
func (v value) known() bool { return v.kind == grid && v.n >= 0 && v.cols >= 0 }

// isEmpty reports whether it is a matrix that has certainly no rows.
func (v value) isEmpty() bool { return v.kind == grid && v.n == 0 }

// valueOf returns what is known of an argument.
func valueOf(argument any) value {
	switch a := argument.(type) {
	case interface {
		Rows() int
		Cols() int
	}: // a matrix
		return value{grid, a.Rows(), a.Cols()}
	case []int:
		return value{kind: list, n: len(a)}
	case int:
		return value{kind: whole, n: a}
	}
	return value{}
}

func valuesOf(arguments []any) (list []value) {
	for _, argument := range arguments {
		list = append(list, valueOf(argument))
	}
	return list
}

// either returns what is known of what is the one or the other.
func either(a, b value) value {
	switch {
	case a == b:
		return a
	case a.kind != b.kind, a.kind == whole:
		return value{}
	case a.kind == grid && a.n == b.n && a.n != 0 && min(a.cols, b.cols) == 0: // its rows are made one by one
		return value{grid, a.n, max(a.cols, b.cols)}
	}
	if a.n != b.n {
		a.n = notKnown
	}
	if a.cols != b.cols {
		a.cols = notKnown
	}
	return a
}

// variables are what is known of them somewhere in a function; nil where it never comes.
type variables map[types.Object]value

func eitherOf(a, b variables) variables {
	if a == nil {
		return maps.Clone(b)
	}
	joined := maps.Clone(a)
	for object, v := range b {
		if old, ok := joined[object]; ok {
			v = either(old, v)
		}
		joined[object] = v
	}
	return joined
}

// A reading of a function has what is known of its variables before each of its statements.
type reading struct {
	c      *checker
	f      *ast.FuncDecl
	before map[ast.Stmt]variables
	first  map[ast.Stmt]variables // before it is done for the first time
	made   variables              // what each of them was set to last
	hidden map[types.Object]bool  // variables that may change elsewhere: by a pointer, by a function in it
	shared map[types.Object]bool  // variables that may have the same rows as another one

	now   variables
	exits []*variables // of the loops and switches around: where break and continue leave them
}

// read follows a function with those arguments.
func (c *checker) read(f *ast.FuncDecl, arguments []value) *reading {
	r := &reading{c: c, f: f, before: map[ast.Stmt]variables{}, first: map[ast.Stmt]variables{}, made: variables{}, hidden: map[types.Object]bool{}, shared: map[types.Object]bool{}, now: variables{}}
	r.findShared()
	if r.now == nil {
		return r // nothing is known
	}
	for i, id := range names(f.Type.Params) {
		if i < len(arguments) {
			r.set(id, arguments[i])
		}
	}
	if f.Type.Results != nil {
		for _, field := range f.Type.Results.List {
			for _, id := range field.Names {
				r.set(id, zeroOf(field.Type))
			}
		}
	}
	r.block(f.Body.List)
	return r
}

// findShared notes which variables may change without being set in a statement. With a goto,
// nothing is known.
func (r *reading) findShared() {
	ast.Inspect(r.f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			r.hideChanged(n)
		case *ast.UnaryExpr:
			if id, ok := ast.Unparen(n.X).(*ast.Ident); ok && n.Op == token.AND {
				r.hidden[r.c.source.object(id)] = true
			}
		case *ast.AssignStmt:
			for i, x := range n.Rhs {
				if of, _ := sharedBy(x); of != nil && i < len(n.Lhs) {
					r.shared[r.c.source.object(of)] = true
					if to := rootOf(n.Lhs[i]); to != nil {
						r.shared[r.c.source.object(to)] = true
					}
				}
			}
		case *ast.BranchStmt:
			if n.Tok == token.GOTO {
				r.now = nil
			}
		}
		return true
	})
}

// hideChanged notes the variables that a function within the function sets.
func (r *reading) hideChanged(f *ast.FuncLit) {
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if id := setIdent(n); id != nil {
			r.hidden[r.c.source.object(id)] = true
		}
		if assign, ok := n.(*ast.AssignStmt); ok {
			for _, to := range assign.Lhs {
				if id := rootOf(to); id != nil {
					r.hidden[r.c.source.object(id)] = true
				}
			}
		}
		return true
	})
}

// setIdent returns the variable that an operation or ++ sets, or nil.
func setIdent(n ast.Node) *ast.Ident {
	switch n := n.(type) {
	case *ast.IncDecStmt:
		return rootOf(n.X)
	case *ast.CallExpr:
		if to, _ := operation(n); to != nil {
			return rootOf(to)
		}
	}
	return nil
}

// rootOf returns the variable that an expression such as x[i][j] begins with, or nil.
func rootOf(x ast.Expr) *ast.Ident {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return x
	case *ast.IndexExpr:
		return rootOf(x.X)
	case *ast.SliceExpr:
		return rootOf(x.X)
	case *ast.StarExpr:
		return rootOf(x.X)
	}
	return nil
}

// names returns the names of a function's parameters or results, one after the other.
func names(fields *ast.FieldList) (list []*ast.Ident) {
	if fields == nil {
		return nil
	}
	for _, field := range fields.List {
		list = append(list, field.Names...)
	}
	return list
}

// set notes what a variable is now.
func (r *reading) set(id *ast.Ident, v value) {
	if object := r.c.source.object(id); object != nil && id.Name != "_" && r.now != nil {
		r.now[object], r.made[object] = v, v
	}
}

// zeroOf returns what a variable of the type is at first.
func zeroOf(t ast.Expr) value {
	switch t := t.(type) {
	case *ast.SelectorExpr:
		if t.Sel.Name == "Matrix" {
			return emptyGrid
		}
	case *ast.ArrayType:
		if _, ofLists := t.Elt.(*ast.ArrayType); ofLists && t.Len == nil {
			return emptyGrid
		}
		if t.Len == nil {
			return value{kind: list}
		}
	case *ast.Ident:
		if t.Name == "int" {
			return value{kind: whole}
		}
	}
	return value{}
}

func (r *reading) block(statements []ast.Stmt) {
	for _, s := range statements {
		r.do(s)
	}
}

// do follows a statement.
func (r *reading) do(s ast.Stmt) {
	if r.now == nil || s == nil {
		return
	}
	if _, again := r.first[s]; !again {
		r.first[s] = maps.Clone(r.now)
	}
	r.before[s] = eitherOf(r.before[s], r.now)
	switch s := s.(type) {
	case *ast.AssignStmt:
		r.assign(s)
	case *ast.DeclStmt:
		r.declare(s)
	case *ast.IncDecStmt:
		if id, ok := s.X.(*ast.Ident); ok {
			r.set(id, value{})
		}
	case *ast.ExprStmt:
		r.operate(s.X)
	case *ast.BlockStmt:
		r.block(s.List)
	case *ast.LabeledStmt:
		r.do(s.Stmt)
	case *ast.IfStmt:
		r.do(s.Init)
		before := maps.Clone(r.now)
		r.block(s.Body.List)
		after := r.now
		r.now = before
		r.do(s.Else)
		r.now = eitherOf(after, r.now)
	case *ast.ForStmt:
		r.do(s.Init)
		r.repeat(func() {
			r.block(s.Body.List)
			r.do(s.Post)
		})
	case *ast.RangeStmt:
		r.repeat(func() { r.rangeOver(s) })
	case *ast.SwitchStmt:
		r.do(s.Init)
		r.choose(s.Body)
	case *ast.TypeSwitchStmt:
		r.choose(s.Body)
	case *ast.SelectStmt:
		r.choose(s.Body)
	case *ast.ReturnStmt:
		r.now = nil
	case *ast.BranchStmt:
		if s.Tok != token.FALLTHROUGH {
			for _, exit := range r.exits {
				*exit = eitherOf(*exit, r.now)
			}
			r.now = nil
		}
	}
}

// repeat follows a loop, until nothing new comes of it.
func (r *reading) repeat(body func()) {
	for {
		before := maps.Clone(r.now)
		var exit variables
		r.exits = append(r.exits, &exit)
		body()
		r.exits = r.exits[:len(r.exits)-1]
		r.now = eitherOf(before, eitherOf(r.now, exit))
		if maps.Equal(before, r.now) {
			return
		}
	}
}

// rangeOver follows the body of a range once.
func (r *reading) rangeOver(s *ast.RangeStmt) {
	over := r.of(s.X)
	if id, ok := s.Key.(*ast.Ident); ok {
		r.set(id, value{})
	}
	if id, ok := s.Value.(*ast.Ident); ok {
		row := value{}
		if over.kind == grid {
			row = value{kind: list, n: over.cols}
		}
		r.set(id, row)
	}
	r.block(s.Body.List)
}

// choose follows the cases of a switch or a select, of which it may be none.
func (r *reading) choose(body *ast.BlockStmt) {
	after := r.now
	var exit variables
	r.exits = append(r.exits, &exit)
	for _, c := range body.List {
		r.now = maps.Clone(after) // of the case before this one, also, for a fallthrough
		switch c := c.(type) {
		case *ast.CaseClause:
			r.block(c.Body)
		case *ast.CommClause:
			r.do(c.Comm)
			r.block(c.Body)
		}
		after = eitherOf(after, r.now)
	}
	r.exits = r.exits[:len(r.exits)-1]
	r.now = eitherOf(after, exit)
}

func (r *reading) assign(s *ast.AssignStmt) {
	var values []value
	if len(s.Rhs) == 1 && len(s.Lhs) > 1 {
		values = r.results(s.Rhs[0])
	} else {
		for _, x := range s.Rhs {
			values = append(values, r.of(x))
		}
	}
	for i, to := range s.Lhs {
		v := value{}
		if i < len(values) && (s.Tok == token.ASSIGN || s.Tok == token.DEFINE) {
			v = values[i]
		}
		switch to := ast.Unparen(to).(type) {
		case *ast.Ident:
			r.set(to, v)
		case *ast.IndexExpr:
			r.setRow(to, v)
		case *ast.StarExpr:
			if id := rootOf(to); id != nil {
				r.set(id, value{})
			}
		}
	}
}

// setRow follows c[i] = row. A matrix that shares its rows with another one may change, too.
func (r *reading) setRow(to *ast.IndexExpr, row value) {
	if _, ofNumber := ast.Unparen(to.X).(*ast.IndexExpr); ofNumber || r.of(to.X).kind == list {
		return // c[i][j] = a number
	}
	var target types.Object
	if id, ok := to.X.(*ast.Ident); ok {
		target = r.c.source.object(id)
	}
	for object, v := range r.now {
		switch {
		case v.kind != grid, row.kind == list && row.n == v.cols, target != nil && object != target && !r.shared[object]:
			continue
		case object == target && v.cols == 0 && row.kind == list:
			v.cols = row.n
		default:
			v.cols = notKnown
		}
		r.now[object] = v
	}
}

func (r *reading) declare(s *ast.DeclStmt) {
	general, ok := s.Decl.(*ast.GenDecl)
	if !ok {
		return
	}
	for _, spec := range general.Specs {
		spec, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for i, id := range spec.Names {
			switch {
			case len(spec.Values) == len(spec.Names):
				r.set(id, r.of(spec.Values[i]))
			case len(spec.Values) == 1:
				v := value{}
				if list := r.results(spec.Values[0]); i < len(list) {
					v = list[i]
				}
				r.set(id, v)
			default:
				r.set(id, zeroOf(spec.Type))
			}
		}
	}
}

// operations are those of package matrix that write into what is before the dot.
var operations = []string{"Dot", "Transpose", "Sub", "Hadamard", "Scale", "Apply"}

// operation returns what is before the dot of such a call, and its operands; or nil.
func operation(x ast.Expr) (to ast.Expr, operands []ast.Expr) {
	call, ok := x.(*ast.CallExpr)
	if !ok {
		return nil, nil
	}
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !slices.Contains(operations, method.Sel.Name) {
		return nil, nil
	}
	switch operands = call.Args; {
	case len(operands) == 0:
		return nil, nil
	case method.Sel.Name == "Scale" || method.Sel.Name == "Apply":
		operands = operands[1:]
	}
	return method.X, operands
}

// operate follows c.Dot(a, b) and its like. After it, c has the size of the result, since
// it panics where it had another one.
func (r *reading) operate(x ast.Expr) {
	if call, ok := x.(*ast.CallExpr); ok && len(call.Args) == 2 && r.c.source.codeOf(call.Fun) == "copy" {
		if id, ok := call.Args[0].(*ast.Ident); ok && r.of(id).kind == grid {
			r.set(id, value{}) // with other rows
		}
		return
	}
	to, operands := operation(x)
	id, ok := to.(*ast.Ident)
	if !ok || len(operands) == 0 {
		return
	}
	a := r.of(operands[0])
	result := value{grid, a.n, a.cols}
	switch x.(*ast.CallExpr).Fun.(*ast.SelectorExpr).Sel.Name {
	case "Dot":
		if len(operands) == 2 {
			result.cols = r.of(operands[1]).cols
		}
	case "Transpose":
		result.n, result.cols = a.cols, a.n
	}
	if a.kind != grid {
		result = value{}
	}
	r.set(id, result)
}

// of returns what is known of an expression.
func (r *reading) of(x ast.Expr) value {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return r.of(x.X)
	case *ast.BasicLit:
		if n, err := strconv.Atoi(x.Value); err == nil {
			return value{kind: whole, n: n}
		}
	case *ast.Ident:
		if x.Name == "nil" {
			return emptyGrid
		}
		object := r.c.source.object(x)
		if v, ok := object.(*types.Var); ok && !r.hidden[object] && v.Parent() != v.Pkg().Scope() {
			return r.now[object]
		}
	case *ast.BinaryExpr:
		return r.ofNumbers(x)
	case *ast.IndexExpr:
		if of := r.of(x.X); of.kind == grid {
			return value{kind: list, n: of.cols}
		}
	case *ast.SliceExpr:
		of := r.of(x.X)
		if x.Low != nil || x.High != nil {
			of.n = notKnown
		}
		return of
	case *ast.CompositeLit:
		return r.ofLiteral(x)
	case *ast.CallExpr:
		return r.ofCall(x)
	}
	return value{}
}

func (r *reading) ofNumbers(x *ast.BinaryExpr) value {
	a, b := r.of(x.X), r.of(x.Y)
	if a.kind != whole || b.kind != whole {
		return value{}
	}
	switch x.Op {
	case token.ADD:
		return value{kind: whole, n: a.n + b.n}
	case token.SUB:
		return value{kind: whole, n: a.n - b.n}
	case token.MUL:
		return value{kind: whole, n: a.n * b.n}
	}
	return value{}
}

// ofLiteral is for matrix.Matrix{…}.
func (r *reading) ofLiteral(x *ast.CompositeLit) value {
	of := zeroOf(x.Type)
	if of.kind != grid && of.kind != list || len(x.Elts) == 0 {
		return of
	}
	of.n = len(x.Elts)
	for i, element := range x.Elts {
		switch element := element.(type) {
		case *ast.KeyValueExpr:
			return value{}
		case *ast.CompositeLit:
			if i == 0 {
				of.cols = len(element.Elts)
			} else if of.cols != len(element.Elts) {
				of.cols = notKnown
			}
		default:
			of.cols = notKnown
		}
	}
	return of
}

func (r *reading) ofCall(x *ast.CallExpr) value {
	switch f := x.Fun.(type) {
	case *ast.Ident:
		switch {
		case f.Name == "len" && len(x.Args) == 1:
			return sizeAs(r.of(x.Args[0]), 0)
		case f.Name == "int" && len(x.Args) == 1:
			return r.of(x.Args[0])
		case f.Name == "make" && len(x.Args) == 2:
			v := zeroOf(x.Args[0])
			v.n = r.number(x.Args[1]) // its rows are empty
			return v
		}
	case *ast.SelectorExpr:
		switch {
		case len(x.Args) == 0 && f.Sel.Name == "Rows":
			return sizeAs(r.of(f.X), 0)
		case len(x.Args) == 0 && f.Sel.Name == "Cols":
			return sizeAs(r.of(f.X), 1)
		case len(x.Args) == 0 && f.Sel.Name == "Clone":
			return r.of(f.X)
		case len(x.Args) == 1 && f.Sel.Name == "Matrix":
			return r.of(x.Args[0])
		case len(x.Args) == 2 && f.Sel.Name == "New":
			return value{grid, r.number(x.Args[0]), r.number(x.Args[1])}
		}
	}
	if results := r.results(x); len(results) == 1 {
		return results[0]
	}
	return value{}
}

// sizeAs returns the rows (0) or the columns (1) as a number.
func sizeAs(v value, dimension int) value {
	n := v.n
	if dimension == 1 {
		n = v.cols
		if v.kind != grid {
			n = notKnown
		}
	}
	if v.kind != grid && v.kind != list || n < 0 {
		return value{}
	}
	return value{kind: whole, n: n}
}

// number returns a whole number, or notKnown.
func (r *reading) number(x ast.Expr) int {
	if v := r.of(x); v.kind == whole {
		return v.n
	}
	return notKnown
}

// results returns what is known of what a call returns, and at least two values. Of a
// function other than the exercises, that is nothing. An exercise that another one calls
// is correct, so it returns what ours does.
func (r *reading) results(x ast.Expr) []value {
	nothing := make([]value, 2)
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return nothing
	}
	e := calledExercise(call)
	if e == nil {
		return nothing
	}
	given := r.ofAll(call.Args)
	want := e.Given(r.c.trials[0])
	if len(given) != len(want) || r.c.misfits(e, given) {
		return nothing
	}
	var sizes [][2]int
	for _, v := range given {
		sizes = append(sizes, [2]int{v.n, v.cols})
	}
	var list []value
	for _, result := range e.OurResults(sizes) {
		v := valueOf(result)
		if v.isEmpty() { // made of what is not known
			v = value{}
		}
		list = append(list, v)
	}
	if list == nil {
		return nothing
	}
	return list
}

func (r *reading) ofAll(list []ast.Expr) (values []value) {
	for _, x := range list {
		values = append(values, r.of(x))
	}
	return values
}

// calledExercise returns the exercise that is called, or nil.
func calledExercise(call *ast.CallExpr) *exercise.Exercise {
	if f, ok := call.Fun.(*ast.Ident); ok {
		return exercise.ByName(f.Name)
	}
	return nil
}

// misfits reports whether the sizes of what the exercise is given, as far as they are
// known, do not fit together. With five flowers, all sizes are different: they stand for
// the letters of the equations. (An update takes y only for N.)
func (c *checker) misfits(e *exercise.Exercise, given []value) bool {
	sizes := map[int]int{} // by the letter
	differ := func(letter, size int) bool {
		old, ok := sizes[letter]
		if !ok && size >= 0 {
			sizes[letter] = size
		}
		return ok && size >= 0 && size != old
	}
	parameters := startParameters(e.Name)
	for i, want := range valuesOf(e.Given(c.trials[0])) {
		if want.kind != grid || i >= len(given) || given[i].kind != grid || given[i].isEmpty() || parameters[i] == "y" && strings.HasSuffix(e.Name, "Update") {
			continue
		}
		if differ(want.n, given[i].n) || differ(want.cols, given[i].cols) {
			return true
		}
	}
	return false
}
